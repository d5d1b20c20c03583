// Names that providers give: a text in some languages.

import type { Names } from '../state/documents';
import type { Lang } from '../state/state';

/** The text in `lang`, else in any language, else the id. */
export function pick(names: Names | undefined, lang: Lang, fallback: string): string {
  return names?.[lang] ?? Object.values(names ?? {})[0] ?? fallback;
}
