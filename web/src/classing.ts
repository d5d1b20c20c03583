// How classes are made: chosen here, computed by the server.

import type { Legend } from './api';
import { button, h, refill, select } from './dom';
import type { State } from './state';
import { texts } from './texts';

/** The usual choices are left out of the URL. */
const USUAL: Record<string, string> = { method: 'quantile', classes: '5', scope: 'all' };
type Method = 'quantile' | 'equal' | 'ckmeans' | 'manual';

/** Draws the choices. `choose` gets the classification's whole part of the URL. */
export function drawClassing(box: HTMLElement, state: State, legend: Legend, choose: (classing: Record<string, string>) => void): void {
  const t = texts(state.lang);
  const method = (state.classing['method'] ?? 'quantile') as Method;
  const inner = legend.classes.slice(1).map((entry) => entry.lo);
  const set = (changes: Record<string, string | undefined>) => {
    const next = { ...state.classing, ...changes };
    choose(
      Object.fromEntries(
        Object.entries(next).filter((pair): pair is [string, string] => pair[1] !== undefined && USUAL[pair[0]] !== pair[1]),
      ),
    );
  };
  const chosen = (value: string) => {
    // Own breaks begin with those on the map, so that there is something to change.
    if (value === 'manual') set({ method: value, breaks: inner.slice(0, 8).join(','), classes: undefined });
    else set({ method: value, breaks: undefined });
  };
  const counts = [3, 4, 5, 6, 7, 8, 9].map((n): [string, string] => [String(n), String(n)]);
  refill(
    box,
    select(
      'method',
      t.method,
      (Object.keys(t.methods) as Method[]).map((key) => [key, t.methods[key]]),
      method,
      chosen,
    ),
    h('p', { class: 'note' }, t.methodNotes[method]),
    method === 'manual'
      ? ownBreaks(state, inner, set)
      : select('classes', t.count, counts, state.classing['classes'] ?? '5', (value) => set({ classes: value })),
    select(
      'scope',
      t.scope,
      [
        ['all', t.scopes.all],
        ['period', t.scopes.period],
      ],
      state.classing['scope'] ?? 'all',
      (value) => set({ scope: value }),
    ),
  );
}

/** A field for breaks, in the numbers of the page's language. */
function ownBreaks(state: State, inner: number[], set: (changes: Record<string, string>) => void): HTMLElement {
  const t = texts(state.lang);
  const written = (value: number) => (state.lang === 'ru' ? String(value).replace('.', ',') : String(value));
  const field = h('input', { id: 'breaks-field', type: 'text', inputmode: 'text', value: inner.map(written).join('; ') });
  const apply = () => {
    const numbers = field.value
      .split(';')
      .map((part) => part.replace(/\s/g, '').replace('\u2212', '-').replace(',', '.'))
      .filter(Boolean);
    if (numbers.length > 0 && numbers.every((part) => Number.isFinite(Number(part)))) set({ breaks: numbers.map(Number).join(',') });
    else field.setAttribute('aria-invalid', 'true');
  };
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    apply();
  });
  return h('div', { class: 'field' }, h('label', { for: 'breaks-field' }, t.breaks), field, button('apply-breaks', t.apply, apply));
}
