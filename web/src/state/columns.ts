// Columns of values: the values of one selection for all areas of a set, in the order of the area table.

import { less } from './decimal';
import type { Values } from './documents';

/** A value, or the state in place of one. */
export type Cell = number | string;

export interface Column {
  cells: Cell[];
  /** Observation flags by row: B break, E estimated, P provisional. */
  statuses: Map<number, string>;
}

/** The column of the period that stands at `index`. */
export function columnAt(values: Pick<Values, 'values' | 'states' | 'statuses'>, index: number): Column {
  const cells: Cell[] = (values.values[index] ?? []).map((value) => value ?? 'missing');
  for (const [state, rows] of Object.entries(values.states[index] ?? {})) for (const row of rows) cells[row] = state;
  const statuses = new Map<number, string>();
  for (const [status, rows] of Object.entries(values.statuses[index] ?? {})) for (const row of rows) statuses.set(row, status);
  return { cells, statuses };
}

/** How a column has changed since `before`; flags are those of the later one. */
export function change(column: Column, before: Column): Column {
  const cells = column.cells.map((cell, row) => difference(cell, before.cells[row] ?? 'missing'));
  return { statuses: column.statuses, cells };
}

/** In decimals; what is withheld in either stays withheld, and what is too large for a number is missing, as on the server. */
function difference(after: Cell, before: Cell): Cell {
  if (typeof after === 'number' && typeof before === 'number') {
    const change = less(after, before);
    return Number.isFinite(change) ? change : 'missing';
  }
  const states = [after, before].filter((cell) => typeof cell === 'string');
  return states.find((state) => state === 'secrecy') ?? states[0] ?? 'missing';
}

/** The place of a value among those of all areas that have one, the highest first; equal values share the places up to `last`. */
export function rank(cells: Cell[], value: number): { place: number; last: number; of: number } {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  const above = numbers.filter((other) => other > value).length;
  return { place: above + 1, last: numbers.filter((other) => other >= value).length, of: numbers.length };
}

/** The periods at which the series breaks for any area. */
export function brokenPeriods(columns: Map<string, Column>): string[] {
  return [...columns].filter(([, { statuses }]) => [...statuses.values()].includes('B')).map(([period]) => period);
}
