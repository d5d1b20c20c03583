// The selected area over time; beside it the area above, where their values are of the same kind.

import type { Profile, Relative, Values } from '../state/documents';
import type { Column } from '../state/columns';
import { columnsOf, type Figures } from '../state/figures';
import { valuesAddress } from '../state/queries';
import { once } from '../state/server';
import { comparablePeriods, type State } from '../state/state';
import { h } from '../ui/dom';
import { nameOf, periodText } from '../words/readings';
import { chart, type Line, type Point } from './chart';

/** The chart; undefined where there is nothing to draw. */
export async function overTime(figures: Figures, row: number, profile: Profile): Promise<Node | undefined> {
  const { state, release } = figures;
  const periods = comparablePeriods(state);
  const columns = await columnsOf(state, release, periods);
  const points = periods.map((period) => pointOf(figures, row, period, columns.get(period)));
  if (points.every((point) => point.value === undefined)) return undefined;
  const main: Line = { name: nameOf(figures, row), points };
  const other = await lineAbove(state, release, profile.parents[0]);
  const figure = h('figure', {}, chart(main, other, state.period));
  if (other) figure.append(h('figcaption', {}, h('span', { class: 'key' }), main.name, h('span', { class: 'key other' }), other.name));
  return figure;
}

function pointOf(figures: Figures, row: number, period: string, column: Column | undefined): Point {
  const cell = column?.cells[row];
  const value = typeof cell === 'number' ? cell : undefined;
  return { period, value, text: periodText(figures, cell), isBreak: column?.statuses.get(row) === 'B' };
}

/** The line of the area above. Counts of a whole dwarf those of its parts; rates compare. */
async function lineAbove(state: State, release: string, parent: Relative | undefined): Promise<Line | undefined> {
  if (!parent || state.indicator.kind === 'count') return undefined;
  return lineOf(state, release, parent).catch(() => undefined);
}

async function lineOf(state: State, release: string, { set, code, name }: Relative): Promise<Line | undefined> {
  const covered = state.indicator.boundary_sets.find((cover) => cover.id === set && cover.periods.length > 0);
  if (!covered) return undefined;
  const periods = state.periods.filter((period) => covered.periods.includes(period));
  const values = await once<Values>(valuesAddress(state, release, periods, set));
  const row = values.areas.indexOf(code);
  const value = (index: number) => values.values[index]?.[row] ?? undefined;
  return { name, points: periods.map((period, index) => ({ period, value: value(index), text: '', isBreak: false })) };
}
