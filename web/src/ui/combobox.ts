// A box to find something in a long list: the combobox pattern of ARIA (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).

import { h } from './dom';

export interface Option {
  id: string;
  label: string;
  /** A second, smaller line. */
  details: string;
}

interface ComboboxOptions {
  id: string;
  label: string;
  /** Hits for what was typed, the best first; may take a while. */
  find(text: string): Promise<Option[]> | Option[];
  choose(id: string): void;
  /** How many were found, for those who do not see the list. */
  count(n: number): string;
  none: string;
}

export function combobox(options: ComboboxOptions): HTMLElement {
  return new Combobox(options).element;
}

class Combobox {
  readonly element: HTMLElement;
  private readonly list: HTMLUListElement;
  private readonly status = h('p', { class: 'visually-hidden', role: 'status' });
  private readonly input: HTMLInputElement;
  private hits: Option[] = [];
  /** The option that the keyboard is at; -1: none. */
  private at = -1;
  private asked = 0;

  constructor(private readonly options: ComboboxOptions) {
    const { id, label } = options;
    this.list = h('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': label, hidden: true });
    this.input = inputOf(id, this.list.id);
    this.element = h('div', { class: 'field combobox' }, h('label', { for: id }, label), this.input, this.list, this.status);
    this.input.addEventListener('input', () => void this.open());
    this.input.addEventListener('focus', () => void this.open());
    this.input.addEventListener('click', () => this.list.hidden && void this.open());
    this.input.addEventListener('blur', () => this.close());
    this.input.addEventListener('keydown', (event) => this.press(event));
  }

  private async open(): Promise<void> {
    this.asked += 1;
    const turn = this.asked;
    const found = await this.options.find(this.input.value);
    // An answer to what was typed before is no answer any more.
    if (turn !== this.asked || document.activeElement !== this.input) return;
    this.hits = found;
    this.at = -1;
    this.fill();
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
  }

  private fill(): void {
    const { count, none } = this.options;
    this.list.replaceChildren(...this.hits.map((hit, index) => this.optionOf(hit, index)));
    if (this.hits.length === 0) this.list.append(h('li', { class: 'none' }, none));
    this.status.textContent = this.hits.length === 0 ? none : count(this.hits.length);
  }

  private optionOf({ label, details }: Option, index: number): HTMLElement {
    // Not on click: by then the input has lost the focus, and the list is closed.
    const onmousedown = (event: Event) => {
      event.preventDefault();
      this.choose(index);
    };
    const id = `${this.options.id}-${index}`;
    const lines = [h('span', { class: 'hit' }, label), details && h('span', { class: 'details' }, details)];
    return h('li', { id, role: 'option', 'aria-selected': 'false', onmousedown }, ...lines);
  }

  private press(event: KeyboardEvent): void {
    const last = this.hits.length - 1;
    if (this.list.hidden && event.key.startsWith('Arrow')) void this.open();
    else if (event.key === 'ArrowDown') this.mark(this.at >= last ? 0 : this.at + 1);
    else if (event.key === 'ArrowUp') this.mark(this.at <= 0 ? last : this.at - 1);
    else if (event.key === 'Enter') this.choose(this.at < 0 ? 0 : this.at);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
  }

  private mark(next: number): void {
    this.list.children[this.at]?.setAttribute('aria-selected', 'false');
    this.at = next;
    const option = this.list.children[next];
    if (!option) return;
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', option.id);
  }

  private choose(index: number): void {
    const hit = this.hits[index];
    if (!hit) return;
    this.close();
    this.input.value = '';
    this.options.choose(hit.id);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.at = -1;
  }
}

function inputOf(id: string, list: string): HTMLInputElement {
  return h('input', {
    id,
    type: 'search',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list,
  });
}
