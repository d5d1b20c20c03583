// The table: the map in words, for everybody.

import type { Figures } from '../state/figures';
import { byId, h, refill } from '../ui/dom';
import { cellText, nameOf, noteOf, titled } from '../words/readings';
import { texts } from '../words/texts';
import { nextOrder, type Order, type SortKey, tableRows } from './table-rows';

export class Table {
  private order: Order = { key: 'code', up: true };
  private filter = '';

  constructor(
    private readonly box: HTMLElement,
    private readonly choose: (code: string) => void,
  ) {}

  draw(figures: Figures): void {
    const t = texts(figures.state.lang);
    const caption = h('caption', {}, titled(figures));
    const table = h('table', {}, caption, this.head(figures), h('tbody', { id: 'table-rows' }));
    refill(
      this.box,
      this.filterField(figures),
      h('div', { id: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': t('table') }, table),
    );
    this.fill(figures);
  }

  private filterField(figures: Figures): HTMLElement {
    const oninput = () => {
      this.filter = field.value;
      this.fill(figures);
    };
    const field = h('input', { id: 'table-filter', type: 'search', value: this.filter, oninput });
    const label = h('label', { for: 'table-filter' }, texts(figures.state.lang)('filter-areas'));
    return h('div', { class: 'field filter' }, label, field, h('span', { id: 'table-count', role: 'status' }));
  }

  private head(figures: Figures): HTMLElement {
    const t = texts(figures.state.lang);
    const cell = (key: SortKey, text: string) => {
      const sort = this.order.key === key ? (this.order.up ? 'ascending' : 'descending') : 'none';
      const onclick = () => {
        this.order = nextOrder(this.order, key);
        this.draw(figures);
      };
      const button = h('button', { id: `sort-${key}`, type: 'button', title: `${t('sort-by')} ${text}`, onclick }, text);
      return h('th', { scope: 'col', 'aria-sort': sort, class: key === 'value' ? 'number' : undefined }, button);
    };
    const value = `${t('column-value')}, ${figures.legend.unit}`;
    return h(
      'thead',
      {},
      h('tr', {}, cell('code', t('column-code')), cell('name', t('column-area')), cell('value', value), cell('state', t('column-note'))),
    );
  }

  private fill(figures: Figures): void {
    const rows = tableRows(figures, this.filter, this.order);
    refill(byId('table-rows'), ...rows.map((row) => this.row(figures, row)));
    byId('table-count').textContent = texts(figures.state.lang)('areas-shown', { shown: rows.length, of: figures.areas.length });
  }

  private row(figures: Figures, row: number): HTMLElement {
    const code = figures.areas[row]?.code ?? '';
    const cell = figures.column.cells[row];
    const selected = figures.state.area === code;
    const name = h('button', { id: `row-${code}`, type: 'button', class: 'link', 'aria-pressed': String(selected) }, nameOf(figures, row));
    return h(
      'tr',
      { 'data-code': code, class: selected ? 'selected' : undefined, onclick: () => this.choose(code) },
      h('td', {}, code),
      h('th', { scope: 'row' }, name),
      h('td', { class: 'number' }, typeof cell === 'number' ? cellText(figures, cell) : ''),
      h('td', {}, noteOf(figures, row)),
    );
  }
}
