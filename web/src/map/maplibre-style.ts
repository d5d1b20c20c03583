// The style of MapLibre: geometry alone in the tiles, and all that depends on values in the state of features. Another period
// then asks for no tile and lays out nothing.

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { LegendState, TileJson } from '../state/documents';
import type { Lang } from '../state/state';

export const SOURCE = 'choro';
export const AREAS = 'areas';
export const LABELS = 'labels';

/** Id of a state's hatch. */
export const hatchId = (state: string): string => `choro-${state}`;

/** Id of the dots over values that are not to be relied on. */
export const DOTS = 'choro-dots';

const own = (name: string): ExpressionSpecification => ['feature-state', name];
/** 1 where a feature's state holds, else 0: patterns and dashes cannot be chosen by feature, their opacity can. */
const where = (name: string, value: string | boolean): ExpressionSpecification => ['case', ['==', own(name), value], 1, 0];

/** The style of a set's tiles. `projection`: its name, where it is not Web Mercator. */
export function styleOf(tiles: TileJson, projection: string | undefined, states: LegendState[], lang: Lang): StyleSpecification {
  return {
    version: 8,
    ...(projection ? { projection: { type: projection } as unknown as NonNullable<StyleSpecification['projection']> } : {}),
    sources: { [SOURCE]: { type: 'vector', tiles: tiles.tiles, minzoom: tiles.minzoom, maxzoom: tiles.maxzoom } },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': '#eaf0f3' } },
      area('fill', { 'fill-color': ['to-color', ['coalesce', own('fill'), '#f7f8f8']] }),
      ...states
        .filter((entry) => entry.pattern)
        .map((entry) =>
          area(`hatch-${entry.state}`, { 'fill-pattern': hatchId(entry.state), 'fill-opacity': where('state', entry.state) }),
        ),
      area('dots', { 'fill-pattern': DOTS, 'fill-opacity': where('dotted', true) }),
      line('border', {
        'line-color': '#3d4650',
        'line-opacity': 0.6,
        'line-width': ['interpolate', ['linear'], ['zoom'], 1, 0.3, 4, 0.7, 8, 1.5],
      }),
      line('invalid', { 'line-color': '#7a7a7a', 'line-width': 1.5, 'line-dasharray': [1, 2], 'line-opacity': where('state', 'invalid') }),
      line('pointed', { 'line-color': '#000000', 'line-width': 2, 'line-opacity': where('pointed', true) }),
      // Two lines, so that the selected area stands out from light and from dark neighbours.
      line('selected-ground', { 'line-color': '#ffffff', 'line-width': 5, 'line-opacity': where('selected', true) }),
      line('selected', { 'line-color': '#000000', 'line-width': 2.5, 'line-opacity': where('selected', true) }),
      circles(),
      names(lang),
    ],
  };
}

function area(id: string, paint: Extract<LayerSpecification, { type: 'fill' }>['paint']): LayerSpecification {
  return { id: `areas-${id}`, type: 'fill', source: SOURCE, 'source-layer': AREAS, paint: paint ?? {} };
}

function line(id: string, paint: Extract<LayerSpecification, { type: 'line' }>['paint']): LayerSpecification {
  return { id: `areas-${id}`, type: 'line', source: SOURCE, 'source-layer': AREAS, layout: { 'line-join': 'round' }, paint: paint ?? {} };
}

function circles(): LayerSpecification {
  return {
    id: 'symbols',
    type: 'circle',
    source: SOURCE,
    'source-layer': LABELS,
    paint: {
      'circle-radius': ['coalesce', own('radius'), 0],
      'circle-color': ['to-color', ['coalesce', own('circle'), '#f7f8f8']],
      'circle-opacity': 0.75,
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': ['case', ['>', ['coalesce', own('radius'), 0], 0], 0.8, 0],
    },
  };
}

/** Names from where they no longer crowd; without glyphs of our own the browser's fonts write them, Cyrillic too. */
function names(lang: Lang): LayerSpecification {
  return {
    id: 'names',
    type: 'symbol',
    source: SOURCE,
    'source-layer': LABELS,
    minzoom: 3,
    layout: {
      'text-field': ['coalesce', ['get', `name_${lang}`], ['get', 'name']],
      'text-size': 12,
      'text-max-width': 8,
      'text-padding': 6,
    },
    paint: { 'text-color': '#1d2329', 'text-halo-color': '#ffffff', 'text-halo-width': 1.4 },
  };
}
