// Arithmetic in decimals, as on the server (choro-model's `decimal.rs`): 78.8 less 78.7 is 0.1, which in binary is 0.09999999999999432.
// A number is taken as its shortest text. Sums and differences of such texts are exact, and then rounded once to the nearest double.

/** `digits` times ten to the power of `exponent`. */
export interface Decimal {
  digits: bigint;
  exponent: number;
}

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** The shortest text of a finite number. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', part = ''] = mantissa.split('.');
  return { digits: BigInt(whole + part), exponent: Number(exponent) - part.length };
}

/** The nearest double; infinite beyond the largest one. */
export function numberOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

/** How much `a` is more than `b`. */
export function less(a: number, b: number): number {
  const [x, y] = [decimalOf(a), decimalOf(b)];
  const exponent = Math.min(x.exponent, y.exponent);
  const digits = (of: Decimal) => of.digits * power(of.exponent - exponent);
  return numberOf({ digits: digits(x) - digits(y), exponent });
}

/** Rounded to a number of decimals, halves away from zero. */
export function rounded(number: Decimal, decimals: number): Decimal {
  const cut = -(number.exponent + decimals);
  if (cut <= 0) return number;
  const unit = power(cut);
  const half = number.digits < 0n ? -unit / 2n : unit / 2n;
  return { digits: (number.digits + half) / unit, exponent: -decimals };
}

/** The power of ten of the first digit: 2 of 350, -2 of 0.035. */
export function orderOf({ digits, exponent }: Decimal): number {
  return String(digits < 0n ? -digits : digits).length - 1 + exponent;
}
