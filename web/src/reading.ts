// A value in words: the sentence under the map, the tooltip, the table and the live region say the same.

import type { Area, Legend } from './api';
import { type Cell, type Column, rank } from './data';
import type { State } from './state';
import { number, pick, texts } from './texts';

/** Everything that is shown of one state, once it has been fetched. */
export interface Shown {
  state: State;
  release: string;
  legend: Legend;
  areas: Area[];
  column: Column;
  /** Row of each code. */
  rows: Map<string, number>;
}

export function nameOf(shown: Shown, row: number): string {
  const area = shown.areas[row];
  return area ? pick(area.names, shown.state.lang, area.code) : '';
}

/** A value with its sign where that matters, or why there is none. */
export function cellText(shown: Shown, cell: Cell | undefined): string {
  const { state, legend } = shown;
  if (typeof cell === 'number')
    return number(cell, state.indicator.decimals, state.lang, state.indicator.diverging || state.from !== undefined);
  return legend.states.find((entry) => entry.state === cell)?.label ?? '';
}

/** What the indicator is, of when, and of whom. */
export function titleOf({ state, legend }: Shown): string {
  const name = pick(state.indicator.name, state.lang, state.indicator.id);
  return `${name}, ${legend.change_label ?? state.period}`;
}

export function breakdownOf(state: State): string {
  const parts = state.indicator.dimensions.flatMap((dimension) => {
    const code = state.codes[dimension.id];
    if (code === dimension.total) return [];
    const item = dimension.code_list.items.find((known) => known.code === code);
    return [`${pick(dimension.name, state.lang, dimension.id)}: ${pick(item?.name, state.lang, code ?? '')}`];
  });
  return parts.join('; ');
}

/** Value, unit, rank and flag of an area. */
export interface Reading {
  name: string;
  value: string;
  /** Unit, rank and flag; empty where there is no value. */
  details: string;
}

export function readingOf(shown: Shown, row: number): Reading {
  const { state, legend, column } = shown;
  const t = texts(state.lang);
  const cell = column.cells[row];
  const value = cellText(shown, cell);
  if (typeof cell !== 'number') return { name: nameOf(shown, row), value, details: '' };
  const { place, of } = rank(column.cells, cell);
  const status = column.statuses.get(row);
  const details = [legend.unit, t.rank(place, of), status ? (t.statuses[status] ?? status) : ''];
  return { name: nameOf(shown, row), value, details: details.filter(Boolean).join('; ') };
}

/** The reading as one sentence. */
export function sentence({ name, value, details }: Reading): string {
  return `${name}: ${value}${details ? `, ${details}` : ''}.`;
}
