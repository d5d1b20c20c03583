// MapLibre Tiles in MapLibre GL JS, whose decoder is not the one that the Rust tests use: the features of every view are those of
// the Mapbox Vector Tiles, their values those of /values, and the picture is the same to the pixel.

import { readFile } from 'node:fs/promises';
import { check, finish, getJson } from './lib/check.mjs';
import { launch, openPage } from './lib/page.mjs';

const MAPLIBRE = new URL('../../web/node_modules/maplibre-gl/dist/', import.meta.url);
const TYPES = { html: 'text/html', mjs: 'text/javascript', css: 'text/css' };
const PAGE = `<!doctype html><link rel="stylesheet" href="maplibre-gl.css"><style>html, body, #map { margin: 0; height: 100% }</style>
<div id="map"></div><script type="module">import * as maplibre from './maplibre-gl.mjs'; window.maplibre = maplibre;</script>`;
const base = (process.env.CHORO_URL ?? '').replace(/\/$/, '');

/** A page with MapLibre alone, from the server's own address. */
async function bare(browser) {
  const { page, faults } = await openPage(browser, base, 900, 700);
  await page.route(`${base}/bare/*`, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1);
    const body = name === 'index.html' ? PAGE : await readFile(new URL(name, MAPLIBRE));
    await route.fulfill({ body, contentType: TYPES[name.split('.').at(-1)] });
  });
  await page.goto(`${base}/bare/index.html`);
  await page.waitForFunction(() => window.maplibre);
  return { page, faults };
}

/** In the page: draws a style at each camera, and gives the features of each and what went wrong. */
async function features({ style, cameras }) {
  window.shown?.remove();
  const wrong = [];
  const map = new window.maplibre.Map({ container: 'map', style, fadeDuration: 0, attributionControl: false, ...cameras[0] });
  window.shown = map;
  map.on('error', ({ error }) => wrong.push(error.message));
  const seen = [];
  for (const camera of cameras) {
    const idle = new Promise((done) => map.once('idle', done));
    map.jumpTo(camera);
    map.triggerRepaint();
    await idle;
    for (const sourceLayer of ['areas', 'labels']) {
      const found = map.querySourceFeatures('choro', { sourceLayer });
      const plain = found.map(({ id, properties, geometry }) => {
        const sorted = Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
        return JSON.stringify({ sourceLayer, id, properties: sorted, geometry });
      });
      seen.push(...plain.sort());
    }
  }
  return { seen, wrong };
}

const catalog = await getJson(base, '/catalog.json');
const browser = await launch();
const { page, faults } = await bare(browser);
let gaps = 0;
for (const { id: set, bounds, mlt } of catalog.boundary_sets) {
  const covered = (indicator) => indicator.boundary_sets.some((entry) => entry.id === set && entry.periods.length > 0);
  const indicators = catalog.indicators.filter(covered);
  // It has gaps.
  const indicator = indicators.find(({ id }) => id === 'net_migration_rate') ?? indicators[0];
  const period = indicator.boundary_sets.find((entry) => entry.id === set).periods.at(-1);
  const selection = { indicator: indicator.id, period };
  check(`${set}: the catalogue says that it has both`, mlt === true);
  const tilejson = await getJson(base, `/tiles/${set}/WebMercatorQuad.json`, { ...selection, encoding: 'mlt' });
  check(`${set}: TileJSON says encoding mlt`, tilejson.encoding === 'mlt' && tilejson.tiles[0].includes('/{y}.mlt?'), tilejson.tiles[0]);
  const center = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
  const cameras = [0, 1, 2, 3, 4, 5].flatMap((zoom) => [-12, 12].map((by) => ({ center: [center[0] + by, center[1]], zoom })));
  const drawn = {};
  for (const encoding of ['mvt', 'mlt']) {
    const style = await getJson(base, '/styles/choropleth.json', { set, grid: 'WebMercatorQuad', ...selection, encoding });
    check(`${set}: the style says ${encoding}`, style.sources.choro.encoding === (encoding === 'mlt' ? 'mlt' : undefined));
    const { seen, wrong } = await page.evaluate(features, { style, cameras });
    check(`${set} ${encoding}: MapLibre reads all tiles`, wrong.length === 0 && seen.length > 300, `${seen.length}: ${wrong[0]}`);
    drawn[encoding] = { seen, pixels: (await page.screenshot()).toString('base64') };
  }
  const { mvt, mlt: other } = drawn;
  const differs = mvt.seen.findIndex((feature, i) => feature !== other.seen[i]);
  const count = `${mvt.seen.length} features`;
  check(`${set}: ${count} are alike`, mvt.seen.length === other.seen.length && differs < 0, `${mvt.seen[differs]} ${other.seen[differs]}`);
  check(`${set}: the pictures are alike`, mvt.pixels === other.pixels);
  const { areas, values } = await getJson(base, `/values/${set}.json`, selection);
  const value = new Map(areas.map((code, i) => [code, values[0][i]]));
  const stated = other.seen
    .map(JSON.parse)
    .filter(({ sourceLayer }) => sourceLayer === 'areas')
    .map(({ properties }) => properties);
  gaps += stated.filter((properties) => 'state' in properties).length;
  const wrong = stated.filter(
    (properties) => (properties.value ?? null) !== value.get(properties.code) || 'value' in properties === 'state' in properties,
  );
  check(`${set}: values are those of /values, or there is a state`, wrong.length === 0, JSON.stringify(wrong[0]));
}
check('mlt: gaps are among them', gaps > 0);
check('mlt: no console error, no foreign host', faults.length === 0, faults.join('; '));
await browser.close();
finish();
