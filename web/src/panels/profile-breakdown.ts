// The selected area by each dimension of the indicator: a bar for each code.

import type { Dimension } from '../state/documents';
import type { Cell } from '../state/columns';
import { hasCombination } from '../state/combinations';
import { columnsOf, type Figures } from '../state/figures';
import { h } from '../ui/dom';
import { pick } from '../words/names';
import { flagWords, periodText } from '../words/readings';

/** Headings and bars; none for a map of differences. */
export async function breakdown(figures: Figures, row: number): Promise<Node[]> {
  const { state } = figures;
  if (state.from) return [];
  return (await Promise.all(state.indicator.dimensions.map((dimension) => bars(figures, row, dimension)))).flat();
}

type Item = Dimension['code_list']['items'][number];

async function bars(figures: Figures, row: number, dimension: Dimension): Promise<Node[]> {
  const { indicator, set, period, codes, lang } = figures.state;
  const has = (code: string) => hasCombination(indicator, set.id, period, { ...codes, [dimension.id]: code });
  const items = dimension.code_list.items.filter(({ code }) => code !== dimension.total && has(code));
  const parts = await Promise.all(items.map((item) => partOf(figures, row, dimension, item)));
  const most = Math.max(...parts.map(({ cell }) => sizeOf(cell)));
  if (most === 0 || !Number.isFinite(most)) return [];
  const list = items.map((item, index) => itemBar(figures, pick(item.name, lang, item.code), parts[index] ?? {}, most));
  return [h('h3', {}, pick(dimension.name, lang, dimension.id)), h('ul', { class: 'breakdown' }, ...list)];
}

/** The area's value with another code, and what is to be known of it. */
interface Part {
  cell?: Cell | undefined;
  flags?: string[] | undefined;
}

/** The part of a code; empty where the server has none. */
async function partOf({ state, release }: Figures, row: number, dimension: Dimension, item: Item): Promise<Part> {
  const part = { ...state, codes: { ...state.codes, [dimension.id]: item.code } };
  const columns = await columnsOf(part, release, [state.period]).catch(() => undefined);
  const column = columns?.get(state.period);
  return { cell: column?.cells[row], flags: column?.flags.get(row) };
}

const sizeOf = (cell: Cell | undefined) => (typeof cell === 'number' ? Math.abs(cell) : 0);

function itemBar(figures: Figures, name: string, { cell, flags }: Part, most: number): HTMLElement {
  const known = flagWords(flags, figures.state.lang);
  const bar = h('span', { class: typeof cell === 'number' && cell < 0 ? 'bar minus' : 'bar' });
  bar.style.width = `${(100 * sizeOf(cell)) / most}%`;
  return h(
    'li',
    {},
    h('span', {}, name),
    h('span', { class: 'bars', 'aria-hidden': 'true' }, bar),
    h('span', { class: 'number' }, periodText(figures, cell ?? 'missing')),
    known !== '' && h('span', { class: 'flags' }, known),
  );
}
