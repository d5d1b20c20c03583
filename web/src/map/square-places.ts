// Where the squares of areas stand: A to the west of B and north of C stays there, each in a square of its own.

import { assign } from './assignment';

/** x to the right, y down. */
export type Point = readonly [x: number, y: number];

/** A place in the grid of squares, both counted from 0. */
export interface Place {
  column: number;
  line: number;
}

/** A third of the squares stays free, so that coasts and gaps are seen. */
const ROOM = 1.35;

/** No grid is more than so many times as wide as it is high, or the other way round. */
const LONGEST = 3;

/**
 * A square for each point, so that the squared distances from where the points lie are least in sum. `most`: columns that there is
 * room for.
 */
export function placeSquares(points: Point[], most: number): Place[] {
  const [xs, ys] = [rangeOf(points.map(([x]) => x)), rangeOf(points.map(([, y]) => y))];
  const aspect = Math.min(LONGEST, Math.max(1 / LONGEST, xs.size / ys.size));
  const room = points.length * ROOM;
  const columns = Math.max(1, Math.min(most, Math.ceil(Math.sqrt(room * aspect))));
  const lines = Math.ceil(room / columns);
  const wanted = points.map(([x, y]) => [xs.part(x) * (columns - 1), ys.part(y) * (lines - 1)] as const);
  const cost = (point: number, square: number) => {
    const [across = 0, down = 0] = wanted[point] ?? [];
    return (across - (square % columns)) ** 2 + (down - Math.floor(square / columns)) ** 2;
  };
  const squares = assign(points.length, columns * lines, cost);
  return squares.map((square) => ({ column: square % columns, line: Math.floor(square / columns) }));
}

/** The range of numbers; `part`: where a number stands in it, from 0 to 1. */
function rangeOf(numbers: number[]): { size: number; part(n: number): number } {
  const least = Math.min(...numbers);
  const size = Math.max(...numbers) - least || 1;
  return { size, part: (n) => (n - least) / size };
}
