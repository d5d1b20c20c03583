// From a state to the page's own address. The keys are those of /picture and /embed too (docs/viewer.md).

import { SHOWS, VERSION } from './grammar';
import { type Pairs, selection } from './queries';
import type { State } from './state';

/** The page's own query. */
export function pageQuery(state: State): string {
  const pairs: Pairs = [['v', VERSION], ['set', state.set.id], ['grid', state.grid.id], ...selection(state)];
  pairs.push(...Object.entries(state.classing));
  pairs.push(['kind', state.form]);
  if (state.from) pairs.push(['from', state.from]);
  if (state.area) pairs.push(['area', state.area]);
  if (state.at) pairs.push(['at', state.at.map((n, i) => n.toFixed(i === 2 ? 2 : 4)).join(',')]);
  if (state.show !== SHOWS[0]) pairs.push(['show', state.show]);
  pairs.push(['lang', state.lang]);
  if (state.release !== undefined) pairs.push(['release', state.release]);
  return new URLSearchParams(pairs).toString();
}

/** The address of a state, as it stands in the browser. `full`: in a frame on another site the page stays the whole viewer. */
export function pageAddress(state: State, full: boolean): string {
  return `?${pageQuery(state)}${full ? '&mode=full' : ''}`;
}
