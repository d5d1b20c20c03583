// What the reader will most likely ask for next, fetched once the map stands still, so that it costs no first map.

import { columnOf, type Figures } from '../state/figures';
import { periodsOnBorders } from '../state/state';
import { atRest, type PageStore } from './page';

/** Has the figures of the next period at hand. */
export async function haveNextAtHand(store: PageStore, figures: Figures): Promise<void> {
  await atRest(store);
  const { state, release } = figures;
  if (store.get().figures !== figures) return;
  const following = state.periods[state.periods.indexOf(state.period) + 1];
  if (following && periodsOnBorders(state).includes(following)) void columnOf(state, release, following).catch(() => undefined);
}
