// The rows of the legend, with how many areas each has: the highest class on top, then the states that occur.

import type { Legend, LegendEntry, LegendState, Symbols } from '../state/documents';
import type { Cell } from '../state/columns';
import type { Figures } from '../state/figures';
import { classOf } from '../map/appearance';

export interface LegendRow {
  key: string;
  entry: LegendEntry;
  count: number;
  state?: LegendState;
  /** Of a circle, in CSS pixels. */
  radius?: number;
  /** What is to be known of some values, whatever their colour: with dots on the map, or told by its count alone. */
  flag?: { name: string; dotted: boolean };
}

/** Which row of the legend a cell belongs to. */
export function rowKeyOf({ legend }: Figures, cell: Cell | undefined): string {
  if (typeof cell !== 'number') return `state-${cell}`;
  return cell === 0 && legend.zero ? 'zero' : `class-${classOf(legend.classes, cell)}`;
}

export function rowsOf(figures: Figures): LegendRow[] {
  const { legend, column, state } = figures;
  const counts = new Map<string, number>();
  for (const cell of column.cells) counts.set(rowKeyOf(figures, cell), (counts.get(rowKeyOf(figures, cell)) ?? 0) + 1);
  const count = (key: string) => counts.get(key) ?? 0;
  const states = legend.states
    .map((entry): LegendRow => ({ key: `state-${entry.state}`, entry, state: entry, count: count(`state-${entry.state}`) }))
    .filter((row) => row.count > 0);
  const rest = [...states, ...flagRows(legend)];
  if (state.form === 'symbols' && legend.symbols) return [...circleRows(legend.symbols), ...rest];
  return [...classRows(figures, count).reverse(), ...rest];
}

/** A row for each circle, as the server has them: those below zero have their own. */
function circleRows({ circles, positive, negative }: Symbols): LegendRow[] {
  return circles.map(({ value, label, radius }, index): LegendRow => ({
    key: `circle-${index}`,
    entry: { label, colour: value < 0 ? negative : positive },
    radius,
    count: 0,
  }));
}

/** A row for each flag that occurs. */
function flagRows({ flags = [] }: Legend): LegendRow[] {
  return flags.map(({ flag, label, count, pattern }): LegendRow => ({
    key: `flag-${flag}`,
    entry: { label, colour: 'transparent' },
    flag: { name: flag, dotted: pattern === 'dots' },
    count,
  }));
}

/** A row for each class, from the lowest up, and one for zero where it has a colour of its own. */
function classRows({ legend }: Figures, count: (key: string) => number): LegendRow[] {
  const rows = legend.classes.map((entry, index): LegendRow => ({ key: `class-${index}`, entry, count: count(`class-${index}`) }));
  if (!legend.zero) return rows;
  // Zero stands where it belongs: between the arms of a diverging scale, else below the lowest class.
  const below = legend.classes.filter((entry) => entry.hi <= 0).length;
  rows.splice(below, 0, { key: 'zero', entry: legend.zero, count: count('zero') });
  return rows;
}
