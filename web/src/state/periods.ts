// Periods, as the server has them (SDMX TIME_PERIOD): 2014, 2014-S1, 2014-T2, 2014-Q3, 2014-07, 2014-W05, 2014-07-01.

export type PeriodKind = 'year' | 'semester' | 'trimester' | 'quarter' | 'month' | 'week' | 'day';

/** A period in parts: `part` is the number of the half, quarter, month or week, `day` that of the day of a month. */
export interface PeriodParts {
  kind: PeriodKind;
  year: number;
  part: number;
  day: number;
}

const FORM = /^(\d{4})(?:-(?:([STQW])(\d{1,2})|(\d{2})(?:-(\d{2}))?))?$/;
const LETTERS: Record<string, PeriodKind> = { S: 'semester', T: 'trimester', Q: 'quarter', W: 'week' };

/** The parts of a period; undefined where the text is none. */
export function partsOf(period: string): PeriodParts | undefined {
  const [, year, letter, number, month, day] = FORM.exec(period) ?? [];
  if (year === undefined) return undefined;
  const of = (kind: PeriodKind, part = '1') => ({ kind, year: Number(year), part: Number(part), day: Number(day ?? 1) });
  if (letter !== undefined) return of(LETTERS[letter] ?? 'year', number);
  if (month === undefined) return of('year');
  return of(day === undefined ? 'month' : 'day', month);
}

export function kindOf(period: string): PeriodKind | undefined {
  return partsOf(period)?.kind;
}

const DAY = 86_400_000;

/** About how many days a period lasts, to tell the longer from the shorter. */
const LENGTHS: Record<PeriodKind, number> = { year: 365, semester: 180, trimester: 120, quarter: 90, month: 30, week: 7, day: 1 };
/** Months from the first day of a part of the year to that of the next. The part of a day is its month; weeks are not counted in months. */
const MONTHS: Record<PeriodKind, number> = { year: 12, semester: 6, trimester: 4, quarter: 3, month: 1, week: 0, day: 1 };

/** The first day, in days since 1970. */
function firstDay({ kind, year, part, day }: PeriodParts): number {
  if (kind !== 'week') return Date.UTC(year, (part - 1) * MONTHS[kind], day) / DAY;
  // The first week holds 4 January and begins on a Monday; 1 January 1970 was a Thursday.
  const fourth = Date.UTC(year, 0, 4) / DAY;
  return fourth - ((((fourth + 3) % 7) + 7) % 7) + 7 * (part - 1);
}

/** Orders periods by their first day, the longer ones first. */
export function comparePeriods(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)];
  if (!x || !y) return Number(!x) - Number(!y) || (a < b ? -1 : Number(a > b));
  return firstDay(x) - firstDay(y) || LENGTHS[y.kind] - LENGTHS[x.kind];
}

/** Whether the change from one period to another can be shown: both are of one kind, and `from` is the earlier one. */
export function canCompare(from: string, period: string): boolean {
  return kindOf(from) === kindOf(period) && comparePeriods(from, period) < 0;
}
