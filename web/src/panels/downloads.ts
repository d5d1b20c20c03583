// Files of the map's figures.

import { selection } from '../state/queries';
import { MOST_PERIODS } from '../state/grammar';
import { periodsOnBorders, type State } from '../state/state';
import { h } from '../ui/dom';
import { texts } from '../words/texts';

export function downloads(state: State, release: string): HTMLElement {
  const t = texts(state.lang);
  const set = encodeURIComponent(state.set.id);
  const query = (period: string) => new URLSearchParams([...selection(state, period), ['lang', state.lang], ['release', release]]);
  const file = (text: string, href: string, name = '') => h('a', { href, download: name }, text);
  const one = query(state.period);
  const all = query(periodsOnBorders(state).slice(-MOST_PERIODS).join(','));
  const links = [
    file(`CSV, ${t('this-map')}`, `/values/${set}.csv?${one}`),
    file(`CSV, ${t('all-periods')}`, `/values/${set}.csv?${all}`),
    file('GeoJSON', `/areas/${set}.geojson?${one}`, `${state.set.id}.geojson`),
    file('GeoPackage', `/areas/${set}.gpkg?${one}`, `${state.set.id}.gpkg`),
    file('QGIS', `/areas/${set}.qlr?${one}`, `${state.set.id}.qlr`),
  ];
  return h('p', { class: 'downloads' }, `${t('download')}: `, ...links.flatMap((link) => [link, ' ']));
}
