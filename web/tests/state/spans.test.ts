import { expect, test } from 'vitest';
import { kindOf } from '../../src/state/periods';
import { inParts, spansOf } from '../../src/state/spans';

const months = (first: number, last: number) =>
  Array.from({ length: (last - first + 1) * 12 }, (_, i) => `${first + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`);
const years = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => String(first + i));

test('a series is one range, however long', () => {
  const check = (periods: string[], expected: string[], all: string[] = periods) => expect(spansOf(periods, all)).toEqual(expected);
  expect(months(2000, 2023)).toHaveLength(288);
  check(months(2000, 2023), ['2000-01..2023-12']);
  check(years(1959, 2023), ['1959..2023']);
  check(['2020'], ['2020']);
  check([], []);
});

test('a range holds no period that was not asked for, and periods of one kind', () => {
  const all = years(2000, 2010);
  expect(spansOf(['2000', '2001', '2003', '2010'], all)).toEqual(['2000..2001', '2003', '2010']);
  expect(spansOf([...months(2020, 2020), '2019', '2020', '2020-Q1'], [])).toEqual(['2020-01..2020-12', '2019..2020', '2020-Q1']);
});

test('the form of a period says how long it is', () => {
  const kinds = ['2014', '2014-S1', '2014-Q3', '2014-07', '2014-07-01'].map(kindOf);
  expect(kinds).toEqual(['year', 'semester', 'quarter', 'month', 'day']);
});

test('parts are as large as they may be and lose nothing', () => {
  expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inParts([], 2)).toEqual([]);
});
