// Areas by keyboard: a listbox beside the map, whose one option is the area that the reader is at. A list of thousands would be
// no help to those who hear it.

import { h } from './dom';
import { nameOf, readingOf, sentence, type Shown } from './reading';
import { texts } from './texts';

interface KeyEvents {
  /** The reader is at an area, or has left them. */
  point(row: number | undefined): void;
  choose(row: number): void;
}

/** Returns what to call when the page's language may be another: it writes the hint. */
export function areaKeys(box: HTMLElement, current: () => Shown | undefined, events: KeyEvents): () => void {
  const option = h('div', { id: 'area-option', role: 'option', 'aria-selected': 'false' });
  box.append(option);
  let order: number[] = [];
  let at = -1;
  const show = (shown: Shown) => {
    const row = order[at];
    if (row === undefined) return;
    option.textContent = sentence(readingOf(shown, row));
    option.setAttribute('aria-setsize', String(order.length));
    option.setAttribute('aria-posinset', String(at + 1));
    box.setAttribute('aria-activedescendant', option.id);
    events.point(row);
  };
  const hint = () => {
    const { state } = current() ?? {};
    if (!state || box.hasAttribute('aria-activedescendant')) return;
    option.textContent = texts(state.lang).keys;
    box.setAttribute('aria-label', texts(state.lang).keys);
  };
  const leave = () => {
    box.removeAttribute('aria-activedescendant');
    hint();
    events.point(undefined);
  };
  box.addEventListener('focus', () => {
    const shown = current();
    if (!shown) return;
    order = shown.areas.map((_, row) => row).sort((a, b) => nameOf(shown, a).localeCompare(nameOf(shown, b), shown.state.lang));
    at = order.findIndex((row) => shown.areas[row]?.code === shown.state.area);
    if (at >= 0) show(shown);
    else leave();
  });
  box.addEventListener('blur', leave);
  box.addEventListener('keydown', (event) => {
    const shown = current();
    if (!shown || order.length === 0) return;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: order.length - 1,
      PageDown: at + 10,
      PageUp: at - 10,
    };
    const next = steps[event.key];
    if (next !== undefined) {
      at = Math.max(0, Math.min(order.length - 1, next));
      show(shown);
    } else if (event.key === 'Enter' && at >= 0) events.choose(order[at] as number);
    else if (event.key === 'Escape') {
      at = -1;
      leave();
    } else return;
    event.preventDefault();
  });
  return hint;
}
