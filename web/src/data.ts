// Values: columns by selection, kept; differences; ranks.

import { type Area, type Legend, once, type Values } from './api';
import { legendQuery, selection, type State } from './state';

/** A value, or the state in place of one. */
export type Cell = number | string;

export interface Column {
  cells: Cell[];
  /** Observation flags by row: B break, E estimated, P provisional. */
  statuses: Map<number, string>;
}

/** A column for each area of a set in the order of the area table. */
async function columnOf(state: State, release: string, period: string): Promise<Column> {
  const query = new URLSearchParams([...selection(state, period), ['release', release]]);
  const values = await once<Values>(`/values/${encodeURIComponent(state.set.id)}.json?${query}`);
  return decode(values, 0);
}

function decode(values: Values, index: number): Column {
  const cells: Cell[] = (values.values[index] ?? []).map((value) => value ?? 'missing');
  for (const [state, rows] of Object.entries(values.states[index] ?? {})) for (const row of rows) cells[row] = state;
  const statuses = new Map<number, string>();
  for (const [status, rows] of Object.entries(values.statuses[index] ?? {})) for (const row of rows) statuses.set(row, status);
  return { cells, statuses };
}

/** What the map shows: a column, or the differences of two. */
export async function shown(state: State, release: string, period = state.period): Promise<Column> {
  const [column, before] = await Promise.all([
    columnOf(state, release, period),
    state.from ? columnOf(state, release, state.from) : undefined,
  ]);
  if (!before) return column;
  return { statuses: column.statuses, cells: column.cells.map((cell, row) => difference(cell, before.cells[row] ?? 'missing')) };
}

/** What is withheld in either stays withheld, as on the server. */
function difference(after: Cell, before: Cell): Cell {
  if (typeof after === 'number' && typeof before === 'number') return after - before;
  const states = [after, before].filter((cell) => typeof cell === 'string');
  return states.find((state) => state === 'secrecy') ?? states[0] ?? 'missing';
}

/** All periods of a selection at once: what a track and small multiples need. Periods of other borders are left out. */
export async function series(state: State, release: string, periods: string[]): Promise<Map<string, Column>> {
  const found = new Map<string, Column>();
  const query = new URLSearchParams([...selection(state, periods.join(',')), ['release', release]]);
  const values = await once<Values>(`/values/${encodeURIComponent(state.set.id)}.json?${query}`);
  values.periods.forEach((period, index) => found.set(period, decode(values, index)));
  return found;
}

export function legendOf(state: State, release: string): Promise<Legend> {
  return once<Legend>(`/legends/${encodeURIComponent(state.indicator.id)}.json?${legendQuery(state, release)}`);
}

export async function areasOf(set: string, vintage: string, release: string): Promise<Area[]> {
  const query = new URLSearchParams({ borders: vintage, release });
  return (await once<{ areas: Area[] }>(`/areas/${encodeURIComponent(set)}.json?${query}`)).areas;
}

/** The place of a value among all, the highest first; equal values share a place. */
export function rank(cells: Cell[], value: number): { place: number; of: number } {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  return { place: numbers.filter((other) => other > value).length + 1, of: numbers.length };
}
