// Where the selected area leads to: the areas above and below, and other indicators.

import type { Catalog, Observation, Profile, Relative } from '../state/documents';
import { coversOf } from '../state/catalog';
import { flagsOfObservation } from '../state/columns';
import type { State } from '../state/state';
import { h } from '../ui/dom';
import { number } from '../words/numbers';
import { periodName } from '../words/period-names';
import { breakdownOf, flagWords } from '../words/readings';
import { texts } from '../words/texts';

interface Opener {
  open(set: string, code: string): void;
}

/** The way up, and the areas below. What the indicator has no values for leads nowhere. */
export function relatives(profile: Profile, catalog: Catalog, state: State, { open }: Opener): HTMLElement {
  const t = texts(state.lang);
  const covered = new Set(coversOf(catalog, state.indicator).map((cover) => cover.id));
  const link = ({ set, code, name }: Relative) => (covered.has(set) ? textButton(name, () => open(set, code)) : h('span', {}, name));
  const { children } = profile;
  const up = [...profile.parents].reverse().flatMap((parent, index) => [index > 0 ? ' \u203a ' : '', link(parent)]);
  return h(
    'div',
    {},
    up.length > 0 && h('p', { id: 'breadcrumb' }, `${t('lies-in')}: `, ...up),
    children.length > 0 &&
      fold('children', `${t('consists-of')} (${children.length})`, h('ul', {}, ...children.map((child) => h('li', {}, link(child))))),
  );
}

/** The areas below that have no value, where the area's own would be the sum of them; empty where none is lacking. */
export function lacking(series: readonly Observation[], children: readonly Relative[], state: State): string {
  const lacking = series.find((observation) => observation.period === state.period)?.lacking;
  if (lacking === undefined || state.from !== undefined) return '';
  const t = texts(state.lang);
  const named = lacking.first.map((code) => children.find((child) => child.code === code)?.name ?? code).join(', ');
  const more = lacking.count - lacking.first.length;
  return t('sum-lacks', { areas: more > 0 ? t('more-areas', { areas: named, more }) : named });
}

interface Chooser {
  indicator(id: string): void;
}

/** The latest value of each other indicator. */
export function otherIndicators(profile: Profile, catalog: Catalog, state: State, events: Chooser): HTMLElement {
  const t = texts(state.lang);
  const others = profile.indicators.filter((known) => known.id !== state.indicator.id);
  const rows = others.map((known) => {
    const name = textButton(known.name, () => events.indicator(known.id));
    return h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, latestValue(known, catalog, state)));
  });
  const caption = h('caption', { class: 'visually-hidden' }, `${t('other-indicators')}: ${t('latest-value')}`);
  return fold('others', `${t('other-indicators')} (${rows.length})`, h('table', {}, caption, h('tbody', {}, ...rows)));
}

/** The latest value with unit, codes that are no totals, period and flags; an ellipsis where there is none. */
export function latestValue(figures: Profile['indicators'][number], catalog: Catalog, { lang }: State): string {
  const latest = [...figures.observations].reverse().find((observation) => typeof observation.value === 'number');
  if (typeof latest?.value !== 'number') return '\u2026';
  const indicator = catalog.indicators.find((known) => known.id === figures.id);
  const whose = indicator ? breakdownOf({ indicator, codes: figures.selection, lang }) : '';
  const about = [whose, periodName(latest.period, lang), flagWords(flagsOfObservation(latest), lang)].filter(Boolean).join('; ');
  return `${number(latest.value, figures.decimals, lang, indicator?.diverging ?? false)} ${figures.unit} (${about})`;
}

function textButton(text: string, onclick: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'link', onclick }, text);
}

function fold(id: string, summary: string, content: HTMLElement): HTMLElement {
  return h('details', { id }, h('summary', {}, summary), content);
}
