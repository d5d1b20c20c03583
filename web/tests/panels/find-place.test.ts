import { afterEach, expect, test, vi } from 'vitest';
import { placesOf } from '../../src/panels/find-place';
import type { Catalog } from '../../src/state/documents';
import { catalog, stateOf } from '../fixtures';

const named = (code: string, en: string, parent?: string) => ({ code, names: { en }, ...(parent ? { parent } : {}) });

/** Areas of each set and vintage; `X` of `regions` and `X` of `districts` have one code and nothing else in common. */
const AREAS: Record<string, object[]> = {
  'regions 2020': [named('A', 'Alpha', 'X'), named('X', 'Xi')],
  'districts 2019': [named('X', 'Northern District')],
  'countries 2020': [named('C', 'Country', 'D'), named('D', 'Union')],
};

/** `regions` lie below `districts`, which have no values; `countries` have their parents among themselves. */
const below: Catalog = {
  ...catalog,
  boundary_sets: [
    ...catalog.boundary_sets.map((set) =>
      set.id === 'regions'
        ? { ...set, parent_set: 'districts', vintages: set.vintages.map((vintage) => ({ ...vintage, parent_vintage: '2019' })) }
        : set,
    ),
    { ...catalog.boundary_sets[1]!, id: 'districts' },
  ],
  indicators: catalog.indicators.map((indicator) => ({
    ...indicator,
    boundary_sets: indicator.boundary_sets.filter((cover) => cover.vintage === '2020'),
  })),
};

afterEach(() => vi.unstubAllGlobals());

test('the parent of a place is looked for in the set above, where there is one', async () => {
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'https://maps.example.org');
    const set = pathname.replace('/areas/', '').replace('.json', '');
    return Response.json({ areas: AREAS[`${set} ${searchParams.get('borders')}`] });
  });
  const state = stateOf('lang=en');
  const indicator = below.indicators.find(({ id }) => id === state.indicator.id) ?? state.indicator;
  const index = await placesOf(below, { ...state, indicator });
  const details = async (name: string) => index.find(name, 1).map((place) => place.details);
  expect(await details('Alpha')).toEqual(['Set regions; Northern District; A']);
  expect(await details('Country')).toEqual(['Set countries; Union; C']);
});

test('in the set of the map an area is looked for on the borders of the map', async () => {
  const asked: (string | null)[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'https://maps.example.org');
    if (pathname === '/areas/regions.json') asked.push(searchParams.get('borders'));
    return Response.json({ areas: [named('Old', 'Area that was')] });
  });
  const state = stateOf('lang=en');
  const index = await placesOf(catalog, { ...state, vintage: '1990' });
  expect(asked).toEqual(['1990']);
  expect(index.find('Area that was', 1).map((place) => place.id)).toEqual(['regions Old']);
});
