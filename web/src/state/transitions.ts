// From a state to the next one: what a reader does, as the query that it leads to. Whoever reads the query gives all other keys
// their defaults where they no longer fit.

import { combinationsOf, isComparable, nearest } from './combinations';
import type { Catalog } from './documents';
import { type Languages, readState } from './read-address';
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

/**
 * The state that a step leads to. What the address said before and no longer fits, such as a code of another indicator's dimension, is left
 * out: the reader wrote no link that could be misread.
 */
export function stateAfter(catalog: Catalog, before: State, next: URLSearchParams, languages: Languages): State | undefined {
  const state = readState(catalog, next, languages);
  const fitted = new Set([...new URLSearchParams(pageQuery(before))].map((pair) => pair.join('=')));
  return state && { ...state, strange: state.strange.filter((part) => !fitted.has(part)) };
}

/** One key is given a value, or left to its default. */
export function choose(state: State, key: string, value: string | undefined): URLSearchParams {
  const next = new URLSearchParams(pageQuery(state));
  if (value === undefined || value === '') next.delete(key);
  else next.set(key, value);
  if (value !== undefined && key === 'period') follow(state, next, { period: value, codes: codesIn(state, value) });
  if (value !== undefined && state.codes[key] !== undefined) {
    follow(state, next, { period: state.period, codes: codesWith(state, key, value) });
  }
  for (const stale of STALE[key] ?? []) next.delete(stale);
  return next;
}

type Shown = Pick<State, 'period' | 'codes'>;

/** The codes of the map in another period, which may have values only at others. A total is no choice of the reader's. */
function codesIn({ indicator, set, codes }: State, period: string): Record<string, string> {
  const chosen = indicator.dimensions.filter(({ id, total }) => codes[id] !== total).map(({ id }) => [id, codes[id]]);
  return nearest(indicator, combinationsOf(indicator, set.id, period), Object.fromEntries(chosen));
}

/** The codes of the map with another one, which may have values only together with others than those that are shown. */
function codesWith({ indicator, set, period, codes }: State, dimension: string, code: string): Record<string, string> {
  return nearest(indicator, combinationsOf(indicator, set.id, period), { ...codes, [dimension]: code }, dimension);
}

/** Writes the codes that follow from a choice, and ends a comparison that they or the period make impossible. */
function follow({ indicator, set, from }: State, next: URLSearchParams, { period, codes }: Shown): void {
  for (const [id, code] of Object.entries(codes)) next.set(id, code);
  if (from !== undefined && !isComparable(indicator, set.id, from, { period, codes })) next.delete('from');
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
