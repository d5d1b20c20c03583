// What the scenarios share: the server, its catalogue, and areas with what they should look like.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { getJson } from './check.mjs';
import { innerPoint, polygonsOf } from './geometry.mjs';
import { colourOf } from './legend.mjs';

export const base = (process.env.CHORO_URL ?? '').replace(/\/$/, '');
if (!base) throw new Error('CHORO_URL is not set: it names the server, e.g. http://127.0.0.1:8080');
const shots = process.env.CHORO_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
/** Where a picture goes; undefined: nowhere. */
export const shot = (name) => (shots ? join(shots, `${name}.png`) : undefined);

/** How many areas are looked at in each picture. */
export const AREAS = 10;

export const catalog = await getJson(base, '/catalog.json');
/** The set across 180 degrees. */
export const crossing = catalog.boundary_sets.find((set) => set.bounds[2] > 180) ?? catalog.boundary_sets[0];
const shown = catalog.indicators.filter(
  (i) => i.kind !== 'count' && i.boundary_sets.some((s) => s.id === crossing.id && s.periods.length > 0),
);
/** One of each kind: a scale that diverges and one that does not. */
export const indicators = [true, false].flatMap((diverging) => shown.filter((i) => i.diverging === diverging).slice(0, 1));
/** A count, which opens as circles. */
export const counted = catalog.indicators.find(
  (i) => i.kind === 'count' && i.boundary_sets.some((s) => s.id === crossing.id && s.periods.length > 0),
);

export const periodsOf = (indicator) => indicator.boundary_sets.find((set) => set.id === crossing.id).periods;

/** The legend of a selection. */
export const legendOf = (indicator, period, more = {}) =>
  getJson(base, `/legends/${indicator.id}.json`, { set: crossing.id, period, lang: 'en', ...more });

/** The areas of a selection with value or state, colour by the legend, and a point well inside. */
export async function areasOf(indicator, period, more = {}) {
  const { features } = await getJson(base, `/areas/${crossing.id}.geojson`, { indicator: indicator.id, period });
  const legend = await legendOf(indicator, period, more);
  return features
    .filter((feature) => feature.geometry)
    .map((feature) => {
      const polygons = polygonsOf(feature, crossing.bounds[0]);
      const { code, name, value, state } = feature.properties;
      const hatched = legend.states.some((entry) => entry.state === state && entry.pattern);
      return { code, name, value, state, hatched, colour: colourOf(legend, { value, state }), polygons, ...innerPoint(polygons) };
    })
    .filter((area) => area.point);
}

/** The roomiest areas, one of every look first. */
export function choose(areas, count = AREAS) {
  const roomy = areas.filter((area) => !area.hatched).sort((a, b) => b.clear - a.clear);
  const first = roomy.filter((area, index) => roomy.findIndex((other) => other.colour === area.colour) === index && area.clear > 0.3);
  return [...new Set([...first, ...roomy])].slice(0, count);
}
