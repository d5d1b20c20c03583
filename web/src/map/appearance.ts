// How an area looks: by the server's legend and nothing else, so that map, table, picture and tile never differ.

import type { Legend, LegendClass, LegendState } from '../state/documents';
import type { Cell } from '../state/columns';
import type { Form } from '../state/state';

/** What the map draws for an area. */
export interface Appearance {
  /** Fill of the area. */
  fill: string;
  /** Its state, where it has no value. */
  state: string;
  /** Radius of its circle in CSS pixels; 0: none. */
  radius: number;
  circle: string;
  /** Whether dots say that the value is not to be relied on. */
  dotted: boolean;
}

/** An area under circles. */
const BLANK = '#f7f8f8';

/** Index of the class: `lo <= value < hi`, the last one also its `hi`; what lies outside belongs to the nearest. */
export function classOf(classes: LegendClass[], value: number): number {
  return classes.findIndex((entry, index) => index === classes.length - 1 || value < entry.hi);
}

/** How a cell looks: coloured by its class or state, or as a circle; `dotted`: its value is not to be relied on. */
export function appearanceOf(legend: Legend, form: Form, cell: Cell, dotted = false): Appearance {
  if (typeof cell === 'string') {
    const entry = legend.states.find((known) => known.state === cell);
    return { fill: entry?.colour ?? BLANK, state: cell, radius: 0, circle: BLANK, dotted: false };
  }
  const { symbols } = legend;
  if (form === 'choropleth' || !symbols) return { fill: colourOf(legend, cell), state: '', radius: 0, circle: BLANK, dotted };
  const radius = symbols.max_radius * Math.sqrt(Math.abs(cell) / symbols.max);
  return { fill: BLANK, state: '', radius, circle: cell < 0 ? symbols.negative : symbols.positive, dotted };
}

/** The colour of a value. */
function colourOf(legend: Legend, value: number): string {
  if (value === 0 && legend.zero) return legend.zero.colour;
  return legend.classes[classOf(legend.classes, value)]?.colour ?? BLANK;
}

/** The hatch over a state, where it has one. */
export function patternOf(legend: Legend, state: string): LegendState['pattern'] {
  return legend.states.find((entry) => entry.state === state)?.pattern;
}
