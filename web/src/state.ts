// What is shown, and its place in the URL.

import type { BoundarySet, Catalog, Grid, Indicator } from './api';

export interface State {
  set: BoundarySet;
  grid: Grid;
  indicator: Indicator;
  vintage: string;
  periods: string[];
  period: string;
  /** One code for every dimension of the indicator. */
  codes: Record<string, string>;
  lang: Lang;
  /** Parameters of the classification that the URL brought along. */
  classing: Record<string, string>;
}

export type Lang = 'en' | 'ru';

const CLASSING = ['method', 'classes', 'breaks', 'scope', 'palette'];
const EQUAL_AREA = /\+proj=(aea|laea|cea|eck4|eqearth|igh|leac|moll|sinu)\b/;

/** The language of the URL, else of the browser, else English. */
export function langOf(query: URLSearchParams): Lang {
  const wanted = [query.get('lang'), ...navigator.languages].map((tag) => tag?.split('-')[0]);
  return wanted.find((tag): tag is Lang => tag === 'en' || tag === 'ru') ?? 'en';
}

/** The state that a URL means. What it leaves out or what does not exist takes its default; `undefined`: nothing to show. */
export function read(catalog: Catalog, query: URLSearchParams): State | undefined {
  const shown = catalog.indicators.filter((i) => i.boundary_sets.some((s) => setOf(catalog, s.id) && s.periods.length > 0));
  const indicator = shown.find((i) => i.id === query.get('indicator')) ?? shown[0];
  if (!indicator) return undefined;
  const covered = indicator.boundary_sets.filter((s) => setOf(catalog, s.id) && s.periods.length > 0);
  const cover = covered.find((s) => s.id === query.get('set')) ?? covered[0];
  const set = cover && setOf(catalog, cover.id);
  const grid = set && gridOf(catalog, set, query.get('grid'));
  const period = cover?.periods.find((p) => p === query.get('period')) ?? cover?.periods.at(-1);
  if (!cover || !set || !grid || !period) return undefined;
  return {
    set,
    grid,
    indicator,
    vintage: cover.vintage,
    periods: cover.periods,
    period,
    codes: codesOf(indicator, query),
    lang: langOf(query),
    classing: Object.fromEntries(CLASSING.flatMap((key) => (query.has(key) ? [[key, query.get(key) as string]] : []))),
  };
}

function setOf(catalog: Catalog, id: string): BoundarySet | undefined {
  return catalog.boundary_sets.find((set) => set.id === id);
}

/** The grid asked for, else one of equal areas: a choropleth compares areas. */
function gridOf(catalog: Catalog, set: BoundarySet, asked: string | null): Grid | undefined {
  const grids = gridsOf(catalog, set);
  return grids.find((g) => g.id === asked) ?? grids.find(equalArea) ?? grids[0];
}

/** Whether areas on the map are to one another as they are on the earth. */
export function equalArea(grid: Grid): boolean {
  return EQUAL_AREA.test(grid.crs);
}

export function gridsOf(catalog: Catalog, set: BoundarySet): Grid[] {
  return catalog.grids.filter((grid) => set.grids.includes(grid.id));
}

function codesOf(indicator: Indicator, query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    indicator.dimensions.map((dimension) => {
      const asked = query.get(dimension.id);
      return [dimension.id, dimension.code_list.items.some((c) => c.code === asked) ? (asked as string) : dimension.total];
    }),
  );
}

/** The selection as parameters, in one order, totals left out: the same map has one URL. */
function selection(state: State): [string, string][] {
  const codes = state.indicator.dimensions
    .filter((dimension) => state.codes[dimension.id] !== dimension.total)
    .map((dimension): [string, string] => [dimension.id, state.codes[dimension.id] as string]);
  return [['indicator', state.indicator.id], ['period', state.period], ...codes];
}

/** The page's own query. */
export function pageQuery(state: State): string {
  const place: [string, string][] = [['set', state.set.id], ['grid', state.grid.id]];
  return new URLSearchParams([...place, ...selection(state), ...Object.entries(state.classing), ['lang', state.lang]]).toString();
}

export function styleUrl(state: State, release: string): string {
  const query = [['set', state.set.id], ['grid', state.grid.id], ...selection(state), ...Object.entries(state.classing)];
  return `/styles/choropleth.json?${new URLSearchParams([...query, ['lang', state.lang], ['release', release]] as [string, string][])}`;
}

export function legendUrl(state: State, release: string): string {
  const [, ...rest] = selection(state);
  const query = [['set', state.set.id], ...rest, ...Object.entries(state.classing), ['lang', state.lang], ['release', release]];
  return `/legends/${encodeURIComponent(state.indicator.id)}.json?${new URLSearchParams(query as [string, string][])}`;
}
