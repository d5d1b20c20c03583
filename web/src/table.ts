// The table: the map in words, for everybody.

import { h, refill } from './dom';
import { cellText, nameOf, type Shown, titleOf } from './reading';
import { plain } from './search';
import { texts } from './texts';

type Key = 'code' | 'name' | 'value' | 'state';

export class Table {
  private key: Key = 'code';
  private up = true;
  private filter = '';
  private shown: Shown | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly choose: (code: string | undefined) => void,
  ) {}

  draw(shown: Shown): void {
    this.shown = shown;
    const t = texts(shown.state.lang);
    const field = h('input', {
      id: 'table-filter',
      type: 'search',
      value: this.filter,
      oninput: () => {
        this.filter = field.value;
        this.fill();
      },
    });
    const head = (key: Key, text: string) => {
      const sort = this.key === key ? (this.up ? 'ascending' : 'descending') : 'none';
      return h(
        'th',
        { scope: 'col', 'aria-sort': sort, class: key === 'value' ? 'number' : undefined },
        h('button', { id: `sort-${key}`, type: 'button', title: `${t.sortBy} ${text}`, onclick: () => this.sort(key) }, text),
      );
    };
    refill(
      this.box,
      h(
        'div',
        { class: 'field filter' },
        h('label', { for: 'table-filter' }, t.filter),
        field,
        h('span', { id: 'table-count', role: 'status' }),
      ),
      h(
        'div',
        { id: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': t.table },
        h(
          'table',
          {},
          h('caption', {}, `${titleOf(shown)}. ${shown.legend.summary}`),
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              head('code', t.code),
              head('name', t.area),
              head('value', `${t.value}, ${shown.legend.unit}`),
              head('state', t.state),
            ),
          ),
          h('tbody', { id: 'table-rows' }),
        ),
      ),
    );
    this.fill();
  }

  private sort(key: Key): void {
    // Numbers are most wanted with the highest on top.
    this.up = this.key === key ? !this.up : key !== 'value';
    this.key = key;
    if (this.shown) this.draw(this.shown);
  }

  private fill(): void {
    if (!this.shown) return;
    const shown = this.shown;
    const { areas, state } = shown;
    const asked = plain(this.filter.trim());
    const rows = areas.map((_, row) => row).filter((row) => !asked || plain(`${areas[row]?.code} ${nameOf(shown, row)}`).includes(asked));
    rows.sort((a, b) => this.compare(shown, a, b));
    const body = document.getElementById('table-rows') as HTMLElement;
    refill(body, ...rows.map((row) => this.row(shown, row)));
    (document.getElementById('table-count') as HTMLElement).textContent = texts(state.lang).rows(rows.length, areas.length);
  }

  /** Areas without a value stand last, whichever way the table is sorted. */
  private compare(shown: Shown, a: number, b: number): number {
    const { column, areas, state } = shown;
    const way = this.up ? 1 : -1;
    if (this.key === 'value') {
      const [x, y] = [column.cells[a], column.cells[b]];
      if (typeof x === 'number' && typeof y === 'number') return way * (x - y);
      return Number(typeof x !== 'number') - Number(typeof y !== 'number');
    }
    const text = (row: number) =>
      this.key === 'code' ? (areas[row]?.code ?? '') : this.key === 'name' ? nameOf(shown, row) : noteOf(shown, row);
    return way * text(a).localeCompare(text(b), state.lang);
  }

  private row(shown: Shown, row: number): HTMLElement {
    const { areas, column, state } = shown;
    const code = areas[row]?.code ?? '';
    const cell = column.cells[row];
    const selected = state.area === code;
    return h(
      'tr',
      { 'data-code': code, class: selected ? 'selected' : undefined, onclick: () => this.choose(code) },
      h('td', {}, code),
      h(
        'th',
        { scope: 'row' },
        h('button', { id: `row-${code}`, type: 'button', class: 'link', 'aria-pressed': String(selected) }, nameOf(shown, row)),
      ),
      h('td', { class: 'number' }, typeof cell === 'number' ? cellText(shown, cell) : ''),
      h('td', {}, noteOf(shown, row)),
    );
  }

  /** Brings the selected row into view. */
  reveal(): void {
    this.box.querySelector('tr.selected')?.scrollIntoView({ block: 'nearest' });
  }
}

/** The state of an area without value, or the flag of its value, in words. */
function noteOf(shown: Shown, row: number): string {
  const cell = shown.column.cells[row];
  if (typeof cell === 'string') return cellText(shown, cell);
  const status = shown.column.statuses.get(row);
  return status ? (texts(shown.state.lang).statuses[status] ?? status) : '';
}
