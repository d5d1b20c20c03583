import { expect, test } from 'vitest';
import { assign } from '../../src/map/assignment';
import { placeSquares, type Point } from '../../src/map/square-places';
import { randomNumbers } from '../fixtures';

/** The least sum of costs, by trying all ways. */
function leastByTrying(costs: number[][], row = 0, taken = new Set<number>()): number {
  if (row === costs.length) return 0;
  const ways = (costs[row] ?? []).map((cost, column) => {
    if (taken.has(column)) return Number.POSITIVE_INFINITY;
    return cost + leastByTrying(costs, row + 1, new Set([...taken, column]));
  });
  return Math.min(...ways);
}

test('each row gets a column of its own, at the least cost in sum', () => {
  const random = randomNumbers(2);
  for (let run = 0; run < 300; run += 1) {
    const n = 1 + Math.floor(random() * 4);
    const m = n + Math.floor(random() * 3);
    const costs = Array.from({ length: n }, () => Array.from({ length: m }, () => Math.floor(random() * 10)));
    const columns = assign(n, m, (row, column) => costs[row]?.[column] ?? 0);
    const sum = columns.reduce((total, column, row) => total + (costs[row]?.[column] ?? 0), 0);
    expect(new Set(columns).size).toBe(n);
    expect(sum, JSON.stringify(costs)).toBe(leastByTrying(costs));
  }
});

test('no rows get no columns', () => expect(assign(0, 3, () => 0)).toEqual([]));

test('A to the west of B and north of C stays there', () => {
  const [a, b, c] = placeSquares(
    [
      [0, 0],
      [10, 0],
      [0, 10],
    ],
    20,
  );
  expect(a && b && c && a.column < b.column && a.line < c.line).toBe(true);
});

test('no two areas share a square, and none lies beyond the columns that there is room for', () => {
  const random = randomNumbers(3);
  for (const [count, most] of [
    [1, 5],
    [7, 3],
    [60, 8],
    [90, 40],
    [40, 1],
    [5, 0],
  ] as const) {
    const points = Array.from({ length: count }, (): Point => [random() * 100, random() * 30]);
    const places = placeSquares(points, most);
    expect(new Set(places.map(({ column, line }) => `${column} ${line}`)).size).toBe(count);
    expect(Math.max(...places.map(({ column }) => column))).toBeLessThan(Math.max(1, most));
  }
});

test('areas in one place, or on one line, have squares all the same', () => {
  expect(
    placeSquares(
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      9,
    ),
  ).toHaveLength(3);
  expect(
    new Set(
      placeSquares(
        [
          [1, 1],
          [2, 1],
          [3, 1],
        ],
        9,
      ).map(({ column }) => column),
    ).size,
  ).toBe(3);
});
