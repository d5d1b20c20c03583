// Many periods in few words, as the server takes them: `2000-01..2023-12` are all months from one to another.

import { comparePeriods, kindOf } from './periods';

/** Items in parts of so many. */
export function inParts<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, part) => items.slice(part * most, (part + 1) * most));
}

/**
 * Periods as single ones and ranges. `all`: what else there is of the indicator, so that no range holds a period that is not asked
 * for.
 */
export function spansOf(periods: readonly string[], all: readonly string[]): string[] {
  const asked = new Set(periods);
  const kinds = [...new Set(periods.map(kindOf))];
  return kinds.flatMap((kind) => {
    const ofKind = [...new Set([...all, ...periods])].filter((period) => kindOf(period) === kind).sort(comparePeriods);
    return runsOf(ofKind, asked).map(spanOf);
  });
}

/** Neighbours that are asked for, together. */
function runsOf(all: string[], asked: ReadonlySet<string>): string[][] {
  const runs: string[][] = [];
  let run: string[] | undefined;
  for (const period of all) {
    if (!asked.has(period)) run = undefined;
    else if (run) run.push(period);
    else runs.push((run = [period]));
  }
  return runs;
}

function spanOf(run: string[]): string {
  const [first, last] = [run[0] ?? '', run.at(-1) ?? ''];
  return first === last ? first : `${first}..${last}`;
}
