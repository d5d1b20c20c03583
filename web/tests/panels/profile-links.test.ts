import { expect, test } from 'vitest';
import { lacking, latestValue } from '../../src/panels/profile-links';
import type { Observation, Profile, Relative } from '../../src/state/documents';
import { catalog, stateOf } from '../fixtures';

/** The values of an area whose sum of 2021 lacks B and C, and that of 2019 two more; only the name of B is known. */
const series = [
  { period: '2020', value: 3 },
  { period: '2021', value: null, state: 'missing', lacking: { count: 2, first: ['B', 'C'] } },
  { period: '2019', value: null, state: 'missing', lacking: { count: 4, first: ['B', 'C'] } },
] as unknown as Observation[];
const children = [{ set: 'regions', borders: '2020', code: 'B', name: 'Area B' }] as Relative[];

test('an area whose sum is missing names the areas that lack a value', () => {
  const check = (query: string, expected: string) => expect(lacking(series, children, stateOf(query)), query).toBe(expected);
  check('lang=en', 'There is no sum of the areas below. No data from: Area B, C.');
  check('lang=ru', 'Сумма по входящим в состав территориям не вычислена. Нет данных: Area B, C.');
  check('lang=en&sex=F', 'There is no sum of the areas below. No data from: Area B, C.');
  check('lang=en&period=2019', 'There is no sum of the areas below. No data from: Area B, C and 2 more.');
  check('lang=ru&period=2019', 'Сумма по входящим в состав территориям не вычислена. Нет данных: Area B, C и ещё 2.');
  check('lang=en&period=2020', '');
  check('lang=en&from=2020', '');
  expect(lacking([], children, stateOf('lang=en'))).toBe('');
});

test('the latest value of another indicator says of whom it is, of when, and what is to be known of it', () => {
  const check = (code: string, status: string | undefined, expected: string) => {
    const observations = [
      { period: '2020', value: 3.25, status },
      { period: '2021', value: null },
    ];
    const figures = { id: 'rate', decimals: 1, unit: 'per 1000', selection: { sex: code }, observations };
    expect(latestValue(figures as unknown as Profile['indicators'][number], catalog, stateOf('lang=en'))).toBe(expected);
  };
  check('T', undefined, '+3.3 per 1000 (2020)');
  check('F', 'P', '+3.3 per 1000 (Sex: women; 2020; provisional)');
});
