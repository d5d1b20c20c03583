import { expect, test } from 'vitest';
import { appearanceOf, classOf } from '../../src/map/appearance';
import { isDark } from '../../src/map/colours';
import type { Symbols } from '../../src/state/documents';
import type { Cell } from '../../src/state/columns';
import { legend } from '../fixtures';

test('a class holds its lower limit, not its upper one; the last holds both, and what lies outside belongs to the nearest', () => {
  const check = (value: number, expected: number) => expect(classOf(legend.classes, value), String(value)).toBe(expected);
  check(-11, 0);
  check(-10, 0);
  check(-0.1, 0);
  check(0, 1);
  check(9.99, 1);
  check(10, 2);
  check(20, 2);
  check(21, 2);
});

test('an area has the colour of its class, of zero or of its state', () => {
  const check = (cell: Cell, fill: string, state: string) =>
    expect(appearanceOf(legend, 'choropleth', cell)).toMatchObject({ fill, state, radius: 0 });
  check(5, '#220000', '');
  check(0, '#00ff00', '');
  check('missing', '#dddddd', 'missing');
  check('unheard of', '#f7f8f8', 'unheard of');
  expect(appearanceOf({ ...legend, zero: null }, 'choropleth', 0).fill).toBe('#220000');
});

test('a circle has an area in proportion to its value, and a colour for its sign', () => {
  const symbols: Symbols = { max: 100, max_radius: 20, circles: [], positive: '#0000ff', negative: '#ff0000' };
  const check = (cell: Cell, radius: number, circle: string) =>
    expect(appearanceOf({ ...legend, symbols }, 'symbols', cell)).toMatchObject({ radius, circle });
  check(100, 20, '#0000ff');
  check(25, 10, '#0000ff');
  check(-25, 10, '#ff0000');
  check(0, 0, '#0000ff');
  check('missing', 0, '#f7f8f8');
  expect(appearanceOf(legend, 'symbols', 5).fill).toBe('#220000');
});

test('dots are over values that are not to be relied on, and over nothing else', () => {
  const dotted = (cell: Cell) => appearanceOf(legend, 'choropleth', cell, true).dotted;
  expect([dotted(5), dotted('missing'), appearanceOf(legend, 'choropleth', 5).dotted]).toEqual([true, false, false]);
});

test('white is read better on dark colours, black on light ones', () => {
  const check = (colour: string, expected: boolean) => expect(isDark(colour), colour).toBe(expected);
  check('#000000', true);
  check('#ffffff', false);
  check('#0000ff', true);
  check('#00ff00', false);
  check('#757575', true);
  check('#777777', false);
});
