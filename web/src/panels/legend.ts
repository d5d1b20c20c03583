// The legend as a histogram: a bar for each class, as long as it holds areas, with marks for the areas pointed at and selected.

import type { Figures } from '../state/figures';
import { byId, h, refill } from '../ui/dom';
import { texts } from '../words/texts';
import { type LegendRow, rowKeyOf, rowsOf } from './legend-rows';

/** Draws the legend. `scale`: pixels of the map for each pixel of a circle; `point`: codes of the areas of a row that is pointed at. */
export function drawLegend(figures: Figures, scale: number, point: (codes: string[]) => void): void {
  const { legend, state } = figures;
  const t = texts(state.lang);
  const rows = rowsOf(figures);
  const most = Math.max(1, ...rows.map((row) => row.count));
  refill(byId('legend-title'), `${t('legend')}: ${legend.unit}`);
  refill(byId('legend-entries'), ...rows.map((row) => itemOf(figures, row, { most, scale }, point)));
  const limits = legend.classes.length > 1 ? ` ${t('class-limits')}` : '';
  const scope = state.form === 'symbols' && legend.symbols ? [] : [`${legend.scope_label}.${limits}`];
  refill(byId('legend-scope'), [...scope, ...(legend.notes ?? [])].join(' '));
}

/** What all rows are measured by. */
interface Measures {
  /** The most areas of a row. */
  most: number;
  /** Pixels of the map for each pixel of a circle. */
  scale: number;
}

function itemOf(figures: Figures, row: LegendRow, { most, scale }: Measures, point: (codes: string[]) => void): HTMLElement {
  const { areas } = figures;
  const codes = () => areas.flatMap((area, index) => (belongs(figures, row, index) ? [area.code] : []));
  const isCircle = row.radius !== undefined;
  return h(
    'li',
    // Not pointerenter: it comes before the mouse leaves the map, which marks nothing any more.
    { 'data-key': row.key, onmouseenter: () => point(codes()), onmouseleave: () => point([]) },
    swatch(row, scale),
    h('span', { class: 'label' }, row.entry.label),
    !isCircle && bar(row, most),
    !isCircle && h('span', { class: 'count' }, String(row.count)),
  );
}

/** Whether an area belongs to a row. */
function belongs(figures: Figures, { key, flag }: LegendRow, index: number): boolean {
  const cell = figures.column.cells[index];
  if (flag) return typeof cell === 'number' && (figures.column.flags.get(index)?.includes(flag.name) ?? false);
  return rowKeyOf(figures, cell) === key;
}

function swatch({ entry, state, radius, flag }: LegendRow, scale: number): HTMLElement {
  const sign = flag && (flag.dotted ? 'dots' : 'none');
  const classes = ['swatch', state?.pattern, sign, radius === undefined ? '' : 'circle', state?.state === 'invalid' ? 'dotted' : ''];
  const element = h('span', { class: classes.filter(Boolean).join(' ') });
  // Set as properties: the page's policy allows no style attributes in markup.
  element.style.backgroundColor = entry.colour;
  if (state?.outline) element.style.setProperty('--hatch', state.outline);
  if (radius !== undefined) {
    element.style.width = `${2 * radius * scale}px`;
    element.style.height = `${2 * radius * scale}px`;
  }
  return element;
}

function bar({ entry, count }: LegendRow, most: number): HTMLElement {
  const inner = h('span', { class: 'bar' });
  inner.style.width = `${(100 * count) / most}%`;
  inner.style.backgroundColor = entry.colour;
  return h('span', { class: 'bars', 'aria-hidden': 'true' }, inner);
}

/** Marks the rows of the areas pointed at and selected. */
export function markLegend(figures: Figures, pointed: number | undefined, selected: number | undefined): void {
  const keyOf = (row: number | undefined) => (row === undefined ? undefined : rowKeyOf(figures, figures.column.cells[row]));
  const [pointedKey, selectedKey] = [keyOf(pointed), keyOf(selected)];
  for (const item of document.querySelectorAll<HTMLElement>('#legend-entries li')) {
    item.classList.toggle('pointed', item.dataset['key'] === pointedKey);
    item.classList.toggle('selected', item.dataset['key'] === selectedKey);
  }
}
