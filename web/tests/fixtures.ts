// A small catalogue, and figures for areas A to E.

import type { BoundarySet, Catalog, Dimension, Grid, Indicator, Legend } from '../src/state/documents';
import type { Cell } from '../src/state/columns';
import type { Figures } from '../src/state/figures';
import { type Languages, readState } from '../src/state/read-address';
import type { State } from '../src/state/state';

const grid = (id: string, crs: string): Grid => ({ id, crs, corner: [0, 0], side: 1, tile_size: 256, wraps: false });

const set = (id: string, grids: string[], more: Partial<BoundarySet> = {}): BoundarySet => ({
  id,
  name: { en: `Set ${id}`, ru: `Набор ${id}` },
  vintages: [{ id: '2020', areas: 5, polygons: 5, langs: ['en', 'ru'], source: 'S', licence: 'L' }],
  grids,
  bounds: [0, 0, 1, 1],
  min_zoom: 0,
  max_zoom: 6,
  ...more,
});

export const sex: Dimension = {
  id: 'sex',
  name: { en: 'Sex', ru: 'Пол' },
  total: 'T',
  code_list: {
    id: 'sex',
    items: [
      { code: 'F', name: { en: 'women', ru: 'женщины' } },
      { code: 'M', name: { en: 'men', ru: 'мужчины' } },
      { code: 'T', name: { en: 'all', ru: 'все' } },
    ],
  },
};

const indicator = (id: string, more: Partial<Indicator>): Indicator => ({
  id,
  name: { en: `Indicator ${id}` },
  unit: { id: 'u', name: { en: 'per 1000' } },
  kind: 'rate',
  decimals: 1,
  diverging: false,
  persons: false,
  declared_public: false,
  note: {},
  source: 'S',
  licence: 'L',
  dimensions: [],
  boundary_sets: [],
  ...more,
});

/**
 * `rate` has values by sex in both sets; in `regions` those of 2018 are on older borders. `count` has values in `regions` alone,
 * `empty` nowhere.
 */
export const catalog: Catalog = {
  release: 'r1',
  created: '2024-05-06T07:08:09Z',
  boundary_sets: [set('regions', ['Mercator', 'Albers']), set('countries', ['Mercator'])],
  grids: [grid('Mercator', '+proj=merc'), grid('Albers', '+proj=aea +lat_1=52')],
  indicators: [
    indicator('empty', {}),
    indicator('rate', {
      dimensions: [sex],
      diverging: true,
      boundary_sets: [
        { id: 'regions', vintage: '2020', periods: ['2019', '2020', '2021'] },
        { id: 'regions', vintage: '2010', periods: ['2018'] },
        { id: 'countries', vintage: '2020', periods: ['2021'] },
      ],
    }),
    indicator('count', { kind: 'count', decimals: 0, boundary_sets: [{ id: 'regions', vintage: '2020', periods: ['2020', '2021'] }] }),
  ],
};

export const languages: Languages = { known: ['en', 'ru'], preferred: ['de-DE', 'ru-RU', 'en'] };

/** The state of a query that has one. */
export function stateOf(query: string, from: Languages = languages): State {
  const state = readState(catalog, new URLSearchParams(query), from);
  if (!state) throw new Error(`${query} shows nothing`);
  return state;
}

/** Three classes from -10 to 20, a colour for zero, three states. */
export const legend: Legend = {
  indicator: 'rate',
  lang: 'en',
  title: 'Indicator',
  unit: 'per 1000',
  method: 'quantile',
  scope: 'all',
  scope_label: 'Breaks from all periods',
  palette: 'p',
  decimals: 1,
  classes: [
    { label: 'under 0', colour: '#110000', lo: -10, hi: 0, count: 0 },
    { label: '0 to 10', colour: '#220000', lo: 0, hi: 10, count: 0 },
    { label: '10 and over', colour: '#330000', lo: 10, hi: 20, count: 0 },
  ],
  zero: { label: 'zero', colour: '#00ff00', count: 0 },
  states: [
    { state: 'missing', label: 'no data', colour: '#dddddd', pattern: 'hatch' },
    { state: 'secrecy', label: 'confidential', colour: '#cccccc', pattern: 'counterhatch' },
    { state: 'invalid', label: 'cannot occur', colour: '#ffffff' },
  ],
  symbols: null,
  summary: 'Median 1.',
};

/** Figures of as many areas as there are cells: A, B, C, ... with names in both languages. */
export function figuresOf(cells: Cell[], more: Partial<Figures> = {}): Figures {
  const areas = cells.map((_, row) => {
    const code = String.fromCharCode(65 + row);
    return { code, names: { en: `Area ${code}`, ru: `Округ ${code}` } };
  });
  return {
    state: stateOf('lang=en'),
    release: 'r1',
    legend,
    areas,
    column: { cells, flags: new Map() },
    rows: new Map(areas.map(({ code }, row) => [code, row])),
    ...more,
  };
}

/** Numbers from 0 to 1 that look random and are the same in each run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
