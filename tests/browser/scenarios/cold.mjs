// The first map on a slow line (acceptance check 1). Times are printed; bytes and order are checked.

import { check } from '../lib/check.mjs';
import { base, crossing, indicators, shot } from '../lib/context.mjs';
import { drawn, openPage } from '../lib/page.mjs';

/** Bytes that may be loaded before the first map stands. */
const FIRST = 150_000;
/** Brotli bytes of all of the page: its files, worker and late imports included. */
const WHOLE = 450_000;

export async function run(browser) {
  const { page } = await openPage(browser, base);
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 200_000,
  });
  const loaded = new Map();
  let received = 0;
  let atFirst;
  client.on('Network.requestWillBeSent', ({ requestId, request }) =>
    loaded.set(requestId, { url: new URL(request.url).pathname, bytes: 0 }),
  );
  client.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    received += encodedDataLength;
    if (loaded.has(requestId)) loaded.get(requestId).bytes += encodedDataLength;
  });
  await page.goto(`${base}/?${new URLSearchParams({ set: crossing.id, indicator: indicators[0].id, lang: 'ru' })}`, {
    waitUntil: 'commit',
  });
  await page.waitForFunction(
    () => document.querySelector('#map svg.first-map path') && performance.getEntriesByName('first-contentful-paint').length > 0,
    undefined,
    { timeout: 30_000 },
  );
  atFirst = received;
  check(`cold: at most ${FIRST} B before the first map`, atFirst <= FIRST, `${atFirst}`);
  await page.screenshot({ path: shot('cold-first') });
  await drawn(page, {});
  // By the browser's own clock: this process may look late.
  const engine = await page.evaluate(() => {
    const files = performance.getEntriesByType('resource').filter(({ name }) => /\/map-|worker/.test(new URL(name).pathname));
    const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
    return { paint, bytes: Math.min(...files.map(({ responseStart }) => responseStart)), files: files.length };
  });
  check(
    'cold: the map of the server is painted before any byte of MapLibre',
    engine.files > 0 && engine.paint < engine.bytes,
    JSON.stringify(engine),
  );
  const lcp = await page.evaluate(
    () =>
      new Promise((done) =>
        new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        }),
      ),
  );
  const assets = [...loaded.values()].filter(({ url }) => url.startsWith('/assets/'));
  const whole = assets.reduce((sum, { bytes }) => sum + bytes, 0);
  check(
    `cold: scripts, worker and styles take at most ${WHOLE} B`,
    whole > 100_000 && whole <= WHOLE,
    assets.map(({ url, bytes }) => `${url} ${bytes}`).join(', '),
  );
  const fcp = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  const ready = await page.evaluate(() => performance.now());
  console.log(
    `     1.6 Mbit/s, 150 ms: ${atFirst} B before the first map, first paint after ${fcp.toFixed(0)} ms, largest after ${lcp.toFixed(0)} ms, ready after ${ready.toFixed(0)} ms, ${received} B in all`,
  );
  await page.close();
}
