// What the browser says of the page and of its reader.

import type { Languages } from '../state/read-address';
import { LANGS } from '../words/texts';

export function query(): URLSearchParams {
  return new URLSearchParams(location.search);
}

/** Whether the page has no origin, as in a frame that the site around it has closed off (`sandbox` without `allow-same-origin`). */
export function hasNoOrigin(): boolean {
  return self.origin === 'null';
}

/** Writes the address of the page; `push`: as a new step of the history. */
export function writeAddress(address: string, push = false): void {
  try {
    if (push) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  } catch (error) {
    // Not every browser lets a page without an origin do that, and nobody sees the address of a frame.
    if (!hasNoOrigin()) throw error;
  }
}

export function languages(): Languages {
  return { known: LANGS, preferred: navigator.languages };
}
