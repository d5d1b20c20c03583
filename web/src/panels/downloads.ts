// Files of the map's figures.

import type { Limits } from '../state/documents';
import { lastPeriods } from '../state/limits';
import { selection } from '../state/queries';
import { periodsOnBorders, type State } from '../state/state';
import { h } from '../ui/dom';
import { texts } from '../words/texts';

/** `limits`: a file holds as many of the last periods as one request may name, and says so where these are not all. */
export function downloads(state: State, release: string, limits: Limits): HTMLElement {
  const t = texts(state.lang);
  const set = encodeURIComponent(state.set.id);
  const query = (period: string) => new URLSearchParams([...selection(state, period), ['lang', state.lang], ['release', release]]);
  const file = (text: string, href: string, name = '') => h('a', { href, download: name }, text);
  const one = query(state.period);
  const table = (periods: string[]) => `/values/${set}.csv?${query(periods.join(','))}`;
  const periods = periodsOnBorders(state);
  const last = lastPeriods(periods, limits, table);
  const several = last.length < periods.length ? t('last-periods', { count: last.length }) : t('all-periods');
  const links = [
    file(`CSV, ${t('this-map')}`, `/values/${set}.csv?${one}`),
    file(`CSV, ${several}`, table(last)),
    file('GeoJSON', `/areas/${set}.geojson?${one}`, `${state.set.id}.geojson`),
    file('GeoPackage', `/areas/${set}.gpkg?${one}`, `${state.set.id}.gpkg`),
    file('QGIS', `/areas/${set}.qlr?${one}`, `${state.set.id}.qlr`),
  ];
  return h('p', { class: 'downloads' }, `${t('download')}: `, ...links.flatMap((link) => [link, ' ']));
}
