import { expect, test } from 'vitest';
import cases from '../state/cases.json';
import { number, readNumbers, writeNumbers } from '../../src/words/numbers';

test('a number has its decimals, its language and, where it matters, its sign', () => {
  const check = (value: number, decimals: number, lang: string, sign: boolean, expected: string) =>
    expect(number(value, decimals, lang, sign)).toBe(expected);
  check(1.25, 1, 'en', false, '1.3');
  check(1.25, 1, 'ru', false, '1,3');
  check(12345.6, 0, 'en', false, '12,346');
  check(12345.6, 0, 'ru', false, '12\u00a0346');
  check(3, 2, 'en', false, '3.00');
  check(-3, 0, 'en', false, '\u22123');
  check(-3, 1, 'ru', true, '\u22123,0');
  check(3, 0, 'en', true, '+3');
  check(0, 1, 'en', true, '0.0');
  check(0, 1, 'en', false, '0.0');
});

test('a number is printed as on the server', () => {
  for (const [value, decimals, limits, sign, lang, expected] of cases.numbers as [number, number, number[], boolean, string, string][]) {
    expect(number(value, decimals, lang, sign, limits), `${value} with ${decimals}`).toBe(expected);
  }
  expect(cases.numbers.length).toBeGreaterThan(20);
});

test('a value that would print as zero keeps its first digit', () => {
  const check = (value: number, decimals: number, expected: string) => expect(number(value, decimals, 'en', false)).toBe(expected);
  check(0.0123, 1, '0.01');
  check(-0.0009, 0, '\u22120.0009');
  check(0.05, 1, '0.1');
  check(0.049, 1, '0.05');
  check(0.4, 0, '0.4');
  check(0.5, 0, '1');
});

test('numbers to be edited have the decimals of the language and come back the same', () => {
  const check = (numbers: number[], lang: string, expected: string) => {
    expect(writeNumbers(numbers, lang)).toBe(expected);
    expect(readNumbers(expected)).toEqual(numbers);
  };
  check([1.5, 20, -3], 'en', '1.5; 20; -3');
  check([1.5, 20, -3], 'ru', '1,5; 20; -3');
  check([1234567.25], 'ru', '1234567,25');
});

test('numbers are read as people write them, and what is none is refused', () => {
  const check = (text: string, expected: number[] | undefined) => expect(readNumbers(text), text).toEqual(expected);
  check('1; 2,5 ;', [1, 2.5]);
  check('1\u00a0000; \u22122', [1000, -2]);
  check('', undefined);
  check(' ; ', undefined);
  check('1; x', undefined);
  check('1,2,3', undefined);
});
