// From a state to the queries that the server is asked.

import type { State } from './state';

/** An area of a set on some borders. */
export interface Place {
  set: string;
  borders: string;
  code: string;
}

export type Pairs = [string, string][];

/** The selection as parameters, in one order, totals left out: the same map has one URL. */
export function selection(state: State, period = state.period): Pairs {
  const codes = state.indicator.dimensions
    .filter((dimension) => state.codes[dimension.id] !== dimension.total)
    .map((dimension): [string, string] => [dimension.id, state.codes[dimension.id] as string]);
  return [['indicator', state.indicator.id], ['period', period], ...codes];
}

/** The query of a legend or a style. */
export function legendQuery(state: State, release: string, period = state.period): string {
  const [, ...rest] = selection(state, period);
  const from: Pairs = state.from ? [['from', state.from]] : [];
  const classing = Object.entries(state.classing);
  const pairs: Pairs = [['set', state.set.id], ...rest, ...from, ...classing, ['lang', state.lang], ['release', release]];
  return new URLSearchParams(pairs).toString();
}

/** The address of the values of one or more periods of a selection. */
export function valuesAddress(state: State, release: string, periods: string[]): string {
  const query = new URLSearchParams([...selection(state, periods.join(',')), ['release', release]]);
  return `/values/${encodeURIComponent(state.set.id)}.json?${query}`;
}

/** The area that a state has selected. */
export function selectedPlace(state: State): Place {
  return { set: state.set.id, borders: state.vintage, code: state.area ?? '' };
}

/**
 * The address of all values of one area at the codes of a state. Totals are named too: where one is left out, the server takes the code
 * that is usual in the newest period, which may have no total.
 */
export function seriesAddress(state: State, release: string, { set, borders, code }: Place): string {
  const { indicator, codes, lang } = state;
  const named = indicator.dimensions.map(({ id, total }): [string, string] => [id, codes[id] ?? total]);
  const pairs: Pairs = [['indicator', indicator.id], ...named, ['borders', borders], ['lang', lang], ['release', release]];
  return `/areas/${encodeURIComponent(set)}/${encodeURIComponent(code)}?${new URLSearchParams(pairs)}`;
}
