// From a state to the next one: what a reader does, as the query that it leads to. Whoever reads the query gives all other keys
// their defaults where they no longer fit.

import { combinationsOf, hasCombination, nearest } from './combinations';
import { canCompare } from './periods';
import type { State } from './state';
import { pageQuery } from './write-address';

/** Keys that a choice makes stale. */
const STALE: Record<string, string[]> = {
  // Another indicator is best shown in its own kind of map.
  indicator: ['kind', 'method', 'breaks', 'palette'],
  // Another set has other areas and another place.
  set: ['area', 'at', 'grid'],
  grid: ['at'],
};

/** One key is given a value, or left to its default. */
export function choose(state: State, key: string, value: string | undefined): URLSearchParams {
  const next = new URLSearchParams(pageQuery(state));
  if (value === undefined || value === '') next.delete(key);
  else next.set(key, value);
  // A code may have values only together with others than those that are shown.
  if (value !== undefined && state.codes[key] !== undefined) {
    const all = combinationsOf(state.indicator, state.set.id, state.period);
    const codes = nearest(state.indicator, all, { ...state.codes, [key]: value }, key);
    for (const [id, code] of Object.entries(codes)) next.set(id, code);
    if (state.from !== undefined && !hasCombination(state.indicator, state.set.id, state.from, codes)) next.delete('from');
  }
  for (const stale of STALE[key] ?? []) next.delete(stale);
  // From an earlier period nothing has changed up to one that is earlier still, or of another length.
  if (key === 'period' && state.from !== undefined && !canCompare(state.from, value ?? '')) next.delete('from');
  return next;
}

/** An area is pressed: it is selected, or no longer. */
export function toggleArea(state: State, code: string | undefined): URLSearchParams {
  return choose(state, 'area', code === state.area ? undefined : code);
}

/** An area is gone to, in the set shown or in another. */
export function goToArea(state: State, set: string, code: string): URLSearchParams {
  const next = new URLSearchParams(pageQuery(state));
  if (set !== state.set.id) for (const stale of ['at', 'grid', 'from']) next.delete(stale);
  next.set('set', set);
  next.set('area', code);
  return next;
}

/** Classes are made another way. */
export function classify(state: State, classing: Record<string, string>): URLSearchParams {
  return new URLSearchParams(pageQuery({ ...state, classing }));
}
