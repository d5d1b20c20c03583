import { expect, test } from 'vitest';
import type { Limits } from '../../src/state/documents';
import { lastPeriods } from '../../src/state/limits';

const usual: Limits = { url_bytes: 2048, parameters: 40, periods: 3, picture_areas: 9, page_areas: 9 };
const address = (periods: string[]) => `/v?p=${periods.join('%2C')}`;

test('the last periods are asked for, as many as there may be and as fit into the address', () => {
  const all = ['2018', '2019', '2020', '2021'];
  const check = (limits: Partial<Limits>, expected: string[]) =>
    expect(lastPeriods(all, { ...usual, ...limits }, address)).toEqual(expected);
  check({}, ['2019', '2020', '2021']);
  check({ periods: 60 }, all);
  // Two periods are 16 signs.
  check({ url_bytes: 16 }, ['2020', '2021']);
  check({ url_bytes: 15 }, ['2021']);
  check({ url_bytes: 1 }, ['2021']);
  expect(lastPeriods([], usual, address)).toEqual([]);
});
