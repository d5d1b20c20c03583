// The tooltip: at the pointer, and at the area that the keyboard is at. Escape takes it away (WCAG 1.4.13).

import { byId, h, refill } from './dom';
import type { Reading } from './reading';

const ROOM = 14;

/** Shows a reading near a point of the window, where there is room for it. */
export function showTooltip({ name, value, details }: Reading, x: number, y: number): void {
  const box = byId('tooltip');
  refill(box, h('b', {}, name), h('span', {}, value), details ? h('small', {}, details) : null);
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const left = x + ROOM + width > innerWidth ? x - ROOM - width : x + ROOM;
  const top = y + ROOM + height > innerHeight ? y - ROOM - height : y + ROOM;
  box.style.left = `${Math.max(4, left)}px`;
  box.style.top = `${Math.max(4, top)}px`;
}

export function hideTooltip(): void {
  byId('tooltip').hidden = true;
}
