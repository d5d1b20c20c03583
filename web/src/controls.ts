// The form: what can be chosen.

import type { Catalog, Grid } from './api';
import { equalArea, gridsOf, pageQuery, type State } from './state';
import { LANGS, pick, type Texts, texts } from './texts';

type Option = [value: string, label: string];

/** Draws the form anew for a state; `choose` gets the query of what the reader chose. */
export function drawControls(form: HTMLFormElement, catalog: Catalog, state: State, choose: (query: URLSearchParams) => void): void {
  const t = texts(state.lang);
  const change = (key: string) => (value: string) => {
    const query = new URLSearchParams(pageQuery(state));
    query.set(key, value);
    choose(query);
  };
  const focused = document.activeElement?.id;
  const indicators = catalog.indicators.map((i): Option => [i.id, pick(i.name, state.lang, i.id)]);
  const sets = catalog.boundary_sets
    .filter((set) => state.indicator.boundary_sets.some((s) => s.id === set.id && s.periods.length > 0))
    .map((set): Option => [set.id, pick(set.name, state.lang, set.id)]);
  const grids = gridsOf(catalog, state.set).map((g): Option => [g.id, gridName(g, t)]);
  const period = select('period', t.period, state.periods.map((p): Option => [p, p]), state.period, change('period'));
  period.append(step('previous', t.previous, '\u2039', state, -1, change('period')), step('next', t.next, '\u203a', state, 1, change('period')));
  form.replaceChildren(
    select('indicator', t.indicator, indicators, state.indicator.id, change('indicator')),
    period,
    ...state.indicator.dimensions.map((dimension) => {
      const codes = dimension.code_list.items.map((c): Option => [c.code, pick(c.name, state.lang, c.code)]);
      const code = state.codes[dimension.id] ?? dimension.total;
      return select(`dimension-${dimension.id}`, pick(dimension.name, state.lang, dimension.id), codes, code, change(dimension.id));
    }),
    select('set', t.set, sets, state.set.id, change('set')),
    select('grid', t.grid, grids, state.grid.id, change('grid')),
    select('lang', t.lang, Object.entries(LANGS), state.lang, change('lang')),
  );
  // Drawing anew must not lose the keyboard's place. A step button at the end of the periods is disabled and hands it on.
  if (focused && form.querySelector(`#${CSS.escape(focused)}`)) {
    const target = document.getElementById(focused);
    (target instanceof HTMLButtonElement && target.disabled ? document.getElementById('period') : target)?.focus();
  }
}

function gridName(grid: Grid, t: Texts): string {
  if (grid.id === 'WebMercatorQuad') return t.mercator;
  return equalArea(grid) ? `${grid.id} (${t.equalArea})` : grid.id;
}

function select(id: string, label: string, options: Option[], value: string, changed: (value: string) => void): HTMLElement {
  const field = document.createElement('div');
  field.className = 'field';
  const caption = document.createElement('label');
  caption.htmlFor = id;
  caption.textContent = label;
  const box = document.createElement('select');
  box.id = id;
  box.append(
    ...options.map(([key, text]) => {
      const option = document.createElement('option');
      option.value = key;
      option.textContent = text;
      return option;
    }),
  );
  box.value = value;
  box.addEventListener('change', () => changed(box.value));
  field.append(caption, box);
  return field;
}

function step(id: string, label: string, sign: string, state: State, by: number, changed: (value: string) => void): HTMLElement {
  const button = document.createElement('button');
  const target = state.periods[state.periods.indexOf(state.period) + by];
  button.id = id;
  button.type = 'button';
  button.textContent = sign;
  button.setAttribute('aria-label', label);
  button.title = label;
  button.disabled = target === undefined;
  button.addEventListener('click', () => target !== undefined && changed(target));
  return button;
}
