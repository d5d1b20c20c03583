// Finding an indicator: by words, or in the tree of themes.

import type { Catalog, Indicator } from '../state/documents';
import { coversOf, indicatorsOf, setOf } from '../state/catalog';
import { comparePeriods } from '../state/periods';
import type { Lang, State } from '../state/state';
import { combobox, type Option } from '../ui/combobox';
import { h } from '../ui/dom';
import { pick } from '../words/names';
import { periodName } from '../words/period-names';
import { Index } from '../words/search';
import { texts } from '../words/texts';

const MOST = 12;

/** The box that finds an indicator, and the tree of all of them by theme. */
export function indicatorFinder(catalog: Catalog, state: State, choose: (id: string) => void): HTMLElement[] {
  const { lang } = state;
  const t = texts(lang);
  const known = indicatorsOf(catalog);
  const index = new Index(known.map((item) => ({ item, texts: textsOf(item, lang), exact: [...Object.values(item.name), item.id] })));
  const box = combobox({
    id: 'find-indicator',
    label: t('find-indicator'),
    find: (text) => index.find(text, MOST).map((indicator) => optionOf(catalog, indicator, lang)),
    choose,
    count: (count) => t('found', { count }),
    none: t('nothing-found'),
  });
  return [box, tree(catalog, known, state, choose)];
}

/** All texts by which an indicator may be looked for, those of the page's language first. */
function textsOf(indicator: Indicator, lang: Lang): string[] {
  const name = pick(indicator.name, lang, indicator.id);
  const all = [indicator.name, indicator.keywords, indicator.theme, indicator.unit.name];
  return [name, ...all.flatMap((names) => Object.values(names ?? {})), indicator.id.replaceAll('_', ' ')];
}

/** Unit, span of periods and finest level. */
function optionOf(catalog: Catalog, indicator: Indicator, lang: Lang): Option {
  const covers = coversOf(catalog, indicator);
  const periods = covers.flatMap((cover) => cover.periods).sort(comparePeriods);
  const ends = [...new Set([periods[0], periods.at(-1)])].flatMap((period) => (period === undefined ? [] : periodName(period, lang)));
  const span = ends.join(' \u2013 ');
  const sets = covers.flatMap((cover) => setOf(catalog, cover.id) ?? []);
  const finest = [...sets].sort((a, b) => (b.vintages.at(-1)?.areas ?? 0) - (a.vintages.at(-1)?.areas ?? 0))[0];
  const details = [pick(indicator.unit.name, lang, indicator.unit.id), span, pick(finest?.name, lang, finest?.id ?? '')];
  return { id: indicator.id, label: pick(indicator.name, lang, indicator.id), details: details.join('; ') };
}

/** All indicators by theme; the branch of the one shown is open. */
function tree(catalog: Catalog, indicators: Indicator[], state: State, choose: (id: string) => void): HTMLElement {
  const t = texts(state.lang);
  const themes = new Map<string, Indicator[]>();
  for (const indicator of indicators) {
    const theme = pick(indicator.theme, state.lang, t('other-theme'));
    themes.set(theme, [...(themes.get(theme) ?? []), indicator]);
  }
  const item = (indicator: Indicator) => h('li', {}, leaf(catalog, indicator, state, choose));
  const branch = ([theme, found]: [string, Indicator[]]) => {
    const open = found.some((indicator) => indicator.id === state.indicator.id);
    return h('details', { open }, h('summary', {}, `${theme} (${found.length})`), h('ul', {}, ...found.map(item)));
  };
  return h('details', { id: 'themes' }, h('summary', {}, t('indicators-by-theme')), ...[...themes].map(branch));
}

function leaf(catalog: Catalog, indicator: Indicator, { lang, indicator: shown }: State, choose: (id: string) => void): HTMLElement {
  const { label, details } = optionOf(catalog, indicator, lang);
  const current = indicator.id === shown.id ? 'true' : undefined;
  const onclick = () => choose(indicator.id);
  return h('button', { type: 'button', class: 'link', title: details, 'aria-current': current, onclick }, label);
}
