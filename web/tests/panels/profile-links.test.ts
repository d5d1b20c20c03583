import { expect, test } from 'vitest';
import { lacking } from '../../src/panels/profile-links';
import type { Profile } from '../../src/state/documents';
import { stateOf } from '../fixtures';

/** The profile of an area whose sum of 2021 lacks B and C; only the name of B is known. */
const profile = {
  children: [{ set: 'regions', borders: '2020', code: 'B', name: 'Area B' }],
  indicators: [
    {
      id: 'rate',
      observations: [
        { period: '2020', value: 3 },
        { period: '2021', value: null, state: 'missing', lacking: ['B', 'C'] },
      ],
    },
  ],
} as unknown as Profile;

test('an area whose sum is missing names the areas that lack a value', () => {
  const check = (query: string, expected: string) => expect(lacking(profile, stateOf(query)), query).toBe(expected);
  check('lang=en', 'Summed from the areas below. No data from: Area B, C.');
  check('lang=ru', 'Сумма по территориям, входящим в состав. Нет данных: Area B, C.');
  check('lang=en&period=2020', '');
  check('lang=en&sex=F', '');
  check('lang=en&from=2020', '');
  check('lang=en&indicator=count', '');
});
