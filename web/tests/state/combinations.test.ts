import { expect, test } from 'vitest';
import { combinationsOf, hasValues, nearest } from '../../src/state/combinations';
import type { Catalog, Dimension, Indicator } from '../../src/state/documents';
import { readState } from '../../src/state/read-address';
import { choose } from '../../src/state/transitions';
import { catalog, languages, sex } from '../fixtures';

const age: Dimension = {
  id: 'age',
  name: { en: 'Age' },
  total: 'T',
  code_list: { id: 'age', items: ['T', 'Y0', 'Y1'].map((code) => ({ code, name: { en: code } })) },
};

/** The indicator `rate` by sex and age, of which these combinations have values in 2021. */
function indicatorOf(codes: string[][]): Indicator {
  const rate = catalog.indicators.find((known) => known.id === 'rate') as Indicator;
  const boundary_sets = rate.boundary_sets.map((set) => ({ ...set, combinations: [{ periods: ['2021'], codes }] }));
  return { ...rate, dimensions: [sex, age], boundary_sets };
}

const catalogOf = (codes: string[][]): Catalog => ({ ...catalog, indicators: [indicatorOf(codes)] });

test('a dimension without a choice shows its total, or the first code that has values', () => {
  const codes = (there: string[][], query: string) => {
    const state = readState(catalogOf(there), new URLSearchParams(`period=2021&lang=en${query}`), languages);
    return [state?.codes.sex, state?.codes.age, state?.strange.join(' ')];
  };
  const odd = [
    ['F', 'Y0'],
    ['F', 'Y1'],
    ['M', 'Y1'],
  ];
  expect(codes([['T', 'T'], ...odd], '')).toEqual(['T', 'T', '']);
  expect(codes(odd, '')).toEqual(['F', 'Y0', '']);
  expect(codes(odd, '&sex=M')).toEqual(['M', 'Y1', '']);
  expect(codes(odd, '&age=Y1')).toEqual(['F', 'Y1', '']);
  expect(codes([['M', 'T'], ...odd], '')).toEqual(['M', 'T', '']);
  // What has no values is named, and the nearest is shown.
  expect(codes(odd, '&sex=M&age=Y0')).toEqual(['F', 'Y0', 'sex=M']);
});

test('a code that is chosen stays, and the others follow where they must', () => {
  const there = catalogOf([
    ['F', 'Y0'],
    ['M', 'Y1'],
  ]);
  const state = readState(there, new URLSearchParams('period=2021&lang=en'), languages);
  const next = choose(state as NonNullable<typeof state>, 'sex', 'M');
  expect([next.get('sex'), next.get('age')]).toEqual(['M', 'Y1']);
});

test('where nothing is said of combinations, all have values', () => {
  const indicator = { ...indicatorOf([]), boundary_sets: [] };
  expect(combinationsOf(indicator, 'regions', '2021')).toBeUndefined();
  expect(hasValues(indicator, undefined, 'sex', 'F')).toBe(true);
  expect(hasValues(indicator, [['M', 'T']], 'sex', 'F')).toBe(false);
  expect(nearest(indicator, undefined, { sex: 'F' })).toEqual({ sex: 'F', age: 'T' });
});
