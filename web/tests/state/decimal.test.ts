import { expect, test } from 'vitest';
import { decimalOf, less, numberOf, rounded } from '../../src/state/decimal';
import { randomNumbers } from '../fixtures';

test('a number is its shortest text, and comes back', () => {
  for (const value of [0, -0.25, 78.7, 1e15, 1e-13, 5e-324, Number.MAX_VALUE, 1 / 3]) expect(numberOf(decimalOf(value))).toBe(value);
  expect(decimalOf(-12.5)).toEqual({ digits: -125n, exponent: -1 });
});

test('differences are those of the texts', () => {
  const check = (a: number, b: number, expected: number) => expect(less(a, b), `${a} less ${b}`).toBe(expected);
  check(78.8, 78.7, 0.1);
  check(0.3, 0.1, 0.2);
  check(-0.7, 0.1, -0.8);
  check(1e15, 1e-13, 1e15);
  check(3e-13, 1e-13, 2e-13);
});

test('figures of tables are subtracted as on paper', () => {
  const random = randomNumbers(1);
  const written = () => [Math.round((random() - 0.5) * 2e9), Math.floor(random() * 5)] as const;
  for (let round = 0; round < 2000; round += 1) {
    const [[a, m], [b, n]] = [written(), written()];
    const exact = BigInt(a) * 10n ** BigInt(4 - m) - BigInt(b) * 10n ** BigInt(4 - n);
    expect(less(Number(`${a}e-${m}`), Number(`${b}e-${n}`))).toBe(Number(`${exact}e-4`));
  }
});

test('halves are rounded away from zero', () => {
  const check = (value: number, decimals: number, expected: number) => expect(numberOf(rounded(decimalOf(value), decimals))).toBe(expected);
  check(9.95, 1, 10);
  check(1.005, 2, 1.01);
  check(-0.25, 1, -0.3);
  check(-0.04, 1, 0);
  check(1234, 1, 1234);
  check(150, -2, 200);
});
