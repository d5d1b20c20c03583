// The form: what can be chosen besides the indicator and the period.

import type { Catalog, Grid } from './api';
import { refill, select } from './dom';
import { coversOf, equalArea, type State, vintageOf } from './state';
import { LANGS, pick, type Texts, texts } from './texts';

type Choose = (key: string, value: string) => void;

/** Draws the form anew for a state. What is impossible is shown with the reason, not hidden. */
export function drawControls(form: HTMLElement, catalog: Catalog, state: State, choose: Choose): void {
  const t = texts(state.lang);
  const { indicator, lang } = state;
  const changed = (key: string) => (value: string) => choose(key, value);
  const covered = new Set(coversOf(catalog, indicator).map((cover) => cover.id));
  const sets = catalog.boundary_sets.map((set): Entry => [
    set.id,
    pick(set.name, lang, set.id),
    covered.has(set.id) ? undefined : t.noValues,
  ]);
  const grids = catalog.grids.map((grid): Entry => [grid.id, gridName(grid, t), state.set.grids.includes(grid.id) ? undefined : t.notHere]);
  refill(
    form,
    ...indicator.dimensions.map((dimension) => {
      const items = [...dimension.code_list.items].sort((a, b) => Number(b.code === dimension.total) - Number(a.code === dimension.total));
      const codes = items.map((item): Entry => [item.code, pick(item.name, lang, item.code)]);
      const id = `dimension-${dimension.id}`;
      return select(
        id,
        pick(dimension.name, lang, dimension.id),
        codes,
        state.codes[dimension.id] ?? dimension.total,
        changed(dimension.id),
      );
    }),
    select('from', t.compare, earlier(state, t), state.from ?? '', changed('from')),
    select('set', t.set, sets, state.set.id, changed('set')),
    select(
      'kind',
      t.kind,
      [
        ['choropleth', t.choropleth],
        ['symbols', t.symbols],
      ],
      state.form,
      changed('kind'),
    ),
    select('grid', t.grid, grids, state.grid.id, changed('grid')),
    select('lang', t.lang, Object.entries(LANGS), lang, changed('lang')),
  );
}

type Entry = [value: string, text: string, refused?: string | undefined];

/** The periods that can be compared: those on the same borders. */
function earlier(state: State, t: Texts): Entry[] {
  const { indicator, set, vintage, period } = state;
  const others = state.periods.filter((other) => other !== period);
  const entry = (other: string): Entry => [other, other, vintageOf(indicator, set.id, other) === vintage ? undefined : t.otherBorders];
  return [['', t.noCompare], ...others.map(entry)];
}

function gridName(grid: Grid, t: Texts): string {
  if (grid.id === 'WebMercatorQuad') return t.mercator;
  return equalArea(grid) ? `${grid.id} (${t.equalArea})` : grid.id;
}
