// What is shown: everything that a reader has chosen, resolved against the catalogue.

import type { BoundarySet, Grid, Indicator } from './documents';
import { vintageOf } from './catalog';
import { hasCombination } from './combinations';
import type { FORMS, SHOWS } from './grammar';
import { kindOf } from './periods';

/** The tag of a language that the page speaks (BCP 47), as in `texts/en.ftl`. */
export type Lang = string;
export type Form = (typeof FORMS)[number];
export type Show = (typeof SHOWS)[number];
/** Longitude, latitude, zoom. */
export type At = [number, number, number];

export interface State {
  set: BoundarySet;
  grid: Grid;
  indicator: Indicator;
  /** Vintage of the borders of the period. */
  vintage: string;
  periods: string[];
  period: string;
  /** Earlier period of a map of differences. */
  from: string | undefined;
  /** One code for every dimension of the indicator. */
  codes: Record<string, string>;
  /** Parameters of the classification that differ from the usual. */
  classing: Record<string, string>;
  form: Form;
  /** Code of the selected area. */
  area: string | undefined;
  /** Where the map is; undefined: all of the set. */
  at: At | undefined;
  show: Show;
  lang: Lang;
  /** The release that the address keeps to; undefined: the current one. */
  release: string | undefined;
  /** What the URL held and nobody understands, as `name=value`. */
  strange: string[];
}

/** Whether a period is shown on the borders of the map. */
export function sameBorders(state: State, period: string): boolean {
  return vintageOf(state.indicator, state.set.id, period) === state.vintage;
}

/** Whether colours of areas mislead: they stand for whole numbers or their changes, so large areas look important. */
export function coloursMislead({ indicator }: State): boolean {
  return indicator.kind === 'count';
}

/** Whether the codes of the map have values in another period. */
export function hasSameCodes({ indicator, set, codes }: State, period: string): boolean {
  return hasCombination(indicator, set.id, period, codes);
}

/** The periods on the borders of the map that have values at its codes. */
export function periodsOnBorders(state: State): string[] {
  return state.periods.filter((period) => sameBorders(state, period) && hasSameCodes(state, period));
}

/** The periods whose figures can stand beside those of the map: on the same borders, and as long. */
export function comparablePeriods(state: State): string[] {
  const kind = kindOf(state.period);
  return periodsOnBorders(state).filter((period) => kindOf(period) === kind);
}
