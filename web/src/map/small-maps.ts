// Small maps: one a period, all on the scale of the map. Each is the server's drawing in other colours.

import { type Column, isUnreliable } from '../state/columns';
import { columnsOf, type Figures } from '../state/figures';
import { coloursMislead, comparablePeriods, type State } from '../state/state';
import { h, refill } from '../ui/dom';
import { periodName } from '../words/period-names';
import { cellText, flagCounts, flagWords, nameOf } from '../words/readings';
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
  const all = comparablePeriods(state);
  const periods = all.slice(-MOST);
  const columns = await columnsOf(state, release, periods);
  const maps = periods.map((period, index): SmallMap => {
    const column = columns.get(period);
    // The patterns of one drawing serve all: an id stands once on a page.
    const svg = coloured(drawing, figures, column, index === 0);
    const value = h('span', { class: 'value' });
    const props = { type: 'button', class: 'multiple', 'aria-pressed': String(period === state.period), onclick: () => choose(period) };
    const name = h('span', {}, periodName(period, state.lang));
    return { column, value, button: h('button', props, name, svg, flagsBelow(column, state), value) };
  });
  box.onpointermove = (event) => point(box, figures, maps, event.target as Element);
  box.onpointerleave = () => point(box, figures, maps, box);
  refill(
    box,
    ...notesOf(state, all.length).map((text) => h('p', { class: 'note' }, text)),
    h('div', { class: 'grid' }, ...maps.map(({ button }) => button)),
  );
}

/** What must be known of all of the maps. They colour areas, whatever kind of map was chosen. */
export function notesOf(state: State, periods: number): string[] {
  const t = texts(state.lang);
  return [
    t('small-maps-note'),
    ...(periods > MOST ? [t('small-maps-last', { shown: MOST, of: periods })] : []),
    ...(coloursMislead(state) ? [t('count-warning')] : []),
  ];
}

/** How many areas of a map have values with flags. */
function flagsBelow(column: Column | undefined, { lang }: State): HTMLElement {
  return h('span', { class: 'flags' }, column ? flagCounts(column, lang) : '');
}

interface SmallMap {
  column: Column | undefined;
  button: HTMLElement;
  /** Where the value of the area pointed at is written. */
  value: HTMLElement;
}

/** The server's drawing in the colours of another column. */
function coloured(drawing: SVGSVGElement, figures: Figures, column: Column | undefined, withPatterns: boolean): SVGSVGElement {
  const svg = drawing.cloneNode(true) as SVGSVGElement;
  svg.removeAttribute('class');
  svg.removeAttribute('aria-label');
  svg.setAttribute('aria-hidden', 'true');
  for (const part of svg.querySelectorAll(`.selected, .symbols, .inset, .unreliable, .dot, title${withPatterns ? '' : ', defs'}`))
    part.remove();
  figures.areas.forEach((area, row) => {
    const path = svg.querySelector(`path[data-code="${CSS.escape(area.code)}"]`);
    path?.setAttribute('fill', fillOf(figures, column?.cells[row] ?? 'missing'));
    if (path && column && isUnreliable(column, row)) path.after(dotsOver(path));
  });
  return svg;
}

/** An area once more, with dots: its value is not to be relied on. */
function dotsOver(path: Element): Element {
  const dots = path.cloneNode() as Element;
  dots.removeAttribute('data-code');
  dots.setAttribute('fill', 'url(#choro-unreliable)');
  dots.setAttribute('pointer-events', 'none');
  return dots;
}

/** Colours on small maps: circles would cover them, so counts are coloured too; states keep their hatch. */
function fillOf({ legend }: Figures, cell: Column['cells'][number]): string {
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
    value.textContent = row === undefined ? '' : readingOf(figures, column, row);
  }
}

/** The value of an area on one of the maps, with what is to be known of it. */
function readingOf(figures: Figures, column: Column | undefined, row: number): string {
  const flags = flagWords(column?.flags.get(row), figures.state.lang);
  return `${nameOf(figures, row)}: ${cellText(figures, column?.cells[row])}${flags ? `; ${flags}` : ''}`;
}
