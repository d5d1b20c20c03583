// Finding by words that are not spelt as they are stored: in both languages, with endings cut and a letter wrong.

/** Lower case, without accents; ё is written е as often as not. */
export function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function words(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The words of a text, whatever stands between them. */
const inWords = (text: string): string => words(text).join(' ');

/** More than words that are alike can make up. */
const EXACT = 1000;

export interface Entry<T> {
  item: T;
  /** Names, codes and synonyms; the first ones weigh most. */
  texts: string[];
  /** Its names and codes: whoever writes one of these in full means it. */
  exact: string[];
}

interface Prepared<T> {
  item: T;
  /** Word and how far it stands from the name. */
  words: [word: string, field: number][];
  whole: string;
  exact: string[];
}

/** An index of entries. `find` gives the best hits first; all of them for an empty question. */
export class Index<T> {
  private readonly entries: Prepared<T>[];

  constructor(entries: Entry<T>[]) {
    this.entries = entries.map(({ item, texts, exact }) => ({
      item,
      words: texts.flatMap((text, field) => words(text).map((word): [string, number] => [word, field])),
      whole: plain(texts[0] ?? ''),
      exact: exact.map(inWords),
    }));
  }

  find(question: string, most: number): T[] {
    const asked = words(question);
    const scored = this.entries.map((entry, order) => ({ entry, order, score: score(entry, asked, plain(question)) }));
    const hits = scored.filter(({ score }) => score > 0 || asked.length === 0);
    hits.sort((a, b) => b.score - a.score || a.order - b.order);
    return hits.slice(0, most).map(({ entry }) => entry.item);
  }
}

/** 0 where a word of the question has no like. */
function score(entry: Prepared<unknown>, asked: string[], question: string): number {
  let sum = entry.whole.startsWith(question.trim()) ? 2 : 0;
  if (entry.exact.includes(asked.join(' '))) sum += EXACT;
  for (const word of asked) {
    const best = Math.max(0, ...entry.words.map(([known, field]) => alike(known, word) / (1 + field / 2)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

/** 3: the same; 2: it begins so; 1: a few letters differ. */
function alike(known: string, word: string): number {
  if (known === word) return 3;
  if (known.startsWith(word)) return 2;
  if (word.length < 4) return 0;
  const most = word.length < 7 ? 1 : 2;
  // What was typed may be the beginning of the word, with a letter too few or too many; endings are about two letters.
  const beginnings = [-1, 0, 1].map((more) => known.slice(0, word.length + more));
  return [...beginnings, known.slice(0, -2)].some((stem) => distance(stem, word, most) <= most) ? 1 : 0;
}

/** Letters to change, add, leave out or swap (Damerau and Levenshtein), counted no further than `most` + 1. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
