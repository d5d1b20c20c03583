// Pointing at an area, on the map or by keyboard: it is marked everywhere, and read out.

import { markLegend } from '../panels/legend';
import { selectedRow } from '../state/figures';
import { byId, h, refill } from '../ui/dom';
import { hideTooltip, showTooltip } from '../ui/tooltip';
import { readingOf } from '../words/readings';
import { texts } from '../words/texts';
import type { PageStore } from './page';

/** Marks an area on the map and in the legend, and reads it out; none: the selected one. */
export function mark(store: PageStore, row: number | undefined): void {
  const { figures, state, surface } = store.get();
  if (!figures || !state) return;
  const code = row === undefined ? undefined : figures.areas[row]?.code;
  const selected = selectedRow(figures, state);
  surface?.highlight(code === undefined ? [] : [code]);
  markLegend(figures, row, selected);
  const told = row ?? selected;
  if (told === undefined) return refill(byId('reading'), texts(state.lang)('point-at-area'));
  const { name, value, details } = readingOf(figures, told);
  refill(byId('reading'), h('b', {}, value), ` ${name}${details ? `; ${details}` : ''}`);
}

/** The pointer is on an area of the map. */
export function pointAtCode(store: PageStore, code: string | undefined, x: number, y: number): void {
  const row = code === undefined ? undefined : store.get().figures?.rows.get(code);
  mark(store, row);
  tell(store, row, { x, y });
}

/** The keyboard is at an area. */
export function pointAtRow(store: PageStore, row: number | undefined): void {
  const { figures, surface } = store.get();
  mark(store, row);
  const label = row === undefined ? undefined : figures?.areas[row]?.label;
  tell(store, row, label && surface?.project(label));
}

/** The tooltip of an area at a point of the window. */
function tell(store: PageStore, row: number | undefined, at: { x: number; y: number } | undefined): void {
  const { figures } = store.get();
  if (figures && row !== undefined && at) showTooltip(readingOf(figures, row), at.x, at.y);
  else hideTooltip();
}
