// The selected area over time; beside it the area above, where their values are of the same kind.

import { flagsOfObservation } from '../state/columns';
import type { Observation, Profile, Relative } from '../state/documents';
import { type Figures, seriesOf } from '../state/figures';
import { selectedPlace } from '../state/queries';
import { comparablePeriods, type State } from '../state/state';
import { h } from '../ui/dom';
import { periodName } from '../words/period-names';
import { flagWords, nameOf, periodText } from '../words/readings';
import { texts } from '../words/texts';
import { chart, type Line, type Point } from './chart';

/** The chart; undefined where there is nothing to draw. */
export async function overTime(figures: Figures, row: number, profile: Profile | undefined): Promise<Node | undefined> {
  const { state, release } = figures;
  const points = pointsOf(figures, comparablePeriods(state), await seriesOf(state, release, selectedPlace(state)));
  if (points.every((point) => point.value === undefined)) return undefined;
  const main: Line = { name: nameOf(figures, row), points };
  const other = await lineAbove(figures, profile?.parents[0]);
  const figure = h('figure', {}, chart(main, other, state.period, wordsOf(main, state)));
  if (other) figure.append(h('figcaption', {}, h('span', { class: 'key' }), main.name, h('span', { class: 'key other' }), other.name));
  return figure;
}

/** A point for each period, with its value as it is, also where the map shows differences. */
export function pointsOf(figures: Figures, periods: readonly string[], observations: readonly Observation[]): Point[] {
  const known = new Map(observations.map((observation) => [observation.period, observation]));
  return periods.map((period) => pointOf(figures, period, known.get(period)));
}

function pointOf(figures: Figures, period: string, observation: Observation | undefined): Point {
  const flags = observation ? flagsOfObservation(observation) : [];
  const value = observation?.value ?? undefined;
  const words = value === undefined ? '' : flagWords(flags, figures.state.lang);
  const text = periodText(figures, value ?? observation?.state ?? 'missing');
  const name = periodName(period, figures.state.lang);
  return { period, name, value, text: words ? `${text}, ${words}` : text, isBreak: flags.includes('B'), isMarked: words !== '' };
}

/** As many points are read one by one. */
const MOST_READ = 40;

/** The line for those who do not see it: each point, or of a long line those that tell most. */
export function wordsOf({ name, points }: Line, { lang }: State): string {
  const text = (point: Point) => `${point.name}: ${point.text}`;
  if (points.length <= MOST_READ) return `${name}. ${points.map(text).join('; ')}`;
  const valued = points.filter((point) => point.value !== undefined).sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const telling = new Set([points[0], points.at(-1), valued[0], valued.at(-1), ...points.filter((point) => point.isBreak)]);
  const t = texts(lang);
  const count = t('long-series', { count: points.length });
  return `${name}. ${count} ${points
    .filter((point) => telling.has(point))
    .map(text)
    .join('; ')}`;
}

/** The line of the area above. Counts of a whole dwarf those of its parts; rates compare. */
async function lineAbove(figures: Figures, parent: Relative | undefined): Promise<Line | undefined> {
  if (!parent || figures.state.indicator.kind === 'count') return undefined;
  return lineOf(figures, parent).catch(() => undefined);
}

async function lineOf(figures: Figures, { set, borders, code, name }: Relative): Promise<Line | undefined> {
  const { state, release } = figures;
  const points = pointsOf(figures, comparablePeriods(state), await seriesOf(state, release, { set, borders, code }));
  return points.some((point) => point.value !== undefined) ? { name, points } : undefined;
}
