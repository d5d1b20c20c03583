import { expect, test } from 'vitest';
import { rowsOf } from '../../src/panels/legend-rows';
import type { Legend } from '../../src/state/documents';
import type { Cell } from '../../src/state/columns';
import { figuresOf, legend, stateOf } from '../fixtures';

const rows = (cells: Cell[], of: Legend = legend, query = 'lang=en') =>
  rowsOf(figuresOf(cells, { legend: of, state: stateOf(query) })).map(({ key, count }) => `${key} ${count}`);

test('the highest class stands on top, zero where it belongs, then the states that occur', () => {
  expect(rows([-1, 0, 5, 15, 99, 'secrecy'])).toEqual(['class-2 2', 'class-1 1', 'zero 1', 'class-0 1', 'state-secrecy 1']);
});

test('zero stands below the lowest class of a scale that does not diverge', () => {
  const above = { ...legend, classes: legend.classes.slice(1) };
  expect(rows([0, 5], above)).toEqual(
    ['class-2 0', 'class-1 1', 'zero 1'].map((row) => row.replace('class-1', 'class-0').replace('class-2', 'class-1')),
  );
});

test('without a colour of its own zero is counted in its class', () => {
  expect(rows([0, 5], { ...legend, zero: null })).toEqual(['class-2 0', 'class-1 2', 'class-0 0']);
});

test('circles have a row each, in the colour of their sign', () => {
  const circles = [
    { value: 100, label: '100', radius: 20 },
    { value: 25, label: '25', radius: 10 },
    { value: -4, label: '\u22124', radius: 4 },
  ];
  const symbols = { ...legend, symbols: { max: 100, max_radius: 20, circles, positive: '#0000ff', negative: '#ff0000' } };
  const check = (cells: Cell[], expected: string[]) => expect(rows(cells, symbols, 'lang=en&kind=symbols')).toEqual(expected);
  check([1, 'missing'], ['circle-0 0', 'circle-1 0', 'circle-2 0', 'state-missing 1']);
  const figures = figuresOf([1, -1], { legend: symbols, state: stateOf('lang=en&kind=symbols') });
  expect(rowsOf(figures).map(({ entry, radius }) => [entry.label, entry.colour, radius])).toEqual([
    ['100', '#0000ff', 20],
    ['25', '#0000ff', 10],
    ['\u22124', '#ff0000', 4],
  ]);
});

test('what is to be known of some values has a row with its count', () => {
  const flags = [
    { flag: 'P' as const, label: 'provisional', count: 2 },
    { flag: 'small_base' as const, label: 'small base', count: 1, pattern: 'dots' as const },
  ];
  const flagged = rowsOf(figuresOf([5], { legend: { ...legend, flags }, state: stateOf('lang=en') })).filter((row) => row.flag);
  expect(flagged.map(({ key, count, flag }) => [key, count, flag])).toEqual([
    ['flag-P', 2, { name: 'P', dotted: false }],
    ['flag-small_base', 1, { name: 'small_base', dotted: true }],
  ]);
});
