import { expect, test } from 'vitest';
import { periodsOf } from '../../src/state/catalog';
import { canCompare, partsOf } from '../../src/state/periods';
import { readState } from '../../src/state/read-address';
import { comparablePeriods, type State } from '../../src/state/state';
import { catalog, languages } from '../fixtures';

/** The catalogue with years, quarters and months of one indicator, in the order of an alphabet. */
const mixed = {
  ...catalog,
  indicators: catalog.indicators.map((indicator) => ({
    ...indicator,
    boundary_sets: indicator.boundary_sets.map((cover) => ({ ...cover, periods: ['2013', '2014', '2014-02', '2014-Q1', '2014-Q2'] })),
  })),
};

function stateOf(query: string): State {
  const state = readState(mixed, new URLSearchParams(query), languages);
  if (!state) throw new Error(`${query} shows nothing`);
  return state;
}

test('a text is a period in parts, or none', () => {
  expect(partsOf('2014-Q3')).toEqual({ kind: 'quarter', year: 2014, part: 3, day: 1 });
  expect(partsOf('2014-07-09')).toEqual({ kind: 'day', year: 2014, part: 7, day: 9 });
  for (const text of ['', '14', '2014-', '2014-X1', '2014-7', 'x2014']) expect(partsOf(text), text).toBeUndefined();
});

test('periods of several kinds are in order of time', () => {
  expect(periodsOf(mixed.indicators[1]!, 'regions')).toEqual(['2013', '2014', '2014-Q1', '2014-02', '2014-Q2']);
});

test('only periods of one kind stand beside one another', () => {
  expect(comparablePeriods(stateOf('period=2014-Q2'))).toEqual(['2014-Q1', '2014-Q2']);
  expect(comparablePeriods(stateOf('period=2014-02'))).toEqual(['2014-02']);
});

test('only an earlier period of the same kind is compared with', () => {
  const check = (from: string, period: string, expected: boolean) => {
    const { from: read, strange } = stateOf(`from=${from}&period=${period}`);
    expect([read, strange], `${from} ${period}`).toEqual(expected ? [from, []] : [undefined, [`from=${from}`]]);
    expect(canCompare(from, period)).toBe(expected);
  };
  check('2014-Q1', '2014-Q2', true);
  check('2014-Q2', '2014-Q1', false);
  check('2014-Q1', '2014-Q1', false);
  check('2013', '2014', true);
  check('2013', '2014-Q1', false);
  check('2014-Q1', '2014-02', false);
});
