// The URL is the state (acceptance check 8).

import { PNG } from 'pngjs';
import { check } from '../lib/check.mjs';
import { base, counted, crossing, indicators, periodsOf, shot } from '../lib/context.mjs';
import { drawn, openPage, show } from '../lib/page.mjs';

/** The part of pixels of the map that differ. */
function differing(a, b) {
  const [x, y] = [PNG.sync.read(a), PNG.sync.read(b)];
  let count = 0;
  for (let i = 0; i < x.data.length; i += 4) if ([0, 1, 2].some((c) => Math.abs(x.data[i + c] - y.data[i + c]) > 2)) count += 1;
  return x.data.length === y.data.length ? count / (x.data.length / 4) : 1;
}

/** What a reader chose is in the link, and the link shows it to another one. */
async function checkRoundTrip(browser) {
  const { page } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, indicator: indicators[0].id, lang: 'en' });
  const indicator = indicators[1];
  const period = periodsOf(indicator)[2];
  await page.fill('#find-indicator', indicator.name.en);
  await page.waitForSelector('#find-indicator-list:not([hidden]) [role=option]');
  await page.keyboard.press('Enter');
  await drawn(page, { indicator: indicator.id });
  await page.fill('#period', '2');
  await drawn(page, { period });
  await page.selectOption('#dimension-sex', 'F');
  await drawn(page, { sex: 'F' });
  await page.locator('#classing-box summary').click();
  await page.selectOption('#method', 'ckmeans');
  await drawn(page, { method: 'ckmeans' });
  await page.selectOption('#classes', '4');
  await drawn(page, { classes: '4' });
  await page.selectOption('#grid', 'WebMercatorQuad');
  await drawn(page, { grid: 'WebMercatorQuad' });
  await page.selectOption('#lang', 'ru');
  await drawn(page, { lang: 'ru' });
  await page.click('#show-table');
  await drawn(page, { show: 'table' });
  await page.click('#show-map');
  await drawn(page, { lang: 'ru' });
  await page.fill('#find-place', 'RU-SA');
  await page.waitForSelector('#find-place-list:not([hidden]) [role=option]');
  await page.keyboard.press('Enter');
  await drawn(page, { area: 'RU-SA' });
  // The map moves to the place; the link holds where it came to rest when a hand moved it.
  await page.waitForTimeout(1000);
  await page.click('#whole');
  await page.waitForTimeout(1000);
  await drawn(page, {});
  const state = await page.evaluate(() => window.choro.state());
  const picture = await page.locator('#map').screenshot();
  const other = await openPage(browser, base);
  await other.page.goto(page.url());
  await drawn(other.page, state);
  const copied = await other.page.evaluate(() => window.choro.state());
  check('links: the link means the same state', JSON.stringify(copied) === JSON.stringify(state), JSON.stringify([state, copied]));
  const share = differing(picture, await other.page.locator('#map').screenshot({ path: shot('links') }));
  check('links: and the same picture', share < 0.005, `${(share * 100).toFixed(2)} % of the pixels differ`);
  await page.goBack();
  await page.goBack();
  await drawn(page, { indicator: indicator.id });
  const back = await page.evaluate(() => window.choro.state());
  check('links: back goes back', back.area === undefined, JSON.stringify(back));
  await page.goForward();
  await drawn(page, { area: 'RU-SA' });
  check('links: forward goes forward', true);
  await page.close();
  await other.page.close();
}

/** Mistakes are told, and never give a blank page. */
async function checkMistakes(browser) {
  for (const [query, told] of [
    ['indicator=nonsense', 'indicator=nonsense'],
    ['set=x&grid=y&period=1', 'set=x'],
    ['classes=99&method=pie', 'method=pie'],
    ['method=manual', 'method=manual'],
    ['at=1,2', 'at=1,2'],
    ['at=NaN,91,3', 'at=NaN,91,3'],
    ['kind=pie&show=everything&lang=xx', 'kind=pie'],
    ['area=nowhere', 'area=nowhere'],
    ['%3Cimg src=x onerror=alert(1)%3E=1', '<img src'],
    ['indicator=%E0%A4%A', 'indicator='],
    ['from=2030', 'from=2030'],
    ['release=2020-01-01-000000000000', 'release=2020-01-01-000000000000'],
  ]) {
    const { page, faults } = await openPage(browser, base);
    const answer = await page.goto(`${base}/?${query}`);
    await drawn(page, {});
    const messages = await page.textContent('#messages');
    check(`mistakes: ${query} is told`, answer.status() === 200 && messages.includes(told), messages);
    // A release that is gone is asked for before it is known to be.
    const wrong = faults.filter((fault) => !fault.includes('410 (Gone)'));
    check(
      `mistakes: ${query} shows a map all the same`,
      (await page.locator('#legend-entries li').count()) > 2 && (await page.locator('#map canvas').count()) === 1 && wrong.length === 0,
      wrong.join('; '),
    );
    await page.close();
  }
}

/** The link of a map moved by hand leads to the same place. */
async function checkPlace(browser) {
  const { page } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, indicator: counted.id, lang: 'en', at: '37.6000,55.7000,4.00' });
  const centre = await page.evaluate(() => window.choro.project([37.6, 55.7]));
  const box = await page.locator('#map').boundingBox();
  check(
    'links: a place of the link is in the middle',
    Math.hypot(centre.x - box.x - box.width / 2, centre.y - box.y - box.height / 2) < 2,
    JSON.stringify(centre),
  );
  await page.mouse.move(box.x + 300, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 380, box.y + 240, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => !location.search.includes('at=37.6000'), undefined, { timeout: 20_000 }).catch(() => undefined);
  check(
    'links: moving the map changes the link, not the history',
    !page.url().includes('at=37.6000') && page.url().includes('at='),
    page.url(),
  );
  await page.close();
}

export async function run(browser) {
  await checkRoundTrip(browser);
  await checkMistakes(browser);
  await checkPlace(browser);
}
