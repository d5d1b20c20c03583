import { expect, test } from 'vitest';
import { type Cell, change, type Column, columnAt, flagsOfChange, isUnreliable, rank } from '../../src/state/columns';

const column = (...cells: Cell[]): Column => ({ cells, flags: new Map() });

test('a column has a value or a state for each area, and flags by row', () => {
  const values = {
    values: [
      [1, null, null],
      [0, 2, 3],
    ],
    states: [{ secrecy: [2] }, {}],
    statuses: [{ P: [0] }, { B: [1, 2] }],
    reliability: [{}, { small_base: [2] }],
  };
  expect(columnAt(values, 0)).toEqual({ cells: [1, 'missing', 'secrecy'], flags: new Map([[0, ['P']]]) });
  expect(columnAt(values, 1)).toEqual({
    cells: [0, 2, 3],
    flags: new Map([
      [1, ['B']],
      [2, ['B', 'small_base']],
    ]),
  });
  expect([1, 2].map((row) => isUnreliable(columnAt(values, 1), row))).toEqual([false, true]);
  expect(columnAt(values, 2)).toEqual(column());
});

test('a change is the difference of two values; what is withheld in either stays withheld', () => {
  const check = (after: Cell, before: Cell, expected: Cell) => expect(change(column(after), column(before)).cells).toEqual([expected]);
  check(5, 3, 2);
  check(0, 0, 0);
  check(78.8, 78.7, 0.1);
  check(1e308, -1e308, 'missing');
  check('missing', 3, 'missing');
  check(3, 'invalid', 'invalid');
  check('missing', 'secrecy', 'secrecy');
  check('secrecy', 3, 'secrecy');
  expect(change(column(1), column()).cells).toEqual(['missing']);
});

test('the highest value is first, equal values share a place, and what has no value has none', () => {
  const cells: Cell[] = [5, 'missing', 7, 5, 1];
  const check = (value: number, place: number, last: number) => expect(rank(cells, value)).toEqual({ place, last, of: 4 });
  check(7, 1, 1);
  check(5, 2, 3);
  check(1, 4, 4);
});

test('what is to be known of differences comes from their legend, which knows of breaks between the two periods', () => {
  const flags = [
    { flag: 'P' as const, label: 'provisional', count: 2, rows: [0, 2] },
    { flag: 'B' as const, label: 'break', count: 1, rows: [2] },
  ];
  expect(flagsOfChange({ flags })).toEqual(
    new Map([
      [0, ['P']],
      [2, ['P', 'B']],
    ]),
  );
  expect(flagsOfChange({})).toEqual(new Map());
});
