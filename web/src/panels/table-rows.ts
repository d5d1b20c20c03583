// Which rows the table shows, and in which order.

import type { Figures } from '../state/figures';
import { nameOf, noteOf } from '../words/readings';
import { plain } from '../words/search';

export type SortKey = 'code' | 'name' | 'value' | 'state';

export interface Order {
  key: SortKey;
  /** From the lowest up. */
  up: boolean;
}

/** The order after a press on a heading. Numbers are most wanted with the highest on top. */
export function nextOrder(order: Order, key: SortKey): Order {
  return { key, up: order.key === key ? !order.up : key !== 'value' };
}

/** The rows whose code or name holds what is asked for, in order. */
export function tableRows(figures: Figures, filter: string, order: Order): number[] {
  const asked = plain(filter.trim());
  const fits = (row: number) => !asked || plain(`${figures.areas[row]?.code} ${nameOf(figures, row)}`).includes(asked);
  const rows = figures.areas.map((_, row) => row).filter(fits);
  return rows.sort(order.key === 'value' ? byValue(figures, order.up) : byText(figures, order));
}

/** Areas without a value stand last, whichever way the table is sorted. */
function byValue({ column }: Figures, up: boolean): (a: number, b: number) => number {
  return (a, b) => {
    const [x, y] = [column.cells[a], column.cells[b]];
    if (typeof x === 'number' && typeof y === 'number') return up ? x - y : y - x;
    return Number(typeof x !== 'number') - Number(typeof y !== 'number');
  };
}

function byText(figures: Figures, { key, up }: Order): (a: number, b: number) => number {
  const texts = { code: (row: number) => figures.areas[row]?.code ?? '', name: (row: number) => nameOf(figures, row) };
  const text = key === 'code' || key === 'name' ? texts[key] : (row: number) => noteOf(figures, row);
  const compare = (a: number, b: number) => text(a).localeCompare(text(b), figures.state.lang);
  return up ? compare : (a, b) => -compare(a, b);
}
