// What fits into one request, by the limits that the server tells.

import type { Limits } from './documents';

/** As many of the last periods as one request may name. `address`: that of a request for some periods. */
export function lastPeriods(periods: string[], limits: Limits, address: (periods: string[]) => string): string[] {
  let last = periods.slice(-limits.periods);
  // An address is ASCII: a sign is a byte.
  while (last.length > 1 && address(last).length > limits.url_bytes) last = last.slice(1);
  return last;
}
