// The tooltip: at the pointer, and at the area that the keyboard is at. Escape takes it away (WCAG 1.4.13).

import { byId, h, refill } from './dom';

/** Pixels between the pointer and the tooltip. */
const GAP = 14;
/** Pixels that stay free at the edge of the window. */
const EDGE = 4;

/** What a tooltip says, a line each; no details, no line. */
export interface Lines {
  name: string;
  value: string;
  details: string;
}

/** Shows lines near a point of the window, where there is room for them. */
export function showTooltip({ name, value, details }: Lines, x: number, y: number): void {
  const box = byId('tooltip');
  refill(box, h('b', {}, name), h('span', {}, value), details ? h('small', {}, details) : null);
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${beside(x, width, innerWidth)}px`;
  box.style.top = `${beside(y, height, innerHeight)}px`;
}

/** After the point, or before it where the window ends. */
function beside(at: number, size: number, window: number): number {
  return Math.max(EDGE, at + GAP + size > window ? at - GAP - size : at + GAP);
}

export function hideTooltip(): void {
  byId('tooltip').hidden = true;
}
