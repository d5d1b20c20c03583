// Every set of a server in each of its grids, as MapLibre GL JS draws it: areas lie on the map where the projection puts them, in the
// colours of their classes. CHORO_URL names the server, whose areas are rectangles.

import { check, finish, getJson } from './lib/check.mjs';
import { base, catalog, shot } from './lib/context.mjs';
import { colourOf } from './lib/legend.mjs';
import { alike, launch, openPage, picture, project, show } from './lib/page.mjs';

/** How many areas of a set are looked at. */
const LOOKED = 12;

/** Takes the names off the map, which would cover small areas. */
function withoutNames(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        const map = window.choro.surface().engine;
        map.once('idle', done);
        for (const layer of map.getStyle().layers.filter(({ type }) => type === 'symbol')) {
          map.setLayoutProperty(layer.id, 'visibility', 'none');
        }
        map.triggerRepaint();
      }),
  );
}

/** The middle of a rectangle, or of the first of several. */
function middleOf({ type, coordinates }) {
  const [ring] = type === 'Polygon' ? coordinates : coordinates[0];
  const middle = (axis) => (Math.min(...ring.map((p) => p[axis])) + Math.max(...ring.map((p) => p[axis]))) / 2;
  return [middle(0), middle(1)];
}

/** Areas from all parts of a set, each with its colour and a point inside. */
async function areasOf(set, indicator, period) {
  const { features } = await getJson(base, `/areas/${set.id}.geojson`, { indicator: indicator.id, period });
  const legend = await getJson(base, `/legends/${indicator.id}.json`, { set: set.id, period, lang: 'en' });
  const step = Math.max(1, Math.floor(features.length / LOOKED));
  return features
    .filter((_, index) => index % step === 0 || index === features.length - 1)
    .map((feature) => ({
      code: feature.properties.code,
      colour: colourOf(legend, feature.properties),
      point: middleOf(feature.geometry),
    }));
}

async function look(browser, set, grid) {
  const indicator = catalog.indicators.find((known) => known.boundary_sets.some((s) => s.id === set.id));
  const period = indicator.boundary_sets.find((s) => s.id === set.id).periods.at(-1);
  const areas = await areasOf(set, indicator, period);
  const { page, faults } = await openPage(browser, base);
  await show(page, base, { set: set.id, grid, indicator: indicator.id, period, kind: 'choropleth', lang: 'en' });
  await withoutNames(page);
  // A place across 180 degrees has two longitudes, of which one is in view.
  const turns = [-360, 0, 360];
  const places = await project(
    page,
    areas.flatMap(({ point: [lon, lat] }) => turns.map((turn) => [lon + turn, lat])),
  );
  const { at } = await picture(page, shot(`grid-${set.id}-${grid}`));
  const wrong = areas.filter((area, index) => {
    const own = places.slice(index * turns.length, (index + 1) * turns.length);
    const place = own.find(({ on }) => on);
    return !place || !alike(at(place.x, place.y), area.colour);
  });
  const said = wrong.map((area) => `${area.code} at ${area.point}`).join(', ');
  check(`${set.id} in ${grid}: ${areas.length} areas are on the map in their colours`, wrong.length === 0, said);
  check(`${set.id} in ${grid}: no error`, faults.length === 0, faults.join('; '));
  await page.close();
}

const browser = await launch();
for (const set of catalog.boundary_sets) {
  for (const grid of set.grids) await look(browser, set, grid);
}
await browser.close();
finish();
