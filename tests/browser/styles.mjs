// Styles against the style specification: each one is valid, and its fill colour gives every value the colour of its legend
// entry. Reads the fixtures that the Rust tests hold equal to what the server makes, and, with CHORO_URL, the styles of a
// running server for every indicator, boundary set and grid.

import { readdirSync, readFileSync } from 'node:fs';
import { createExpression, latest, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { check, finish, getJson } from './lib/check.mjs';
import { colourOf } from './lib/legend.mjs';

const FILL = latest.paint_fill['fill-color'];

/** The colour that the specification's own evaluator gives a feature, as `#rrggbb`. */
function evaluate(expression, properties) {
  const colour = expression.evaluate({ zoom: 3 }, { type: 'Polygon', properties });
  const [r, g, b, a] = colour.rgb;
  const hex = [r, g, b].map((channel) =>
    Math.round(channel * 255)
      .toString(16)
      .padStart(2, '0'),
  );
  return a === 1 ? `#${hex.join('')}` : `#${hex.join('')} with alpha ${a}`;
}

/** Values that try every class, its limits, and what lies beyond them. */
function probes(legend) {
  const limits = legend.classes.flatMap(({ lo, hi }) => [lo, (lo + hi) / 2, hi]);
  const zero = legend.zero ? [0] : [];
  const beyond = limits.length > 0 ? [Math.min(...limits) - 1, Math.max(...limits) + 1] : [];
  return [...limits, ...zero, ...beyond];
}

function examine(name, style, legend) {
  const errors = validateStyleMin(style);
  check(`${name}: valid`, errors.length === 0, errors.map((error) => error.message).join('; '));
  const fill = style.layers.find((layer) => layer.id === 'areas-fill');
  const made = createExpression(fill.paint['fill-color'], 'fill-color', FILL);
  if (!check(`${name}: fill colour is an expression`, made.result === 'success', JSON.stringify(made.value))) return;
  const wrong = [
    ...probes(legend).map((value) => ({ value })),
    ...legend.states.map(({ state }) => ({ state })),
    ...legend.states.map(({ state }) => ({ state, value: undefined })),
  ].filter((properties) => evaluate(made.value, properties) !== colourOf(legend, properties));
  check(`${name}: every value and state has its legend's colour`, wrong.length === 0, JSON.stringify(wrong));
  const none = evaluate(made.value, {});
  const missing = legend.states.find(({ state }) => state === 'missing').colour;
  check(`${name}: no value and no state is missing, not black`, none === missing, `${none} instead of ${missing}`);
}

const folder = new URL('fixtures/', import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { style, legend } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  examine(file, style, legend);
}

const base = process.env.CHORO_URL;
if (base) {
  const catalog = await getJson(base, '/catalog.json');
  for (const indicator of catalog.indicators) {
    for (const { id: set, periods } of indicator.boundary_sets.filter((covered) => covered.periods.length > 0)) {
      const grids = catalog.boundary_sets.find((known) => known.id === set).grids;
      const common = { set, period: periods.at(-1), lang: 'en' };
      const legend = await getJson(base, `/legends/${indicator.id}.json`, common);
      for (const grid of grids) {
        const style = await getJson(base, '/styles/choropleth.json', { ...common, grid, indicator: indicator.id });
        examine(`${indicator.id} ${set} ${grid}`, style, legend);
      }
    }
  }
}

finish();
