// Areas by keyboard: a listbox beside the map, whose one option is the area that the reader is at. A list of thousands would be
// no help to those who hear it.

import type { Figures } from '../state/figures';
import { h } from '../ui/dom';
import { nameOf, readingOf, sentence } from '../words/readings';
import { texts } from '../words/texts';

interface KeyEvents {
  /** The reader is at an area, or has left them. */
  point(row: number | undefined): void;
  choose(row: number): void;
}

export class AreaKeys {
  private readonly option = h('div', { id: 'area-option', role: 'option', 'aria-selected': 'false' });
  /** The rows by name, and which of them the reader is at; -1: none. */
  private order: number[] = [];
  private at = -1;

  /** `current`: the figures that are on the page. */
  constructor(
    private readonly box: HTMLElement,
    private readonly current: () => Figures | undefined,
    private readonly events: KeyEvents,
  ) {
    box.append(this.option);
    box.addEventListener('focus', () => this.enter());
    box.addEventListener('blur', () => this.leave());
    box.addEventListener('keydown', (event) => this.press(event));
  }

  /** Writes which keys there are, in the language of the page. */
  hint(): void {
    const figures = this.current();
    if (!figures || this.box.hasAttribute('aria-activedescendant')) return;
    const keys = texts(figures.state.lang)('area-keys');
    this.option.textContent = keys;
    this.box.setAttribute('aria-label', keys);
  }

  private enter(): void {
    const figures = this.current();
    if (!figures) return;
    const { areas, state } = figures;
    this.order = areas.map((_, row) => row).sort((a, b) => nameOf(figures, a).localeCompare(nameOf(figures, b), state.lang));
    this.at = this.order.findIndex((row) => areas[row]?.code === state.area);
    if (this.at >= 0) this.show(figures);
    else this.leave();
  }

  private leave(): void {
    this.box.removeAttribute('aria-activedescendant');
    this.hint();
    this.events.point(undefined);
  }

  private press(event: KeyboardEvent): void {
    const figures = this.current();
    const row = this.order[this.at];
    const next = this.target(event.key);
    if (!figures || this.order.length === 0) return;
    if (next !== undefined) {
      this.at = Math.max(0, Math.min(this.order.length - 1, next));
      this.show(figures);
    } else if (event.key === 'Enter' && row !== undefined) this.events.choose(row);
    else if (event.key === 'Escape') {
      this.at = -1;
      this.leave();
    } else return;
    event.preventDefault();
  }

  /** Where a key leads to in the order. */
  private target(key: string): number | undefined {
    if (key === 'ArrowDown' || key === 'ArrowRight') return this.at + 1;
    if (key === 'ArrowUp' || key === 'ArrowLeft') return this.at - 1;
    if (key === 'PageDown') return this.at + 10;
    if (key === 'PageUp') return this.at - 10;
    if (key === 'Home') return 0;
    return key === 'End' ? this.order.length - 1 : undefined;
  }

  private show(figures: Figures): void {
    const row = this.order[this.at];
    if (row === undefined) return;
    this.option.textContent = sentence(readingOf(figures, row));
    this.option.setAttribute('aria-setsize', String(this.order.length));
    this.option.setAttribute('aria-posinset', String(this.at + 1));
    this.box.setAttribute('aria-activedescendant', this.option.id);
    this.events.point(row);
  }
}
