// The map as a grid: every area one square of equal size, near where it lies. What is lost in shape is won for small areas, for
// phones, and for everybody who cannot aim: each square is a button.

import type { Area } from '../state/documents';
import { isUnreliable } from '../state/columns';
import type { Figures } from '../state/figures';
import { h, refill } from '../ui/dom';
import { nameOf, readingOf, sentence } from '../words/readings';
import { texts } from '../words/texts';
import { appearanceOf, patternOf } from './appearance';
import { isDark } from './colours';
import { projectionOf } from './projection';
import { type Place, placeSquares, type Point } from './square-places';

/** More areas make squares too small to press. */
const MOST = 300;

/** Pixels of a square with its gap: what a finger hits (WCAG 2.2, 2.5.8). */
const TARGET = 27;

/** Draws the grid into `box`, or says that there are too many areas for one. */
export function drawSquares(box: HTMLElement, figures: Figures, choose: (code: string) => void): void {
  const { areas, state } = figures;
  const t = texts(state.lang);
  if (areas.length === 0 || areas.length > MOST) return refill(box, h('p', { class: 'note' }, t('squares-too-many')));
  const projection = projectionOf(state.grid);
  const placed = areas.flatMap((area, row) => (area.label ? [{ area, row, point: downward(projection.forward(area.label)) }] : []));
  const places = placeSquares(
    placed.map(({ point }) => point),
    Math.floor(box.clientWidth / TARGET),
  );
  const squares = placed.flatMap(({ area, row }, index) => {
    const place = places[index];
    return place ? [{ place, square: squareOf(figures, area, row, place, choose) }] : [];
  });
  // The keyboard goes as one reads.
  squares.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  refill(box, h('p', { class: 'note' }, t('squares-note')), h('div', { class: 'tiles' }, ...squares.map(({ square }) => square)));
}

/** Projections count upwards, pages downwards. */
function downward([x = 0, y = 0]: number[]): Point {
  return [x, -y];
}

function squareOf(figures: Figures, area: Area, row: number, { line, column }: Place, choose: (code: string) => void): HTMLElement {
  const { legend, state } = figures;
  const look = appearanceOf(legend, 'choropleth', figures.column.cells[row] ?? 'missing');
  const sign = shortName(area.code, nameOf(figures, row));
  // The name begins with what is seen (WCAG 2.2, 2.5.3).
  const text = `${sign}. ${sentence(readingOf(figures, row))}`;
  const props = {
    type: 'button',
    'data-code': area.code,
    class: ['square', patternOf(legend, look.state), isUnreliable(figures.column, row) && 'dots'].filter(Boolean).join(' '),
    'aria-label': text,
    title: text,
    'aria-pressed': String(state.area === area.code),
    onclick: () => choose(area.code),
  };
  const square = h('button', props, sign);
  square.style.gridArea = `${line + 1} / ${column + 1}`;
  square.style.backgroundColor = look.fill;
  square.style.color = isDark(look.fill) ? '#ffffff' : '#000000';
  return square;
}

/** What fits a square: the end of the code, which tells areas of one country apart, or the beginning of the name. */
function shortName(code: string, name: string): string {
  const end = code.split(/[-.:/]/).at(-1) ?? '';
  return end.length > 0 && end.length <= 3 ? end : name.slice(0, 3);
}
