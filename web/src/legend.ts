// The legend, as the server gives it.

import type { Legend, LegendEntry, LegendState } from './api';
import { texts } from './texts';
import type { Lang } from './state';

export function drawLegend(legend: Legend, lang: Lang): void {
  const rows = [...legend.classes].reverse().map((entry) => row(entry));
  const zero = legend.zero ? [row(legend.zero)] : [];
  // Zero stands where it belongs: between the arms of a diverging scale, else below the lowest class.
  const below = legend.zero ? legend.classes.filter((entry) => 'hi' in entry && Number(entry.hi) <= 0).length : 0;
  rows.splice(rows.length - below, 0, ...zero);
  const states = legend.states.map((entry) => row(entry, entry));
  states[0]?.classList.add('first-state');
  const list = document.getElementById('legend-entries') as HTMLUListElement;
  list.replaceChildren(...rows, ...states);
  const heading = document.getElementById('legend-title') as HTMLElement;
  heading.textContent = `${texts(lang).legend}, ${legend.unit}`;
  (document.getElementById('legend-scope') as HTMLElement).textContent = legend.scope_label;
}

/** Leaves the legend empty. */
export function clearLegend(): void {
  for (const id of ['legend-title', 'legend-entries', 'legend-scope']) document.getElementById(id)?.replaceChildren();
}

function row(entry: LegendEntry, look?: LegendState): HTMLLIElement {
  const item = document.createElement('li');
  const swatch = document.createElement('span');
  swatch.className = look?.pattern === 'hatch' ? 'swatch hatch' : 'swatch';
  // Set as properties: the page's policy allows no style attributes in markup.
  swatch.style.backgroundColor = entry.colour;
  if (look?.outline) swatch.style.borderColor = look.outline;
  const label = document.createElement('span');
  label.textContent = entry.label;
  item.append(swatch, label);
  return item;
}
