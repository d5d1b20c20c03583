// Columns of values: the values of one selection for all areas of a set, in the order of the area table.

import { less } from './decimal';
import type { Legend, Observation, Values } from './documents';

/** A value, or the state in place of one. */
export type Cell = number | string;

export interface Column {
  cells: Cell[];
  /**
   * What is to be known of values, by row: P provisional, E estimated, B break in the series; `small_base` and `unknown_base`: not to
   * be relied on.
   */
  flags: Map<number, string[]>;
}

/** Flags of values that are not to be relied on. */
export const UNRELIABLE: readonly string[] = ['small_base', 'unknown_base'];

/** Whether the value of a row is not to be relied on. */
export function isUnreliable({ flags }: Column, row: number): boolean {
  return flags.get(row)?.some((flag) => UNRELIABLE.includes(flag)) ?? false;
}

/** The column of the period that stands at `index`. */
export function columnAt(values: Pick<Values, 'values' | 'states' | 'statuses' | 'reliability'>, index: number): Column {
  const cells: Cell[] = (values.values[index] ?? []).map((value) => value ?? 'missing');
  for (const [state, rows] of Object.entries(values.states[index] ?? {})) for (const row of rows) cells[row] = state;
  return { cells, flags: byRow([values.statuses[index], values.reliability?.[index]]) };
}

/** The flags of one observation. */
export function flagsOfObservation({ status, reliability }: Pick<Observation, 'status' | 'reliability'>): string[] {
  return [status, reliability].filter((flag) => flag !== undefined);
}

/** The flags of each row, out of the rows of each flag. */
function byRow(lists: (Record<string, number[]> | undefined)[]): Map<number, string[]> {
  const flags = new Map<number, string[]>();
  for (const [flag, rows] of lists.flatMap((list) => Object.entries(list ?? {}))) {
    for (const row of rows) flags.set(row, [...(flags.get(row) ?? []), flag]);
  }
  return flags;
}

/** The flags of differences: the server says them in the legend, since it also knows of breaks between the two periods. */
export function flagsOfChange(legend: Pick<Legend, 'flags'>): Map<number, string[]> {
  return byRow((legend.flags ?? []).map(({ flag, rows }) => ({ [flag]: rows ?? [] })));
}

/** How a column has changed since `before`. */
export function change(column: Column, before: Column): Column {
  const cells = column.cells.map((cell, row) => difference(cell, before.cells[row] ?? 'missing'));
  return { cells, flags: new Map() };
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
