import { expect, test } from 'vitest';
import { combinationsOf, hasValues, nearest } from '../../src/state/combinations';
import type { Catalog, Dimension, Indicator } from '../../src/state/documents';
import { readState } from '../../src/state/read-address';
import { filesOf } from '../../src/panels/downloads';
import { comparablePeriods } from '../../src/state/state';
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

test('a period without values at the codes of the map is neither compared nor asked for beside it', () => {
  const rate = catalog.indicators.find((known) => known.id === 'rate') as Indicator;
  // 2020 has the total alone, 2021 women and men; nothing is said of 2019, so it has all.
  const combinations = [
    { periods: ['2020'], codes: [['T']] },
    { periods: ['2021'], codes: [['F'], ['M']] },
  ];
  const boundary_sets = rate.boundary_sets.map((set) => (set.vintage === '2020' && set.id === 'regions' ? { ...set, combinations } : set));
  const there = { ...catalog, indicators: [{ ...rate, boundary_sets }] };
  const read = (query: string) => readState(there, new URLSearchParams(query), languages) as NonNullable<ReturnType<typeof readState>>;
  const women = read('period=2021&from=2020&lang=en');
  expect([women.codes.sex, women.from, women.strange]).toEqual(['F', undefined, ['from=2020']]);
  expect(comparablePeriods(women)).toEqual(['2019', '2021']);
  expect(comparablePeriods(read('period=2020'))).toEqual(['2019', '2020']);
  expect(filesOf(women, 'r1')[1]?.address).toContain('period=2019%2C2021&sex=F');
  expect(read('period=2021&from=2019&sex=M').from).toBe('2019');
});

test('a comparison ends where the earlier period has no values at the code that is chosen', () => {
  const combinations = [
    { periods: ['2020'], codes: [['T'], ['M']] },
    { periods: ['2021'], codes: [['T'], ['M'], ['F']] },
  ];
  const rate = catalog.indicators.find((known) => known.id === 'rate') as Indicator;
  const boundary_sets = rate.boundary_sets.map((set) => ({ ...set, combinations }));
  const there = { ...catalog, indicators: [{ ...rate, boundary_sets }] };
  const state = readState(there, new URLSearchParams('period=2021&from=2020'), languages) as NonNullable<ReturnType<typeof readState>>;
  expect(['M', 'F'].map((code) => choose(state, 'sex', code).get('from'))).toEqual(['2020', null]);
});

test('a period that is chosen takes the nearest codes by itself, and a comparison that it ends is left out', () => {
  const combinations = [
    { periods: ['2020'], codes: [['T']] },
    { periods: ['2021'], codes: [['F'], ['M']] },
  ];
  const rate = catalog.indicators.find((known) => known.id === 'rate') as Indicator;
  const boundary_sets = rate.boundary_sets.map((set) => ({ ...set, combinations }));
  const there = { ...catalog, indicators: [{ ...rate, boundary_sets }] };
  const read = (query: URLSearchParams) => readState(there, query, languages) as NonNullable<ReturnType<typeof readState>>;
  const check = (query: string, period: string, expected: (string | undefined)[]) => {
    const next = read(choose(read(new URLSearchParams(`lang=en&${query}`)), 'period', period));
    expect([next.period, next.codes.sex, next.from, ...next.strange], `${query} ${period}`).toEqual(expected);
  };
  check('period=2021&sex=M', '2020', ['2020', 'T', undefined]);
  check('period=2021&sex=M', '2019', ['2019', 'M', undefined]);
  check('period=2020', '2021', ['2021', 'F', undefined]);
  check('period=2020&from=2019', '2021', ['2021', 'F', '2019']);
  check('period=2021&sex=M&from=2019', '2020', ['2020', 'T', '2019']);
  // 2018 is on older borders.
  check('period=2021&from=2019', '2018', ['2018', 'F', undefined]);
});

test('where nothing is said of combinations, all have values', () => {
  const indicator = { ...indicatorOf([]), boundary_sets: [] };
  expect(combinationsOf(indicator, 'regions', '2021')).toBeUndefined();
  expect(hasValues(indicator, undefined, 'sex', 'F')).toBe(true);
  expect(hasValues(indicator, [['M', 'T']], 'sex', 'F')).toBe(false);
  expect(nearest(indicator, undefined, { sex: 'F' })).toEqual({ sex: 'F', age: 'T' });
});
