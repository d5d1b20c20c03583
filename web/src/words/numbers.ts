// Numbers in the form of a language, and back.

import type { Lang } from '../state/state';

/** A value with its indicator's decimals; a value that would print as zero keeps its first digit. */
export function number(value: number, decimals: number, lang: Lang, sign: boolean): string {
  const tiny = value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
  const digits: Intl.NumberFormatOptions = tiny
    ? { maximumSignificantDigits: 1 }
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(lang, { ...digits, signDisplay: sign ? 'exceptZero' : 'auto' }).format(value).replace('-', '\u2212');
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
