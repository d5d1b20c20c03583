// Small maps: one a period, all on the scale of the map. Each is the server's drawing in other colours.

import type { Cell, Column } from '../state/columns';
import { columnsOf, type Figures } from '../state/figures';
import { comparablePeriods } from '../state/state';
import { h, refill } from '../ui/dom';
import { periodName } from '../words/period-names';
import { cellText, nameOf } from '../words/readings';
import { texts } from '../words/texts';
import { appearanceOf, patternOf } from './appearance';

const MOST = 12;

/** Draws the small maps into `box`. `drawing`: the server's SVG of the same set and grid. `choose`: a period. */
export async function drawSmallMaps(
  box: HTMLElement,
  drawing: SVGSVGElement,
  figures: Figures,
  choose: (period: string) => void,
): Promise<void> {
  const { state, release } = figures;
  if (state.from) return refill(box);
  const periods = comparablePeriods(state).slice(-MOST);
  const columns = await columnsOf(state, release, periods);
  const maps = periods.map((period, index): SmallMap => {
    const column = columns.get(period);
    // The patterns of one drawing serve all: an id stands once on a page.
    const svg = coloured(drawing, figures, column?.cells ?? [], index === 0);
    const value = h('span', { class: 'value' });
    const props = { type: 'button', class: 'multiple', 'aria-pressed': String(period === state.period), onclick: () => choose(period) };
    return { column, value, button: h('button', props, h('span', {}, periodName(period, state.lang)), svg, value) };
  });
  box.onpointermove = (event) => point(box, figures, maps, event.target as Element);
  box.onpointerleave = () => point(box, figures, maps, box);
  const note = h('p', { class: 'note' }, texts(state.lang)('small-maps-note'));
  refill(box, note, h('div', { class: 'grid' }, ...maps.map(({ button }) => button)));
}

interface SmallMap {
  column: Column | undefined;
  button: HTMLElement;
  /** Where the value of the area pointed at is written. */
  value: HTMLElement;
}

/** The server's drawing in the colours of other cells. */
function coloured(drawing: SVGSVGElement, figures: Figures, cells: Cell[], withPatterns: boolean): SVGSVGElement {
  const svg = drawing.cloneNode(true) as SVGSVGElement;
  svg.removeAttribute('class');
  svg.removeAttribute('aria-label');
  svg.setAttribute('aria-hidden', 'true');
  for (const part of svg.querySelectorAll(`.selected, .symbols, .inset, title${withPatterns ? '' : ', defs'}`)) part.remove();
  figures.areas.forEach((area, row) => {
    const path = svg.querySelector(`path[data-code="${CSS.escape(area.code)}"]`);
    path?.setAttribute('fill', fillOf(figures, cells[row] ?? 'missing'));
  });
  return svg;
}

/** Colours on small maps: circles would cover them, so counts are coloured too; states keep their hatch. */
function fillOf({ legend }: Figures, cell: Cell): string {
  const look = appearanceOf(legend, 'choropleth', cell);
  return patternOf(legend, look.state) ? `url(#choro-${look.state})` : look.fill;
}

/** Marks the area of an element on all maps, and writes its values below them. */
function point(box: HTMLElement, figures: Figures, maps: SmallMap[], target: Element): void {
  const code = target.closest('[data-code]')?.getAttribute('data-code');
  const row = code ? figures.rows.get(code) : undefined;
  for (const path of box.querySelectorAll('.pointed')) path.classList.remove('pointed');
  if (code) for (const path of box.querySelectorAll(`path[data-code="${CSS.escape(code)}"]`)) path.classList.add('pointed');
  for (const { column, value } of maps) {
    value.textContent = row === undefined ? '' : `${nameOf(figures, row)}: ${cellText(figures, column?.cells[row])}`;
  }
}
