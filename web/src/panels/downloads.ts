// Files of the map's figures.

import { selection } from '../state/queries';
import { MOST_PERIODS, MOST_VALUES } from '../state/grammar';
import { inParts, spansOf } from '../state/spans';
import { periodsOnBorders, sameBorders, type State } from '../state/state';
import { h } from '../ui/dom';
import { texts } from '../words/texts';

/** A file to download. */
export interface DownloadFile {
  text: string;
  address: string;
  /** What it is called where the server does not say it. */
  name: string;
}

export function downloads(state: State, release: string): HTMLElement {
  const links = filesOf(state, release).map(({ text, address, name }) => h('a', { href: address, download: name }, text));
  return h('p', { class: 'downloads' }, `${texts(state.lang)('download')}: `, ...links.flatMap((link) => [link, ' ']));
}

/** All files of a state. */
export function filesOf(state: State, release: string): DownloadFile[] {
  const t = texts(state.lang);
  const set = encodeURIComponent(state.set.id);
  const query = (period: string) => new URLSearchParams([...selection(state, period), ['lang', state.lang], ['release', release]]);
  const table = (text: string, periods: string) => ({ text: `CSV, ${text}`, address: `/values/${set}.csv?${query(periods)}`, name: '' });
  const one = query(state.period);
  return [
    table(t('this-map'), state.period),
    ...tablesOfAll(state).map(({ text, periods }) => table(text, periods)),
    { text: 'GeoJSON', address: `/areas/${set}.geojson?${one}`, name: `${state.set.id}.geojson` },
    { text: 'GeoPackage', address: `/areas/${set}.gpkg?${one}`, name: `${state.set.id}.gpkg` },
    { text: 'QGIS', address: `/areas/${set}.qlr?${one}`, name: `${state.set.id}.qlr` },
  ];
}

/** The tables of all periods on the borders of the map: one, or as many as they need, each named by its periods. */
function tablesOfAll(state: State): { text: string; periods: string }[] {
  const t = texts(state.lang);
  const all = periodsOnBorders(state);
  const areas = state.set.vintages.find((vintage) => vintage.id === state.vintage)?.areas ?? 1;
  const most = Math.max(MOST_PERIODS, Math.floor(MOST_VALUES / Math.max(1, areas)));
  const parts = inParts(all, most).flatMap((part) => inParts(spansOf(part, state.periods), MOST_PERIODS));
  const isWhole = state.periods.every((period) => sameBorders(state, period));
  return parts.map((spans) => {
    const periods = spans.join(',');
    if (parts.length > 1) return { text: `${spans[0]?.split('..')[0]} \u2013 ${spans.at(-1)?.split('..').at(-1)}`, periods };
    return { text: isWhole ? t('all-periods') : t('all-periods-of-borders', { borders: state.vintage }), periods };
  });
}
