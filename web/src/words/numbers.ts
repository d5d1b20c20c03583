// Numbers in the form of a language, and back. The server prints alike (choro-carto's `number.rs`, which says how and why).

import { type Decimal, decimalOf, numberOf, orderOf, rounded } from '../state/decimal';
import type { Lang } from '../state/state';

/** From here on, and below here, a number other than zero is printed with a power of ten. */
const [HUGE, TINY] = [1e15, 1e-6];
/** Digits before a power of ten. */
const POWER_DIGITS = 4;
/** Most decimals that an indicator gets, and a number that has to stay on its side of a limit. */
const [MOST_DECIMALS, MOST_MORE] = [12, 20];

/**
 * A value with its indicator's decimals, halves rounded away from zero by its decimal text. `limits`: numbers that rounding must not
 * cross nor reach from below, such as the breaks of classes; zero is always one. A value next to one has as many decimals more as it
 * needs to stay on its side.
 */
export function number(value: number, decimals: number, lang: Lang, sign: boolean, limits: readonly number[] = []): string {
  const exact = decimalOf(value);
  const keeps = (to: Decimal) => keepsSide(value, numberOf(to), limits);
  if (value === 0 || (Math.abs(value) >= TINY && Math.abs(value) < HUGE)) {
    const usual = Math.min(decimals, MOST_DECIMALS);
    // What would print as zero keeps its first digit.
    for (let more = usual; more <= MOST_MORE; more = Math.max(more + 1, value === 0 ? 0 : -orderOf(exact))) {
      const to = rounded(exact, more);
      if (keeps(to)) return localised(numberOf(to), more, lang, sign);
    }
  }
  for (let digits = POWER_DIGITS; digits <= 17; digits += 1) {
    const to = rounded(exact, digits - 1 - orderOf(exact));
    if (keeps(to)) return withPower(to, lang, sign);
  }
  return withPower(exact, lang, sign);
}

/** Whether a number and what it was rounded to lie on the same side of zero and of each limit, whose upper side holds it. */
function keepsSide(value: number, to: number, limits: readonly number[]): boolean {
  return Math.sign(value) === Math.sign(to) && limits.every((limit) => value < limit === to < limit);
}

function localised(value: number, decimals: number, lang: Lang, sign: boolean): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  // Zero has no sign, although -0 may be one.
  const text = new Intl.NumberFormat(lang, { ...digits, signDisplay: sign ? 'exceptZero' : 'auto' }).format(value + 0);
  return text.replace('-', '\u2212');
}

/** `1 × 10⁻¹³`, with no-break spaces. */
function withPower(exact: Decimal, lang: Lang, sign: boolean): string {
  const order = orderOf(exact);
  const mantissa = numberOf({ ...exact, exponent: exact.exponent - order });
  const decimals = Math.max(0, -decimalOf(mantissa).exponent);
  return `${localised(mantissa, decimals, lang, sign)}\u00a0\u00d7\u00a0${localised(10, 0, lang, false)}${superscript(order)}`;
}

function superscript(order: number): string {
  return [...String(order)].map((letter) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(letter)] ?? letter).join('');
}

/** What separates the decimals in a language: `.` or `,`. */
function decimalPoint(lang: Lang): string {
  const part = new Intl.NumberFormat(lang).formatToParts(0.5).find(({ type }) => type === 'decimal');
  return part?.value ?? '.';
}

/** Numbers to be edited in one field, `1,5; 20`: all digits, nothing between thousands. */
export function writeNumbers(numbers: number[], lang: Lang): string {
  return numbers.map((value) => String(value).replace('.', decimalPoint(lang))).join('; ');
}

/** The numbers of such a field; undefined where one is no number, or there is none. */
export function readNumbers(text: string): number[] | undefined {
  const parts = text.split(';').map((part) => part.replace(/\s/g, '').replace('\u2212', '-').replace(',', '.'));
  const numbers = parts.filter(Boolean).map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : undefined;
}
