// How classes are made: chosen here, computed by the server.

import type { Legend } from '../state/documents';
import { CLASSES, METHODS, SCOPES } from '../state/grammar';
import type { State } from '../state/state';
import { button, h, refill, select } from '../ui/dom';
import { readNumbers, writeNumbers } from '../words/numbers';
import { texts } from '../words/texts';
import { breaksText, type Changes, type Classing, type Method, startOf, USUAL, withChanges } from './classing-choices';

const COUNTS = Array.from({ length: CLASSES.most - CLASSES.least + 1 }, (_, more) => String(CLASSES.least + more));

/** Draws the choices. `choose` gets the classification's whole part of the URL. */
export function drawClassing(box: HTMLElement, state: State, legend: Legend, choose: (classing: Classing) => void): void {
  const t = texts(state.lang);
  const method = (state.classing['method'] ?? USUAL.method) as Method;
  const breaks = legend.classes.slice(1).map((entry) => entry.lo);
  const set = (changes: Changes) => choose(withChanges(state.classing, changes));
  const methods = METHODS.map((key): [string, string] => [key, t(`method-${key}`)]);
  const scopes = SCOPES.map((key): [string, string] => [key, t(`scope-${key}`)]);
  const count = () =>
    select(
      'classes',
      t('class-count'),
      COUNTS.map((n) => [n, n]),
      state.classing['classes'] ?? USUAL.classes,
      (value) => set({ classes: value }),
    );
  refill(
    box,
    select('method', t('method'), methods, method, (value) => set(startOf(value, breaks))),
    h('p', { class: 'note' }, t(`method-note-${method}`)),
    method === 'manual' ? ownBreaks(state, breaks, (list) => set({ breaks: breaksText(list) })) : count(),
    select('scope', t('scope'), scopes, state.classing['scope'] ?? USUAL.scope, (value) => set({ scope: value })),
  );
}

/** A field for breaks, in the numbers of the page's language. */
function ownBreaks(state: State, breaks: number[], set: (breaks: number[]) => void): HTMLElement {
  const t = texts(state.lang);
  const field = h('input', { id: 'breaks-field', type: 'text', inputmode: 'text', value: writeNumbers(breaks, state.lang) });
  const apply = () => {
    const numbers = readNumbers(field.value);
    if (numbers) set(numbers);
    else field.setAttribute('aria-invalid', 'true');
  };
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    apply();
  });
  return h('div', { class: 'field' }, h('label', { for: 'breaks-field' }, t('breaks')), field, button('apply-breaks', t('apply'), apply));
}
