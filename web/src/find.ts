// Finding an indicator and a place.

import type { Catalog, Indicator } from './api';
import { combobox, type Option } from './combobox';
import { areasOf } from './data';
import { h } from './dom';
import { Index } from './search';
import { coversOf, setOf, type Lang, type State } from './state';
import { pick, texts } from './texts';

const MOST = 12;

/** The box that finds an indicator, and the tree of all of them by theme. */
export function indicatorFinder(catalog: Catalog, state: State, choose: (id: string) => void): HTMLElement[] {
  const { lang } = state;
  const t = texts(lang);
  const known = catalog.indicators.filter((indicator) => coversOf(catalog, indicator).length > 0);
  const index = new Index(known.map((item) => ({ item, texts: textsOf(item, lang) })));
  const box = combobox({
    id: 'find-indicator',
    label: t.findIndicator,
    find: (text) => index.find(text, MOST).map((indicator) => optionOf(catalog, indicator, lang)),
    choose,
    count: t.hits,
    none: t.noHit,
  });
  return [box, tree(catalog, known, state, choose)];
}

/** All texts by which an indicator may be looked for, those of the page's language first. */
function textsOf(indicator: Indicator, lang: Lang): string[] {
  const name = pick(indicator.name, lang, indicator.id);
  const others = [indicator.name, indicator.keywords, indicator.theme, indicator.unit.name].flatMap((names) => Object.values(names ?? {}));
  return [name, ...others, indicator.id.replaceAll('_', ' ')];
}

/** Unit, span of periods and finest level. */
function optionOf(catalog: Catalog, indicator: Indicator, lang: Lang): Option {
  const covers = coversOf(catalog, indicator);
  const periods = covers.flatMap((cover) => cover.periods).sort();
  const span = periods.length > 1 ? `${periods[0]}\u2013${periods.at(-1)}` : (periods[0] ?? '');
  const sets = covers.flatMap((cover) => setOf(catalog, cover.id) ?? []);
  const finest = [...sets].sort((a, b) => (b.vintages.at(-1)?.areas ?? 0) - (a.vintages.at(-1)?.areas ?? 0))[0];
  const details = [pick(indicator.unit.name, lang, indicator.unit.id), span, pick(finest?.name, lang, finest?.id ?? '')];
  return { id: indicator.id, label: pick(indicator.name, lang, indicator.id), details: details.join('; ') };
}

function tree(catalog: Catalog, indicators: Indicator[], state: State, choose: (id: string) => void): HTMLElement {
  const t = texts(state.lang);
  const themes = new Map<string, Indicator[]>();
  for (const indicator of indicators) {
    const theme = pick(indicator.theme, state.lang, t.otherTheme);
    themes.set(theme, [...(themes.get(theme) ?? []), indicator]);
  }
  const item = (indicator: Indicator) => {
    const { label, details } = optionOf(catalog, indicator, state.lang);
    const current = indicator.id === state.indicator.id;
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: 'link',
          title: details,
          'aria-current': current ? 'true' : undefined,
          onclick: () => choose(indicator.id),
        },
        label,
      ),
    );
  };
  const branch = ([theme, found]: [string, Indicator[]]) => {
    const open = found.some((indicator) => indicator.id === state.indicator.id);
    return h('details', { open }, h('summary', {}, `${theme} (${found.length})`), h('ul', {}, ...found.map(item)));
  };
  return h('details', { id: 'themes' }, h('summary', {}, t.themes), ...[...themes].map(branch));
}

/** The box that finds an area in any set that the indicator has values for, by its name in any language or by its code. */
export function placeFinder(catalog: Catalog, state: State, release: string, choose: (set: string, code: string) => void): HTMLElement {
  const t = texts(state.lang);
  let index: Promise<Index<Option>> | undefined;
  const find = async (text: string) => {
    index ??= placesOf(catalog, state, release);
    return (await index).find(text, MOST);
  };
  return combobox({
    id: 'find-place',
    label: t.findPlace,
    find,
    choose: (id) => {
      const at = id.indexOf(' ');
      choose(id.slice(0, at), id.slice(at + 1));
    },
    count: t.hits,
    none: t.noHit,
  });
}

/** All areas; asked for when somebody begins to look for one. */
async function placesOf(catalog: Catalog, state: State, release: string): Promise<Index<Option>> {
  const vintages = new Map(coversOf(catalog, state.indicator).map((cover) => [cover.id, cover.vintage]));
  const sets = [...vintages].map(async ([id, vintage]) => {
    const set = setOf(catalog, id);
    const areas = await areasOf(id, vintage, release);
    const names = new Map(areas.map((area) => [area.code, pick(area.names, state.lang, area.code)]));
    return areas.map((area) => {
      const parent = area.parent && names.get(area.parent);
      const details = [pick(set?.name, state.lang, id), parent, area.code].filter(Boolean).join('; ');
      const item = { id: `${id} ${area.code}`, label: names.get(area.code) ?? area.code, details };
      return { item, texts: [item.label, ...Object.values(area.names), area.code] };
    });
  });
  return new Index((await Promise.all(sets)).flat());
}
