// The map as a grid: every area one square of equal size, near where it lies. What is lost in shape is won for small areas, for
// phones, and for everybody who cannot aim: each square is a button.

import { h, refill } from './dom';
import { lookOf } from './looks';
import type { Projection } from './projection';
import { nameOf, readingOf, sentence, type Shown } from './reading';
import { texts } from './texts';

/** More areas make squares too small to press. */
const MOST = 300;

/** Pixels of a square with its gap: what a finger hits (WCAG 2.2, 2.5.8). */
const TARGET = 27;

interface Square {
  row: number;
  column: number;
  line: number;
}

/** Whether a set is small enough to be a grid. */
export function fitsGrid(areas: number): boolean {
  return areas > 0 && areas <= MOST;
}

/**
 * Places each area in a square of its own, so that the squared distances from where they lie are least in sum (the assignment
 * problem, by shortest augmenting paths: R. Jonker and A. Volgenant 1987). `places`: x to the right, y down. `most`: columns.
 */
function layout(places: (readonly [number, number])[], most: number): Square[] {
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const aspect = Math.min(3, Math.max(1 / 3, (east - west || 1) / (south - north || 1)));
  // A third of the squares stays free, so that coasts and gaps are seen.
  const squares = places.length * 1.35;
  const columns = Math.max(1, Math.min(most, Math.ceil(Math.sqrt(squares * aspect))));
  const lines = Math.ceil(squares / columns);
  const across = (x: number) => ((x - west) / (east - west || 1)) * (columns - 1);
  const down = (y: number) => ((y - north) / (south - north || 1)) * (lines - 1);
  const cost = (area: number, square: number) => {
    const [x = 0, y = 0] = places[area] ?? [];
    return (across(x) - (square % columns)) ** 2 + (down(y) - Math.floor(square / columns)) ** 2;
  };
  return assign(places.length, columns * lines, cost).map((square, row) => ({
    row,
    column: square % columns,
    line: Math.floor(square / columns),
  }));
}

/** For each of `n` rows a column of its own of `m >= n`, with the least sum of costs. */
function assign(n: number, m: number, cost: (row: number, column: number) => number): number[] {
  const u = new Float64Array(n + 1);
  const v = new Float64Array(m + 1);
  /** Row that has a column; row and column 0 stand for none. */
  const owner = new Int32Array(m + 1);
  const way = new Int32Array(m + 1);
  for (let row = 1; row <= n; row += 1) {
    const least = new Float64Array(m + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(m + 1);
    let at = 0;
    owner[0] = row;
    do {
      used[at] = 1;
      const current = owner[at] as number;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let column = 1; column <= m; column += 1) {
        if (used[column]) continue;
        const slack = cost(current - 1, column - 1) - (u[current] as number) - (v[column] as number);
        if (slack < (least[column] as number)) {
          least[column] = slack;
          way[column] = at;
        }
        if ((least[column] as number) < step) {
          step = least[column] as number;
          next = column;
        }
      }
      for (let column = 0; column <= m; column += 1) {
        if (used[column]) {
          u[owner[column] as number] = (u[owner[column] as number] as number) + step;
          v[column] = (v[column] as number) - step;
        } else least[column] = (least[column] as number) - step;
      }
      at = next;
    } while (owner[at] !== 0);
    do {
      const before = way[at] as number;
      owner[at] = owner[before] as number;
      at = before;
    } while (at !== 0);
  }
  const columns = new Array<number>(n).fill(0);
  for (let column = 1; column <= m; column += 1) if (owner[column]) columns[(owner[column] as number) - 1] = column - 1;
  return columns;
}

/** Draws the grid into `box`. */
export function drawGrid(box: HTMLElement, projection: Projection, shown: Shown, choose: (code: string) => void): void {
  const { areas, state, legend, column } = shown;
  const placed = areas.flatMap((area, row) => (area.label ? [{ row, label: area.label }] : []));
  const places = placed.map(({ label }) => {
    const [x = 0, y = 0] = projection.forward(label);
    return [x, -y] as const;
  });
  const squares = layout(places, Math.floor(box.clientWidth / TARGET));
  const buttons = squares.map(({ row: index, column: across, line }) => {
    const { row } = placed[index] as { row: number };
    const area = areas[row] as (typeof areas)[number];
    const look = lookOf(legend, 'choropleth', column.cells[row] ?? 'missing');
    const pattern = legend.states.find((entry) => entry.state === look.state)?.pattern;
    const sign = short(area.code, nameOf(shown, row));
    // The name begins with what is seen (WCAG 2.2, 2.5.3).
    const text = `${sign}. ${sentence(readingOf(shown, row))}`;
    const square = h(
      'button',
      {
        type: 'button',
        'data-code': area.code,
        class: ['square', pattern].filter(Boolean).join(' '),
        'aria-label': text,
        title: text,
        'aria-pressed': String(state.area === area.code),
        onclick: () => choose(area.code),
      },
      sign,
    );
    square.style.gridArea = `${line + 1} / ${across + 1}`;
    square.style.backgroundColor = look.fill;
    square.style.color = dark(look.fill) ? '#ffffff' : '#000000';
    return { square, order: line * 1000 + across };
  });
  // The keyboard goes as one reads.
  buttons.sort((a, b) => a.order - b.order);
  refill(box, h('p', { class: 'note' }, texts(state.lang).gridNote), h('div', { class: 'tiles' }, ...buttons.map(({ square }) => square)));
}

/** What fits a square: the end of the code, which tells areas of one country apart, or the beginning of the name. */
function short(code: string, name: string): string {
  const end = code.split(/[-.:/]/).at(-1) ?? '';
  return end.length > 0 && end.length <= 3 ? end : name.slice(0, 3);
}

/** Whether white reads better than black (WCAG 2.2, relative luminance). */
function dark(colour: string): boolean {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.179;
}
