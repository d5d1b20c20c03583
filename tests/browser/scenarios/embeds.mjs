// Embeds on a site of another origin: their height, what they may not do, and who may show them (acceptance check 13).

import { createServer } from 'node:http';
import { check, getJson } from '../lib/check.mjs';
import { areasOf, base, crossing, indicators, periodsOf, shot } from '../lib/context.mjs';

/** Bytes of an embed in all. */
const MOST = 150_000;

/** A site of its own origin that serves pages by their path. */
async function site(pages) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, 'http://x').pathname];
    // Chromium asks for an icon by itself.
    response.writeHead(page ? 200 : 204, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page ?? '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://localhost:${server.address().port}` };
}

/** In a frame without an origin no worker starts, and the whole viewer shows the server's drawing. */
async function checkSandboxed(page, address, indicator, faults) {
  faults.length = 0;
  await page.goto(address);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await frame.waitForSelector('#page[aria-busy="false"][data-surface="svg"]', { timeout: 60_000 });
  const origin = await frame.evaluate(() => self.origin);
  check('sandbox: the frame has no origin', origin === 'null', origin);
  const areas = await areasOf(indicator, periodsOf(indicator).at(-1));
  const paths = await frame.locator('#map svg path[data-code]').count();
  check('sandbox: the map has a path for each area', paths >= areas.length && areas.length > 0, `${paths} of ${areas.length}`);
  const box = await frame.locator('#map svg').first().boundingBox();
  check('sandbox: the box of the map is not empty', box.width > 100 && box.height > 50, JSON.stringify(box));
  check('sandbox: the page says why there is no zoom', (await frame.textContent('#messages')).includes('sandbox'));
  check('sandbox: the legend is there', (await frame.locator('#legend-entries li').count()) > 2);
  // Another period is drawn as well.
  await frame.fill('#period', '0');
  await frame.waitForFunction(
    (period) =>
      document.getElementById('title').textContent.includes(period) && document.querySelector('#page[aria-busy="false"]') !== null,
    periodsOf(indicator)[0],
  );
  check('sandbox: another period is drawn', (await frame.locator('#map svg path[data-code]').count()) >= areas.length);
  await page.screenshot({ path: shot('sandboxed') });
  check('sandbox: no breach of policy, no error', faults.length === 0, faults.join('; '));
}

export async function run(browser) {
  const [indicator] = indicators;
  const query = new URLSearchParams({ set: crossing.id, indicator: indicator.id, lang: 'ru' });
  const embed = `${base}/embed?${query}`;
  const frame = (src) => `<iframe src="${src}" title="map" loading="lazy" style="width:100%;height:300px;border:0"></iframe>`;
  const { server, url } = await site({
    '/': `<!doctype html><html lang="ru"><title>Article</title><script>window.got=[];addEventListener('message',(e)=>got.push(e.data))</script>${frame(`${embed}&childId=one`)}<div style="height:6000px"></div>${frame(`${base}/embed?${query}&controls=0`)}<script src="${base}/embed.js"></script>`,
    '/component': `<!doctype html><html lang="ru"><title>Article</title><script type="module" src="${base}/choro-map.js"></script><choro-map src="${embed}" lang="en"><a href="${base}"><img src="${base}/picture.png?${query}&size=wide" alt="map"></a></choro-map>`,
    '/viewer': `<!doctype html><title>x</title>${frame(`${base}/?${query}`)}`,
    '/full': `<!doctype html><title>x</title>${frame(`${base}/embed?${query}&mode=full`)}`,
    '/sandboxed': `<!doctype html><title>x</title>${frame(`${base}/embed?${query}&mode=full`).replace('<iframe', '<iframe sandbox="allow-scripts"')}`,
  });
  const context = await browser.newContext({ viewport: { width: 900, height: 800 } });
  const page = await context.newPage();
  const asked = [];
  const faults = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const sizes = [];
  page.on(
    'requestfinished',
    (request) => request.url().startsWith(base) && sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize)),
  );
  await page.goto(url);
  await page.waitForFunction(() => window.got.length > 1);
  await page.waitForTimeout(500);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  check('embed: below the fold nothing is loaded', !asked.some((address) => address.includes('controls=0')), asked.join());
  check(`embed: at most ${MOST} B`, bytes > 1000 && bytes <= MOST, `${bytes}`);
  console.log(`     an embed: ${bytes} B`);
  const inner = page.frames().find((known) => known.url().includes('/embed'));
  const height = await inner.evaluate(() => Math.ceil(document.getElementById('embed').getBoundingClientRect().height));
  const box = await page.locator('iframe').first().boundingBox();
  check('embed: the frame is as high as its map', Math.abs(box.height - height) <= 1, `${box.height} ${height}`);
  const got = await page.evaluate(() => window.got);
  check(
    'embed: it speaks AMP and pym',
    got.some((m) => m.sentinel === 'amp' && m.type === 'embed-size' && m.height === height) &&
      got.some((m) => m === `pymxPYMxonexPYMxheightxPYMx${height}`),
    JSON.stringify(got),
  );
  await page.screenshot({ path: shot('embed') });
  // A reader points, chooses a period, uses the keyboard.
  const areas = await areasOf(indicator, periodsOf(indicator).at(-1));
  await inner.focus('#map');
  await page.keyboard.press('ArrowRight');
  const read = await inner.textContent('#reading');
  check('embed: the keyboard reads areas', /:/.test(read) && areas.length > 0, read);
  await page.keyboard.press('Enter');
  check(
    'embed: the host hears which area was chosen',
    (await page.evaluate(() => window.got)).some((m) => m.type === 'choro:select' && m.area),
  );
  await inner.selectOption('#period', periodsOf(indicator)[0]);
  await inner.waitForFunction((period) => document.getElementById('title').textContent.includes(`, ${period}`), periodsOf(indicator)[0]);
  check('embed: another period is drawn in place', (await inner.locator('path[data-code]').count()) === areas.length);
  await page.locator('iframe').nth(1).scrollIntoViewIfNeeded();
  const second = await (await page.locator('iframe').nth(1).elementHandle()).contentFrame();
  await second.waitForSelector('#map svg');
  check('embed: without controls there is nothing to choose', (await second.locator('select').count()) === 0);
  const storage = await Promise.all(
    [inner, second].map((known) =>
      known.evaluate(() => {
        // Chromium may deny storage to frames of other sites altogether.
        const length = (kind) => {
          try {
            return window[kind].length;
          } catch {
            return 0;
          }
        };
        return length('localStorage') + length('sessionStorage') + document.cookie.length;
      }),
    ),
  );
  check('embed: no cookie, no storage', (await context.cookies()).length === 0 && storage.every((n) => n === 0), `${storage}`);
  const foreign = asked.filter((address) => ![base, url].includes(new URL(address).origin));
  check('embed: no foreign host', foreign.length === 0, foreign.join());
  check('embed: no breach of policy', faults.length === 0, faults.join('; '));
  // The web component shows its picture until the map is there.
  await page.goto(`${url}/component`);
  await page.waitForSelector('choro-map iframe');
  const upgraded = await page.getAttribute('choro-map iframe', 'src');
  check('embed: the web component becomes a frame in its language', upgraded.includes('lang=en') && upgraded.startsWith(base), upgraded);
  await page.waitForFunction(() => Number.parseInt(document.querySelector('choro-map iframe').style.height, 10) > 520);
  check('embed: the web component has the height of its map', true);
  // The viewer itself may not be framed by others.
  await page.goto(`${url}/viewer`);
  await page.waitForTimeout(800);
  check(
    'embed: the viewer cannot be framed by another site',
    faults.some((text) => text.includes('frame-ancestors')),
    faults.join('; '),
  );
  await page.goto(`${url}/full`);
  const whole = await (await page.waitForSelector('iframe')).contentFrame();
  await whole.waitForSelector('#page[aria-busy="false"] #canvas', { timeout: 60_000 });
  check('embed: the whole viewer can be, on request', (await whole.locator('#legend-entries li').count()) > 2);
  await checkSandboxed(page, `${url}/sandboxed`, indicator, faults);
  await context.close();
  server.close();
  const document = await getJson(base, '/oembed', { url: `${base}/?${query}`, maxwidth: '500' });
  check(
    'embed: oEmbed gives a frame and a picture',
    document.type === 'rich' &&
      document.width === 500 &&
      document.html.includes('/embed?') &&
      document.thumbnail_url.includes('/picture.png'),
  );
  const thumbnail = await fetch(document.thumbnail_url);
  const png = Buffer.from(await thumbnail.arrayBuffer());
  check(
    'embed: the picture has the size that is told',
    thumbnail.ok && png.readUInt32BE(16) === document.thumbnail_width && png.readUInt32BE(20) === document.thumbnail_height,
  );
}
