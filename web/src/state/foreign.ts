// Foreign parameters: what trackers, caches and frames append to an address. They mean nothing here, and are not carried on.

import { FOREIGN_BEGINNINGS, FOREIGN_NAMES } from './grammar';

/** Whether a parameter of this name is foreign. Letter case counts. */
export function isForeign(name: string): boolean {
  const names: readonly string[] = FOREIGN_NAMES;
  return names.includes(name) || FOREIGN_BEGINNINGS.some((beginning) => name.startsWith(beginning));
}

/** An address without them. */
export function withoutForeign(address: string): string {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()].filter(isForeign)) url.searchParams.delete(name);
  return url.href;
}
