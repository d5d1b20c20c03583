// Measures the page that CHORO_URL serves: one table of what a change of period costs.

import { launch, openPage } from '../../tests/browser/lib/page.mjs';

const base = process.env.CHORO_URL;
const STEPS = 6;

const drawn = async (page, period) => {
  const there = (period) => (!period || window.choro?.state()?.period === period) && document.querySelector('#page[aria-busy="false"]') !== null;
  await page.waitForFunction(there, period, { timeout: 300_000 });
  await page.evaluate(() => window.choro.ready);
};
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const browser = await launch();
const { page } = await openPage(browser, base);
const client = await page.context().newCDPSession(page);
await client.send('Network.enable');
let asked = [];
const open = new Map();
client.on('Network.requestWillBeSent', ({ requestId, request }) => open.set(requestId, new URL(request.url).pathname));
client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => asked.push({ path: open.get(requestId), bytes: encodedDataLength }));

await page.goto(base, { waitUntil: 'commit' });
await page.waitForFunction(() => document.querySelector('#map svg.first-map path'), undefined, { timeout: 300_000 });
const first = asked.reduce((sum, { bytes }) => sum + bytes, 0);
await drawn(page);
const whole = asked.reduce((sum, { bytes }) => sum + bytes, 0);
await page.waitForTimeout(3000);

// The script time of setFeatureState alone, for what a step changes and for as much that changes nothing.
await page.evaluate(() => {
  const map = window.choro.surface().engine;
  const set = map.setFeatureState.bind(map);
  window.spent = 0;
  map.setFeatureState = (target, state) => {
    const start = performance.now();
    set(target, state);
    window.spent += performance.now() - start;
  };
});
const rows = [];
for (let step = 0; step < STEPS; step += 1) {
  asked = [];
  const before = await page.evaluate(() => { window.spent = 0; return { calls: window.choro.counts.featureStates, period: window.choro.state().period }; });
  await page.click('#previous');
  await page.waitForFunction((period) => window.choro.state().period !== period, before.period);
  await drawn(page);
  const after = await page.evaluate(() => ({ calls: window.choro.counts.featureStates, spent: window.spent }));
  const calls = after.calls - before.calls;
  const idle = await page.evaluate((calls) => {
    const map = window.choro.surface().engine;
    window.spent = 0;
    for (let id = 1; id <= calls; id += 1) map.setFeatureState({ source: 'choro', sourceLayer: 'areas', id }, map.getFeatureState({ source: 'choro', sourceLayer: 'areas', id }));
    return window.spent;
  }, calls);
  await page.waitForTimeout(800);
  const geometry = asked.filter(({ path }) => path.startsWith('/tiles') || path.endsWith('.geojson') || path.startsWith('/embed'));
  rows.push({ calls, spent: after.spent, idle, geometry: geometry.length, values: asked.filter(({ path }) => path.startsWith('/values')), all: asked });
}
const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0);
console.log('| what | measured |');
console.log('|---|--:|');
console.log(`| bytes before the first map is on the page | ${first} |`);
console.log(`| bytes until the map is drawn | ${whole} |`);
console.log(`| requests for geometry at a change of period | ${Math.max(...rows.map((row) => row.geometry))} |`);
console.log(`| bytes at a change of period: values / all | ${median(rows.map((row) => sum(row.values)))} / ${median(rows.map((row) => sum(row.all)))} |`);
console.log(`| calls of setFeatureState at a change of period | ${median(rows.map((row) => row.calls))} |`);
console.log(`| their script time against that of as many calls that change nothing | ${(median(rows.map((row) => row.spent)) / median(rows.map((row) => row.idle))).toFixed(2)} (${median(rows.map((row) => row.spent)).toFixed(1)} ms) |`);
await browser.close();
