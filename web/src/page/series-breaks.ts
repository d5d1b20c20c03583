// Where a series breaks: looked for in all periods, once the map stands still, so that it costs no first map.

import { brokenPeriods } from '../state/columns';
import { columnOf, columnsOf, type Figures } from '../state/figures';
import { lastPeriods } from '../state/limits';
import { kindOf } from '../state/periods';
import { valuesAddress } from '../state/queries';
import { comparablePeriods, sameBorders, type State } from '../state/state';
import { atRest, type Page, type PageStore } from './page';

const keyOf = ({ set, vintage, indicator, codes, period }: State) =>
  `${set.id} ${vintage} ${indicator.id} ${kindOf(period)} ${JSON.stringify(codes)}`;

/** The periods at which the series of a state is known to break. */
export function breaksOf({ breaks }: Readonly<Page>, state: State): readonly string[] {
  return breaks.get(keyOf(state)) ?? [];
}

/** Looks for the breaks of a series, and has the next period at hand. */
export async function lookForBreaks(store: PageStore, figures: Figures): Promise<void> {
  await atRest(store);
  const { state, release } = figures;
  if (store.get().figures !== figures) return;
  const following = state.periods[state.periods.indexOf(state.period) + 1];
  if (following && sameBorders(state, following)) void columnOf(state, release, following).catch(() => undefined);
  if (store.get().breaks.has(keyOf(state))) return;
  const { limits } = store.get();
  if (!limits) return;
  const periods = lastPeriods(comparablePeriods(state), limits, (some) => valuesAddress(state, release, some));
  const columns = await columnsOf(state, release, periods).catch(() => undefined);
  if (!columns) return;
  const breaks = new Map(store.get().breaks).set(keyOf(state), brokenPeriods(columns));
  store.update({ breaks });
}
