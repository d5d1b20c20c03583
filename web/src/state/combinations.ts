// Which combinations of codes have values, and which of them is shown. The server has the same rule (usual_codes.rs in choro-bundle).

import { vintageOf } from './catalog';
import type { Dimension, Indicator } from './documents';
import { canCompare } from './periods';

/** The combinations with values of a period, a code for each dimension; undefined: all have. */
export function combinationsOf(indicator: Indicator, set: string, period: string): string[][] | undefined {
  const there = indicator.boundary_sets.find((s) => s.id === set && s.periods.includes(period));
  return there?.combinations?.find((entry) => entry.periods.includes(period))?.codes;
}

/**
 * The combination that has most of the codes asked for, then the one nearest to totals, then the first in the code lists. `fixed`: a
 * dimension whose code is kept, where any combination has it. A dimension without a code asked for may have any.
 */
export function nearest(
  { dimensions }: Indicator,
  all: string[][] | undefined,
  asked: Record<string, string | undefined>,
  fixed?: string,
): Record<string, string> {
  const wanted = dimensions.map((dimension) => asked[dimension.id] ?? dimension.total);
  const at = dimensions.findIndex((dimension) => dimension.id === fixed);
  const kept = all?.filter((codes) => at < 0 || codes[at] === wanted[at]);
  const rank = (codes: string[]) => [
    codes.filter((code, i) => asked[(dimensions[i] as Dimension).id] !== undefined && code !== wanted[i]).length,
    codes.filter((code, i) => code !== dimensions[i]?.total).length,
    ...codes.map((code, i) => (dimensions[i] as Dimension).code_list.items.findIndex((item) => item.code === code)),
  ];
  const ranked = (kept ?? []).map((codes) => ({ codes, rank: rank(codes) })).sort((a, b) => compare(a.rank, b.rank));
  const codes = ranked[0]?.codes ?? wanted;
  return Object.fromEntries(dimensions.map((dimension, i) => [dimension.id, codes[i] as string]));
}

/** Whether a combination of codes has values in a period. */
export function hasCombination(indicator: Indicator, set: string, period: string, codes: Record<string, string>): boolean {
  const all = combinationsOf(indicator, set, period);
  return all === undefined || all.some((each) => indicator.dimensions.every(({ id }, i) => each[i] === codes[id]));
}

/** Whether the change since an earlier period can be shown: it is as long, on the same borders, and has values at the same codes. */
export function isComparable(
  indicator: Indicator,
  set: string,
  from: string,
  { period, codes }: { period: string; codes: Record<string, string> },
): boolean {
  const onSameBorders = vintageOf(indicator, set, from) === vintageOf(indicator, set, period);
  return canCompare(from, period) && onSameBorders && hasCombination(indicator, set, from, codes);
}

/** Whether any combination has a code. */
export function hasValues({ dimensions }: Indicator, all: string[][] | undefined, dimension: string, code: string): boolean {
  const at = dimensions.findIndex((known) => known.id === dimension);
  return all === undefined || all.some((codes) => codes[at] === code);
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((n, i) => n !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}
