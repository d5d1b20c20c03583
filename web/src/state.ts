// What is shown, and its place in the URL. The keys are those of /picture and /embed too.

import type { BoundarySet, Catalog, Grid, Indicator } from './api';

export type Lang = 'en' | 'ru';
export type Form = 'choropleth' | 'symbols';
export type Show = 'map' | 'grid' | 'table' | 'multiples';
/** Longitude, latitude, zoom. */
export type At = [number, number, number];

export interface State {
  set: BoundarySet;
  grid: Grid;
  indicator: Indicator;
  /** Vintage of the borders of the period. */
  vintage: string;
  periods: string[];
  period: string;
  /** Earlier period of a map of differences. */
  from: string | undefined;
  /** One code for every dimension of the indicator. */
  codes: Record<string, string>;
  /** Parameters of the classification that differ from the usual. */
  classing: Record<string, string>;
  form: Form;
  /** Code of the selected area. */
  area: string | undefined;
  /** Where the map is; undefined: all of the set. */
  at: At | undefined;
  show: Show;
  lang: Lang;
  /** What the URL held and nobody understands, as `name=value`. */
  strange: string[];
}

const METHODS = ['quantile', 'equal', 'ckmeans', 'manual'];
const EQUAL_AREA = /\+proj=(aea|laea|cea|eck4|eqearth|igh|leac|moll|sinu)\b/;
/** Keys that are read by the server alone. */
const FOREIGN = ['v', 'release', 'borders', 'size', 'controls', 'mode', 'fit'];

/** The language of the URL, else of the browser, else English. */
export function langOf(query: URLSearchParams): Lang {
  const wanted = [query.get('lang'), ...navigator.languages].map((tag) => tag?.split('-')[0]);
  return wanted.find((tag): tag is Lang => tag === 'en' || tag === 'ru') ?? 'en';
}

/** Takes keys out of a query one by one and remembers what it could not use. */
class Reader {
  readonly strange: string[] = [];
  private readonly known = new Set(FOREIGN);

  constructor(private readonly query: URLSearchParams) {}

  take<T>(key: string, means: (text: string) => T | undefined): T | undefined {
    this.known.add(key);
    const text = this.query.get(key);
    if (text === null || text === '') return undefined;
    const meant = means(text);
    if (meant === undefined) this.strange.push(`${key}=${text}`);
    return meant;
  }

  rest(): string[] {
    const unknown = [...this.query].filter(([key]) => !this.known.has(key)).map(([key, text]) => `${key}=${text}`);
    return [...this.strange, ...unknown];
  }
}

const oneOf =
  <T extends string>(...all: T[]) =>
  (text: string): T | undefined =>
    all.find((known) => known === text);
const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined);

/** The state that a URL means. What it leaves out or what does not exist takes its default; `undefined`: nothing to show. */
export function read(catalog: Catalog, query: URLSearchParams): State | undefined {
  const reader = new Reader(query);
  const indicators = catalog.indicators.filter((i) => coversOf(catalog, i).length > 0);
  const indicator = reader.take('indicator', (id) => indicators.find((i) => i.id === id)) ?? indicators[0];
  if (!indicator) return undefined;
  const covers = coversOf(catalog, indicator);
  const cover = reader.take('set', (id) => covers.find((c) => c.id === id)) ?? covers[0];
  const set = cover && setOf(catalog, cover.id);
  if (!cover || !set) return undefined;
  const periods = periodsOf(indicator, set.id);
  const there = (text: string) => periods.find((p) => p === text);
  const period = reader.take('period', there) ?? periods.at(-1);
  const grid = reader.take('grid', (id) => gridsOf(catalog, set).find((g) => g.id === id)) ?? usualGrid(catalog, set);
  if (!period || !grid) return undefined;
  const codes = indicator.dimensions.map((dimension): [string, string] => {
    const code = reader.take(dimension.id, (asked) => dimension.code_list.items.find((item) => item.code === asked)?.code);
    return [dimension.id, code ?? dimension.total];
  });
  const vintage = vintageOf(indicator, set.id, period);
  const lang = reader.take('lang', oneOf<Lang>('en', 'ru')) ?? langOf(query);
  return {
    set,
    grid,
    indicator,
    vintage,
    periods,
    period,
    from: reader.take('from', (text) => (text === period || vintageOf(indicator, set.id, text) !== vintage ? undefined : there(text))),
    codes: Object.fromEntries(codes),
    classing: classingOf(reader),
    form: reader.take('kind', oneOf<Form>('choropleth', 'symbols')) ?? (indicator.kind === 'count' ? 'symbols' : 'choropleth'),
    area: reader.take('area', (code) => code),
    at: reader.take('at', place),
    show: reader.take('show', oneOf<Show>('map', 'grid', 'table', 'multiples')) ?? 'map',
    lang,
    strange: reader.rest(),
  };
}

function classingOf(reader: Reader): Record<string, string> {
  const found: [string, string | undefined][] = [
    ['method', reader.take('method', oneOf(...METHODS))],
    ['classes', reader.take('classes', matching(/^[3-9]$/))],
    ['breaks', reader.take('breaks', matching(/^-?[\d.]+(,-?[\d.]+)*$/))],
    ['scope', reader.take('scope', oneOf('all', 'period'))],
    ['palette', reader.take('palette', matching(/^[a-z-]+$/))],
  ];
  const classing = Object.fromEntries(found.filter((pair): pair is [string, string] => pair[1] !== undefined));
  // Breaks belong to one method; a link that has only half of them shows the usual classes.
  if ((classing['method'] === 'manual') !== 'breaks' in classing) {
    reader.strange.push(...['method', 'breaks'].filter((key) => key in classing).map((key) => `${key}=${classing[key]}`));
    delete classing['method'];
    delete classing['breaks'];
  }
  return classing;
}

function place(text: string): At | undefined {
  const [lon, lat, zoom, more] = text.split(',').map(Number);
  const there = (n: number | undefined, least: number, most: number): n is number => n !== undefined && n >= least && n <= most;
  return more === undefined && there(lon, -360, 360) && there(lat, -90, 90) && there(zoom, 0, 22) ? [lon, lat, zoom] : undefined;
}

/** Where an indicator has values on borders that are known. */
export function coversOf(catalog: Catalog, indicator: Indicator): Indicator['boundary_sets'] {
  return indicator.boundary_sets.filter((s) => setOf(catalog, s.id) && s.periods.length > 0);
}

/** All periods of an indicator in a set, whichever borders they are on. */
export function periodsOf(indicator: Indicator, set: string): string[] {
  return [...new Set(indicator.boundary_sets.filter((s) => s.id === set).flatMap((s) => s.periods))].sort();
}

/** The borders that a period is shown on; empty where there is none. */
export function vintageOf(indicator: Indicator, set: string, period: string): string {
  return indicator.boundary_sets.find((s) => s.id === set && s.periods.includes(period))?.vintage ?? '';
}

export function setOf(catalog: Catalog, id: string): BoundarySet | undefined {
  return catalog.boundary_sets.find((set) => set.id === id);
}

/** A grid of equal areas, since a choropleth compares areas; else the first. */
function usualGrid(catalog: Catalog, set: BoundarySet): Grid | undefined {
  const grids = gridsOf(catalog, set);
  return grids.find(equalArea) ?? grids[0];
}

/** Whether areas on the map are to one another as they are on the earth. */
export function equalArea(grid: Grid): boolean {
  return EQUAL_AREA.test(grid.crs);
}

export function gridsOf(catalog: Catalog, set: BoundarySet): Grid[] {
  return catalog.grids.filter((grid) => set.grids.includes(grid.id));
}

type Pairs = [string, string][];

/** The selection as parameters, in one order, totals left out: the same map has one URL. */
export function selection(state: State, period = state.period): Pairs {
  const codes = state.indicator.dimensions
    .filter((dimension) => state.codes[dimension.id] !== dimension.total)
    .map((dimension): [string, string] => [dimension.id, state.codes[dimension.id] as string]);
  return [['indicator', state.indicator.id], ['period', period], ...codes];
}

/** The page's own query. */
export function pageQuery(state: State): string {
  const pairs: Pairs = [['v', '1'], ['set', state.set.id], ['grid', state.grid.id], ...selection(state)];
  pairs.push(...Object.entries(state.classing));
  pairs.push(['kind', state.form]);
  if (state.from) pairs.push(['from', state.from]);
  if (state.area) pairs.push(['area', state.area]);
  if (state.at) pairs.push(['at', state.at.map((n, i) => n.toFixed(i === 2 ? 2 : 4)).join(',')]);
  if (state.show !== 'map') pairs.push(['show', state.show]);
  pairs.push(['lang', state.lang]);
  return new URLSearchParams(pairs).toString();
}

/** The query of a legend or a style. */
export function legendQuery(state: State, release: string, period = state.period): string {
  const [, ...rest] = selection(state, period);
  const from: Pairs = state.from ? [['from', state.from]] : [];
  const query: Pairs = [
    ['set', state.set.id],
    ...rest,
    ...from,
    ...Object.entries(state.classing),
    ['lang', state.lang],
    ['release', release],
  ];
  return new URLSearchParams(query).toString();
}
