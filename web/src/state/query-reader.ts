// Takes keys out of a query one by one and remembers what it could not use, so that the reader can be told.

import { isForeign } from './foreign';

export class QueryReader {
  private readonly wrong: string[] = [];
  private readonly known: Set<string>;

  /** `all`: the keys that an address has, whoever reads them. */
  constructor(
    private readonly query: URLSearchParams,
    all: readonly string[],
  ) {
    this.known = new Set(all);
  }

  /** What a key means; undefined where it is absent or `means` nothing. */
  take<T>(key: string, means: (text: string) => T | undefined): T | undefined {
    this.known.add(key);
    const text = this.query.get(key);
    if (text === null || text === '') return undefined;
    const meant = means(text);
    if (meant === undefined) this.refuse(key, text);
    return meant;
  }

  /** A value that was taken turns out to be of no use. */
  refuse(key: string, text: string): void {
    this.wrong.push(`${key}=${text}`);
  }

  /** What nobody understood, as `name=value`: first wrong values, then keys that an address does not have. */
  strange(): string[] {
    const isUnknown = (key: string) => !this.known.has(key) && !isForeign(key);
    const unknown = [...this.query].filter(([key]) => isUnknown(key)).map(([key, text]) => `${key}=${text}`);
    return [...this.wrong, ...unknown];
  }
}

/** Accepts some words and no others. */
export const oneOf =
  <const T extends string>(all: readonly T[]) =>
  (text: string): T | undefined =>
    all.find((known) => known === text);

/** A number as the server reads it: digits, at most one point, an exponent. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The finite numbers of a list with commas; undefined where one of them is none. */
export function numbersOf(text: string): number[] | undefined {
  const parts = text.split(',');
  const numbers = parts.map(Number);
  return parts.every((part) => NUMBER.test(part)) && numbers.every(Number.isFinite) ? numbers : undefined;
}
