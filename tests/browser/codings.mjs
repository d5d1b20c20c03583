// Spliced tiles as a browser inflates them: every tile of every boundary set and grid down to zoom 5, with values that have gaps
// and without values, in both encodings and each content coding, has the bytes that it has without any. Deeper tiles come from the
// same code, and the Rust tests read all of them.

import { createHash } from 'node:crypto';
import { check, finish, getJson } from './lib/check.mjs';
import { launch } from './lib/page.mjs';

const DEEPEST = 5;
const CODINGS = ['gzip', 'br', 'zstd'];
const base = process.env.CHORO_URL;

/** The paths of a set's tiles in a grid that hold something, found from zoom to zoom: below an empty tile nothing lies. */
async function paths(set, grid, encoding, query) {
  const found = [];
  let layer = [[0, 0]];
  for (let z = 0; z <= DEEPEST; z += 1) {
    const full = [];
    for (const [x, y] of layer) {
      const path = `/tiles/${set}/${grid}/${z}/${x}/${y}.${encoding}?${query}`;
      const response = await fetch(new URL(path, base), { headers: { 'accept-encoding': 'identity' } });
      if (response.status !== 200) continue;
      const bytes = new Uint8Array(await response.arrayBuffer());
      found.push({ path, sha256: createHash('sha256').update(bytes).digest('hex') });
      full.push([x, y]);
    }
    layer = full.flatMap(([x, y]) => [
      [2 * x, 2 * y],
      [2 * x + 1, 2 * y],
      [2 * x, 2 * y + 1],
      [2 * x + 1, 2 * y + 1],
    ]);
  }
  return found;
}

/** In the page: fetches each path, and gives its coding and hash. */
async function inPage(paths) {
  const read = async (path) => {
    const response = await fetch(path, { cache: 'no-store' });
    const hash = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
    const sha256 = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { sha256, coding: response.headers.get('content-encoding') };
  };
  const all = [];
  for (let at = 0; at < paths.length; at += 16) all.push(...(await Promise.all(paths.slice(at, at + 16).map(read))));
  return all;
}

const catalog = await getJson(base, '/catalog.json');
const browser = await launch();
const page = await browser.newPage();
// Only the viewer's page may fetch.
await page.goto(base);
for (const { id: set, grids, mlt } of catalog.boundary_sets) {
  const covered = (indicator) => indicator.boundary_sets.some((entry) => entry.id === set && entry.periods.length > 0);
  const indicator = catalog.indicators.find(covered);
  const period = indicator.boundary_sets.find((entry) => entry.id === set).periods.at(-1);
  const selections = [`indicator=${indicator.id}&period=${period}`, ''];
  const variants = (mlt ? ['mvt', 'mlt'] : ['mvt']).flatMap((encoding) => selections.map((query) => ({ encoding, query })));
  for (const grid of grids) {
    for (const { encoding, query } of variants) {
      const tiles = await paths(set, grid, encoding, query);
      for (const coding of CODINGS) {
        await page.setExtraHTTPHeaders({ 'accept-encoding': coding });
        const got = await page.evaluate(
          inPage,
          tiles.map(({ path }) => path),
        );
        const wrong = tiles.filter(({ sha256 }, i) => got[i].sha256 !== sha256).map(({ path }) => path);
        const name = `${set} ${grid} ${encoding} ${query || 'geometry'} in ${coding}`;
        check(`${name}: ${tiles.length} tiles as they are`, tiles.length > 0 && wrong.length === 0, wrong.join(' '));
        const others = got.filter(({ coding: used }) => used !== null && used !== coding);
        const used = got.filter(({ coding: used }) => used === coding).length;
        check(`${name}: ${used} of them compressed`, used > 0 && others.length === 0, JSON.stringify(others[0]));
      }
    }
  }
}
await browser.close();
finish();
