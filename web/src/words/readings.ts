// A value in words: the sentence under the map, the tooltip, the table and the live region say the same.

import { type Cell, rank } from '../state/columns';
import type { Figures } from '../state/figures';
import type { State } from '../state/state';
import { pick } from './names';
import { number } from './numbers';
import { texts } from './texts';

/** Flags of observations that have a name (SDMX OBS_STATUS). */
const STATUSES: Record<string, 'status-break' | 'status-estimated' | 'status-provisional'> = {
  B: 'status-break',
  E: 'status-estimated',
  P: 'status-provisional',
};

export function nameOf(figures: Figures, row: number): string {
  const area = figures.areas[row];
  return area ? pick(area.names, figures.state.lang, area.code) : '';
}

/** What the map shows of an area, a value or a difference, with its sign where that matters; or why there is nothing. */
export function cellText(figures: Figures, cell: Cell | undefined): string {
  return textOf(figures, cell, figures.state.indicator.diverging || figures.state.from !== undefined);
}

/** The value of one period, also where the map shows differences. */
export function periodText(figures: Figures, cell: Cell | undefined): string {
  return textOf(figures, cell, figures.state.indicator.diverging);
}

function textOf({ state, legend }: Figures, cell: Cell | undefined, sign: boolean): string {
  if (typeof cell === 'number') return number(cell, state.indicator.decimals, state.lang, sign);
  return legend.states.find((entry) => entry.state === cell)?.label ?? '';
}

/** What the indicator is, of when, and of whom. */
export function titleOf({ state, legend }: Figures): string {
  const name = pick(state.indicator.name, state.lang, state.indicator.id);
  return `${name}, ${legend.change_label ?? state.period}`;
}

/** The codes chosen, but for totals. */
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

export function readingOf(figures: Figures, row: number): Reading {
  const { state, legend, column } = figures;
  const cell = column.cells[row];
  const value = cellText(figures, cell);
  if (typeof cell !== 'number') return { name: nameOf(figures, row), value, details: '' };
  const { place, of } = rank(column.cells, cell);
  const details = [legend.unit, texts(state.lang)('rank', { place, of }), statusText(figures, row)];
  return { name: nameOf(figures, row), value, details: details.filter(Boolean).join('; ') };
}

/** The flag of a value; empty where it has none. */
function statusText({ column, state }: Figures, row: number): string {
  const status = column.statuses.get(row);
  if (status === undefined) return '';
  const id = STATUSES[status];
  return id ? texts(state.lang)(id) : status;
}

/** Why an area has no value, or the flag of its value. */
export function noteOf(figures: Figures, row: number): string {
  const cell = figures.column.cells[row];
  return typeof cell === 'string' ? cellText(figures, cell) : statusText(figures, row);
}

/** The reading as one sentence. */
export function sentence({ name, value, details }: Reading): string {
  return `${name}: ${value}${details ? `, ${details}` : ''}.`;
}
