// A value in words: the sentence under the map, the tooltip, the table and the live region say the same.

import { type Cell, type Column, rank } from '../state/columns';
import type { Figures } from '../state/figures';
import type { Lang, State } from '../state/state';
import { pick } from './names';
import { number } from './numbers';
import { periodName } from './period-names';
import { texts } from './texts';

/** Flags that have a name: of a value, and of a difference. */
const FLAGS = {
  P: ['status-provisional', 'change-provisional'],
  E: ['status-estimated', 'change-estimated'],
  B: ['status-break', 'change-break'],
  small_base: ['flag-small-base', 'flag-small-base'],
  unknown_base: ['flag-unknown-base', 'flag-unknown-base'],
} as const;

/** What is to be known of the value of one period, in words. */
export function flagWords(flags: readonly string[] | undefined, lang: Lang, ofChange = false): string {
  const word = (flag: string) => {
    const ids = Object.entries(FLAGS).find(([known]) => known === flag)?.[1];
    return ids ? texts(lang)(ids[ofChange ? 1 : 0]) : flag;
  };
  return (flags ?? []).map(word).join('; ');
}

/** How many values have each flag, `provisional: 3; estimated: 1`; empty where none has. */
export function flagCounts({ cells, flags }: Column, lang: Lang): string {
  const counts = new Map<string, number>();
  for (const [row, all] of flags) {
    if (typeof cells[row] === 'number') for (const flag of all) counts.set(flag, (counts.get(flag) ?? 0) + 1);
  }
  return [...counts].map(([flag, count]) => `${flagWords([flag], lang)}: ${count}`).join('; ');
}

export function nameOf(figures: Figures, row: number): string {
  const area = figures.areas[row];
  return area ? pick(area.names, figures.state.lang, area.code) : '';
}

/** What the map shows of an area, a value or a difference, with its sign where that matters and on its side of the breaks; or why there is
 * nothing. */
export function cellText(figures: Figures, cell: Cell | undefined): string {
  const breaks = figures.legend.classes.slice(1).map((entry) => entry.lo);
  return textOf(figures, cell, figures.state.indicator.diverging || figures.state.from !== undefined, breaks);
}

/** The value of one period, also where the map shows differences. */
export function periodText(figures: Figures, cell: Cell | undefined): string {
  return textOf(figures, cell, figures.state.indicator.diverging, []);
}

function textOf({ state, legend }: Figures, cell: Cell | undefined, sign: boolean, breaks: number[]): string {
  if (typeof cell === 'number') return number(cell, state.indicator.decimals, state.lang, sign, breaks);
  return legend.states.find((entry) => entry.state === cell)?.label ?? '';
}

/** What the indicator is, of when, and of whom. */
export function titleOf({ state, legend }: Figures): string {
  const name = pick(state.indicator.name, state.lang, state.indicator.id);
  return `${name}, ${legend.change_label ?? periodName(state.period, state.lang)}`;
}

/** The title, and after it what else is said. A title may end with a full stop by itself: `2014 г.` */
export function titled(figures: Figures, text = figures.legend.summary): string {
  const title = titleOf(figures);
  return `${title}${title.endsWith('.') ? '' : '.'} ${text}`;
}

/** The codes chosen, but for totals. */
export function breakdownOf({ indicator, codes, lang }: Pick<State, 'indicator' | 'codes' | 'lang'>): string {
  const parts = indicator.dimensions.flatMap((dimension) => {
    const code = codes[dimension.id];
    if (code === dimension.total) return [];
    const item = dimension.code_list.items.find((known) => known.code === code);
    return [`${pick(dimension.name, lang, dimension.id)}: ${pick(item?.name, lang, code ?? '')}`];
  });
  return parts.join('; ');
}

/** Value, unit, rank and flags of an area. */
export interface Reading {
  name: string;
  value: string;
  /** Unit, rank and flags; empty where there is no value. */
  details: string;
}

export function readingOf(figures: Figures, row: number): Reading {
  const { state, legend, column } = figures;
  const cell = column.cells[row];
  const value = cellText(figures, cell);
  if (typeof cell !== 'number') return { name: nameOf(figures, row), value, details: '' };
  const { place, last, of } = rank(column.cells, cell);
  const t = texts(state.lang);
  const places = place === last ? t('rank', { place, of }) : t('rank-shared', { place, last, of });
  const details = [legend.unit, places, flagsText(figures, row)];
  return { name: nameOf(figures, row), value, details: details.filter(Boolean).join('; ') };
}

/** What is to be known of a value; empty where there is nothing. */
function flagsText({ column, state }: Figures, row: number): string {
  return flagWords(column.flags.get(row), state.lang, state.from !== undefined);
}

/** Why an area has no value, or what is to be known of its value. */
export function noteOf(figures: Figures, row: number): string {
  const cell = figures.column.cells[row];
  return typeof cell === 'string' ? cellText(figures, cell) : flagsText(figures, row);
}

/** The reading as one sentence. */
export function sentence({ name, value, details }: Reading): string {
  return `${name}: ${value}${details ? `, ${details}` : ''}.`;
}
