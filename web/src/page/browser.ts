// What the browser says of the page and of its reader.

import type { Languages } from '../state/read-address';
import { LANGS } from '../words/texts';

export function query(): URLSearchParams {
  return new URLSearchParams(location.search);
}

export function languages(): Languages {
  return { known: LANGS, preferred: navigator.languages };
}
