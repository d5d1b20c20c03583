// The legend as a histogram: a bar for each class, as long as it holds areas, with marks for the areas pointed at and selected.

import type { LegendEntry, LegendState } from './api';
import type { Cell } from './data';
import { h, refill } from './dom';
import { classOf } from './looks';
import type { Shown } from './reading';
import { texts } from './texts';

interface Row {
  key: string;
  entry: LegendEntry;
  count: number;
  state?: LegendState;
  radius?: number;
}

/** Which row of the legend a cell belongs to. */
function keyOf({ legend }: Shown, cell: Cell | undefined): string {
  if (typeof cell !== 'number') return `state-${cell}`;
  return cell === 0 && legend.zero ? 'zero' : `class-${classOf(legend.classes, cell)}`;
}

/** The rows from the highest class down, then the states that occur. */
function rowsOf(shown: Shown): Row[] {
  const { legend, column, state } = shown;
  const counts = new Map<string, number>();
  for (const cell of column.cells) counts.set(keyOf(shown, cell), (counts.get(keyOf(shown, cell)) ?? 0) + 1);
  const count = (key: string) => counts.get(key) ?? 0;
  const states = legend.states
    .filter((entry) => count(`state-${entry.state}`) > 0)
    .map((entry): Row => ({ key: `state-${entry.state}`, entry, state: entry, count: count(`state-${entry.state}`) }));
  if (state.form === 'symbols' && legend.symbols) {
    const { circles, positive, negative } = legend.symbols;
    const circle = circles.map(({ label, radius }, index): Row => ({
      key: `circle-${index}`,
      entry: { label, colour: positive },
      radius,
      count: 0,
    }));
    const below = column.cells.some((cell) => typeof cell === 'number' && cell < 0);
    const minus: Row[] =
      below && circles[0]
        ? [{ key: 'circle-minus', entry: { label: `\u2212${circles[0].label}`, colour: negative }, radius: circles[0].radius, count: 0 }]
        : [];
    return [...circle, ...minus, ...states];
  }
  const rows = legend.classes.map((entry, index): Row => ({ key: `class-${index}`, entry, count: count(`class-${index}`) }));
  if (legend.zero) {
    // Zero stands where it belongs: between the arms of a diverging scale, else below the lowest class.
    const below = legend.classes.filter((entry) => entry.hi <= 0).length;
    rows.splice(below, 0, { key: 'zero', entry: legend.zero, count: count('zero') });
  }
  return [...rows.reverse(), ...states];
}

/** Draws the legend. `point`: codes of the areas of a row that is pointed at. */
export function drawLegend(shown: Shown, point: (codes: string[]) => void): void {
  const { legend, state, areas, column } = shown;
  const t = texts(state.lang);
  const rows = rowsOf(shown);
  const most = Math.max(1, ...rows.map((row) => row.count));
  refill(document.getElementById('legend-title') as HTMLElement, `${t.legend}: ${legend.unit}`);
  refill(
    document.getElementById('legend-entries') as HTMLElement,
    ...rows.map((row) => {
      const codes = () => areas.flatMap((area, index) => (keyOf(shown, column.cells[index]) === row.key ? [area.code] : []));
      const item = h(
        'li',
        // Not pointerenter: it comes before the mouse leaves the map, which marks nothing any more.
        { 'data-key': row.key, onmouseenter: () => point(codes()), onmouseleave: () => point([]) },
        swatch(row),
        h('span', { class: 'label' }, row.entry.label),
        row.radius === undefined && bar(row, most),
        row.radius === undefined && h('span', { class: 'count' }, String(row.count)),
      );
      return item;
    }),
  );
  const scope = state.form === 'symbols' && legend.symbols ? '' : `${legend.scope_label}. ${t.closure}`;
  refill(document.getElementById('legend-scope') as HTMLElement, scope);
}

function swatch({ entry, state, radius }: Row): HTMLElement {
  const sign = h('span', {
    class: ['swatch', state?.pattern, radius === undefined ? '' : 'circle', state?.state === 'invalid' ? 'dotted' : '']
      .filter(Boolean)
      .join(' '),
  });
  // Set as properties: the page's policy allows no style attributes in markup.
  sign.style.backgroundColor = entry.colour;
  if (state?.outline) sign.style.setProperty('--hatch', state.outline);
  if (radius !== undefined) {
    sign.style.width = `${2 * radius}px`;
    sign.style.height = `${2 * radius}px`;
  }
  return sign;
}

function bar({ entry, count }: Row, most: number): HTMLElement {
  const inner = h('span', { class: 'bar' });
  inner.style.width = `${(100 * count) / most}%`;
  inner.style.backgroundColor = entry.colour;
  return h('span', { class: 'bars', 'aria-hidden': 'true' }, inner);
}

/** Marks the rows of the areas pointed at and selected. */
export function markLegend(shown: Shown, pointed: number | undefined, selected: number | undefined): void {
  const key = (row: number | undefined) => (row === undefined ? undefined : keyOf(shown, shown.column.cells[row]));
  for (const item of document.querySelectorAll<HTMLElement>('#legend-entries li')) {
    item.classList.toggle('pointed', item.dataset['key'] === key(pointed));
    item.classList.toggle('selected', item.dataset['key'] === key(selected));
  }
}
