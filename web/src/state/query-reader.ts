// Takes keys out of a query one by one and remembers what it could not use, so that the reader can be told.

export class QueryReader {
  private readonly wrong: string[] = [];
  private readonly known: Set<string>;

  /** `foreign`: keys that somebody else reads. */
  constructor(
    private readonly query: URLSearchParams,
    foreign: readonly string[],
  ) {
    this.known = new Set(foreign);
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

  /** What nobody understood, as `name=value`: first wrong values, then keys that nobody took. */
  strange(): string[] {
    const unknown = [...this.query].filter(([key]) => !this.known.has(key)).map(([key, text]) => `${key}=${text}`);
    return [...this.wrong, ...unknown];
  }
}

/** Accepts some words and no others. */
export const oneOf =
  <const T extends string>(all: readonly T[]) =>
  (text: string): T | undefined =>
    all.find((known) => known === text);

/** Accepts what a pattern matches. */
export const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined);
