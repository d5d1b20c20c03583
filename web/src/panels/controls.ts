// The form: what can be chosen besides the indicator and the period.

import type { Catalog, Dimension, Grid } from '../state/documents';
import { coversOf, equalArea } from '../state/catalog';
import { combinationsOf, hasValues } from '../state/combinations';
import { canCompare, comparePeriods } from '../state/periods';
import { hasSameCodes, sameBorders, type State } from '../state/state';
import { refill, select } from '../ui/dom';
import { pick } from '../words/names';
import { periodName } from '../words/period-names';
import { languageNames, type Translate, texts } from '../words/texts';

type Choose = (key: string, value: string) => void;
type Entry = [value: string, text: string, refused?: string | undefined];

/** Draws the form anew for a state. What is impossible is shown with the reason, not hidden. */
export function drawControls(form: HTMLElement, catalog: Catalog, state: State, choose: Choose): void {
  const t = texts(state.lang);
  const choice = (key: string, label: string, entries: Entry[], value: string) =>
    select(key, label, entries, value, (chosen) => choose(key, chosen));
  const kinds: Entry[] = [
    ['choropleth', t('coloured-areas')],
    ['symbols', t('circles')],
  ];
  refill(
    form,
    ...state.indicator.dimensions.map((dimension) => dimensionChoice(state, dimension, choose)),
    choice('from', t('compare'), earlierPeriods(state, t), state.from ?? ''),
    choice('set', t('level-and-borders'), setEntries(catalog, state, t), state.set.id),
    choice('kind', t('kind-of-map'), kinds, state.form),
    choice('grid', t('projection'), gridEntries(catalog, state, t), state.grid.id),
    choice('lang', t('language'), languageNames(), state.lang),
  );
}

/** The codes of a dimension, the total first. */
function dimensionChoice(state: State, dimension: Dimension, choose: Choose): HTMLElement {
  const { indicator, set, period, codes, lang } = state;
  const all = combinationsOf(indicator, set.id, period);
  const refused = (code: string) => (hasValues(indicator, all, dimension.id, code) ? undefined : texts(lang)('no-values'));
  const items = [...dimension.code_list.items].sort((a, b) => Number(b.code === dimension.total) - Number(a.code === dimension.total));
  const entries = items.map((item): Entry => [item.code, pick(item.name, lang, item.code), refused(item.code)]);
  const label = pick(dimension.name, lang, dimension.id);
  const chosen = codes[dimension.id] ?? dimension.total;
  return select(`dimension-${dimension.id}`, label, entries, chosen, (value) => choose(dimension.id, value));
}

/** The earlier periods. Those that are as long, on the same borders, and have values at the same codes can be compared. */
function earlierPeriods(state: State, t: Translate): Entry[] {
  const { periods, period, lang } = state;
  const earlier = periods.filter((other) => comparePeriods(other, period) < 0);
  const refusal = (other: string) => {
    if (!canCompare(other, period)) return t('other-kind');
    if (!sameBorders(state, other)) return t('other-borders');
    return hasSameCodes(state, other) ? undefined : t('no-values');
  };
  return [['', t('no-comparison')], ...earlier.map((other): Entry => [other, periodName(other, lang), refusal(other)])];
}

function setEntries(catalog: Catalog, { indicator, lang }: State, t: Translate): Entry[] {
  const covered = new Set(coversOf(catalog, indicator).map((cover) => cover.id));
  return catalog.boundary_sets.map((set): Entry => [
    set.id,
    pick(set.name, lang, set.id),
    covered.has(set.id) ? undefined : t('no-values'),
  ]);
}

function gridEntries(catalog: Catalog, { set }: State, t: Translate): Entry[] {
  return catalog.grids.map((grid): Entry => [
    grid.id,
    gridName(grid, t),
    set.grids.includes(grid.id) ? undefined : t('not-for-these-borders'),
  ]);
}

function gridName(grid: Grid, t: Translate): string {
  if (grid.id === 'WebMercatorQuad') return t('projection-mercator');
  return equalArea(grid) ? `${grid.id} (${t('projection-equal-area')})` : grid.id;
}
