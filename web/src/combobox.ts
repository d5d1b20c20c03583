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
  const list = h('ul', { id: `${options.id}-list`, role: 'listbox', 'aria-label': options.label, hidden: true });
  const status = h('p', { class: 'visually-hidden', role: 'status' });
  const input = h('input', {
    id: options.id,
    type: 'search',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  });
  let hits: Option[] = [];
  let at = -1;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    at = -1;
  };
  const mark = (next: number) => {
    list.children[at]?.setAttribute('aria-selected', 'false');
    at = next;
    const option = list.children[at];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
  };
  const choose = (index: number) => {
    const hit = hits[index];
    if (!hit) return;
    close();
    input.value = '';
    options.choose(hit.id);
  };
  const open = async () => {
    asked += 1;
    const turn = asked;
    const found = await options.find(input.value);
    // An answer to what was typed before is no answer any more.
    if (turn !== asked || document.activeElement !== input) return;
    hits = found;
    at = -1;
    list.replaceChildren(
      ...hits.map((hit, index) =>
        h(
          'li',
          // Not on click: by then the input has lost the focus, and the list is closed.
          {
            id: `${options.id}-${index}`,
            role: 'option',
            'aria-selected': 'false',
            onmousedown: (event: Event) => {
              event.preventDefault();
              choose(index);
            },
          },
          h('span', { class: 'hit' }, hit.label),
          hit.details && h('span', { class: 'details' }, hit.details),
        ),
      ),
    );
    if (hits.length === 0) list.append(h('li', { class: 'none' }, options.none));
    status.textContent = hits.length === 0 ? options.none : options.count(hits.length);
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  input.addEventListener('input', () => void open());
  input.addEventListener('focus', () => void open());
  input.addEventListener('click', () => list.hidden && void open());
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const last = hits.length - 1;
    if (list.hidden && event.key.startsWith('Arrow')) void open();
    else if (event.key === 'ArrowDown') mark(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp') mark(at <= 0 ? last : at - 1);
    else if (event.key === 'Enter') choose(at < 0 ? 0 : at);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  return h('div', { class: 'field combobox' }, h('label', { for: options.id }, options.label), input, list, status);
}
