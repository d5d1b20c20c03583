// Figures: what the server answers of one state, fetched and put together.

import type { Area, AreaList, Legend, Observation, Profile, Values } from './documents';
import { change, type Column, columnAt, flagsOfChange } from './columns';
import { MOST_PERIODS } from './grammar';
import { legendQuery, type Place, seriesAddress, valuesAddress } from './queries';
import { once } from './server';
import { inParts } from './spans';
import type { State } from './state';

/** Everything that is shown of one state, once it has been fetched. */
export interface Figures {
  state: State;
  release: string;
  legend: Legend;
  areas: Area[];
  column: Column;
  /** Row of each code. */
  rows: Map<string, number>;
}

/** All figures of a state. */
export async function figuresOf(state: State, release: string): Promise<Figures> {
  const [legend, column, areas] = await Promise.all([
    legendOf(state, release),
    columnOf(state, release),
    areasOf(state.set.id, state.vintage, release),
  ]);
  // A difference has what is to be known of it from its legend.
  const flags = state.from === undefined ? column.flags : flagsOfChange(legend);
  const rows = new Map(areas.map((area, row) => [area.code, row]));
  return { state, release, legend, areas, column: { ...column, flags }, rows };
}

/** Row of the area that a state has selected; undefined where there is none. */
export function selectedRow({ rows }: Figures, { area }: State): number | undefined {
  return area === undefined ? undefined : rows.get(area);
}

function legendOf(state: State, release: string): Promise<Legend> {
  return once<Legend>(`/legends/${encodeURIComponent(state.indicator.id)}.json?${legendQuery(state, release)}`);
}

/** What the map shows: a column, or the differences of two. */
export async function columnOf(state: State, release: string, period = state.period): Promise<Column> {
  const one = async (of: string) => columnAt(await once<Values>(valuesAddress(state, release, [of])), 0);
  const [column, before] = await Promise.all([one(period), state.from ? one(state.from) : undefined]);
  return before ? change(column, before) : column;
}

/** Several periods of a selection, as many questions as they need: what small maps show. */
export async function columnsOf(state: State, release: string, periods: string[]): Promise<Map<string, Column>> {
  const parts = inParts(periods, MOST_PERIODS).map((part) => once<Values>(valuesAddress(state, release, part)));
  const columns = (values: Values) => values.periods.map((period, index): [string, Column] => [period, columnAt(values, index)]);
  return new Map((await Promise.all(parts)).flatMap(columns));
}

/** The values of one area over time, at the codes of a state; empty where there are none. */
export async function seriesOf(state: State, release: string, { set, borders, code }: Place): Promise<Observation[]> {
  const profile = await once<Profile>(seriesAddress(state, release, { set, borders, code }));
  return profile.indicators[0]?.observations ?? [];
}

export async function areasOf(set: string, vintage: string, release: string): Promise<Area[]> {
  const query = new URLSearchParams({ borders: vintage, release });
  return (await once<AreaList>(`/areas/${encodeURIComponent(set)}.json?${query}`)).areas;
}
