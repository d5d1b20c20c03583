// The page in Chromium, and its pixels.

import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // WebGL 2 without a graphics card.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // The pixels of the screen are those of the page.
  '--force-color-profile=srgb',
];

/** Chromium; `more`: further flags. */
export function launch(more = []) {
  return chromium.launch({ executablePath: process.env.CHORO_CHROMIUM ?? '/usr/bin/chromium', args: [...FLAGS, ...more] });
}

/** A new page that writes down what must not happen: console errors, failed scripts, requests to other hosts. */
export async function openPage(browser, base, width = 1440, height = 900, options = {}) {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'en-GB', ...options });
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(base).host) faults.push(`foreign host: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return { page, faults };
}

/** Goes to a state of the page and waits until it is drawn. */
export async function show(page, base, query) {
  await page.goto(`${base}/?${new URLSearchParams(query)}`);
  await drawn(page, query);
}

/** Waits until the page has drawn a state: every key of `query` is as asked. */
export async function drawn(page, query = {}) {
  await page.waitForFunction(
    (query) => {
      const state = window.choro?.state();
      const same = state && Object.entries(query).every(([key, value]) => state[key] === value);
      return same && document.querySelector('#page[aria-busy="false"]') !== null;
    },
    query,
    { timeout: 60_000 },
  );
  await page.evaluate(() => window.choro.ready);
}

/** A picture of the page: `at(x, y)` is the colour of a pixel as `#rrggbb`. */
export async function picture(page, file) {
  const bytes = await page.screenshot(file ? { path: file } : {});
  const { width, data } = PNG.sync.read(bytes);
  const at = (x, y) =>
    `#${data
      .subarray((Math.round(y) * width + Math.round(x)) * 4)
      .subarray(0, 3)
      .toString('hex')}`;
  return { at };
}

/** Where points of the earth lie on the page, in pixels, and whether that is on the map. */
export function project(page, points) {
  return page.evaluate((points) => {
    const box = document.getElementById('map').getBoundingClientRect();
    return points.map((point) => {
      const place = window.choro.project(point);
      const on =
        place &&
        place.x > box.left + 6 &&
        place.y > box.top + 6 &&
        place.x < box.right - 6 &&
        place.y < Math.min(box.bottom, innerHeight) - 6;
      return { x: place?.x, y: place?.y, on: Boolean(on) };
    });
  }, points);
}

/** Moves the camera at once and waits until the place is drawn. */
export async function jump(page, camera) {
  await page.evaluate(
    (camera) =>
      new Promise((done) => {
        const map = window.choro.surface().engine;
        map.once('idle', done);
        map.jumpTo(camera);
        map.triggerRepaint();
      }),
    camera,
  );
}

/** Whether two colours `#rrggbb` differ by at most one step a channel: rounding on the way through the graphics card. */
export function alike(a, b) {
  const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const other = channels(b);
  return channels(a).every((channel, index) => Math.abs(channel - other[index]) <= 1);
}
