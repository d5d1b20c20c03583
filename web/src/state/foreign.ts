// Foreign parameters: what trackers, caches and frames append to an address. They mean nothing here, and are not carried on.

import { FOREIGN_BEGINNINGS, FOREIGN_NAMES, VERSION } from './grammar';

/** Whether a parameter of this name is foreign. Letter case counts. */
export function isForeign(name: string): boolean {
  const names: readonly string[] = FOREIGN_NAMES;
  return names.includes(name) || FOREIGN_BEGINNINGS.some((beginning) => name.startsWith(beginning));
}

/** An address without them. Links of the page begin with `v` and the version of its keys, which stays. */
export function withoutForeign(address: string): string {
  const url = new URL(address);
  const own = [...url.searchParams].filter(([name, value]) => !isForeign(name) || (name === 'v' && value === VERSION));
  url.search = new URLSearchParams(own).toString();
  return url.href;
}
