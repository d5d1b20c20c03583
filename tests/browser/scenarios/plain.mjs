// Without WebGL, and without script (acceptance check 11).

import { check } from '../lib/check.mjs';
import { areasOf, base, choose, crossing, indicators, periodsOf, shot } from '../lib/context.mjs';
import { alike, drawn, launch, openPage, picture, project, show } from '../lib/page.mjs';

async function checkNoWebgl() {
  const browser = await launch(['--disable-3d-apis']);
  const { page, faults } = await openPage(browser, base);
  const indicator = indicators[0];
  const [period, other] = [periodsOf(indicator).at(-1), periodsOf(indicator)[0]];
  const query = { set: crossing.id, indicator: indicator.id, period, lang: 'en' };
  await show(page, base, query);
  check('no WebGL: the page says so', (await page.textContent('#messages')).includes('WebGL'));
  for (const [shown, areas] of [
    [period, await areasOf(indicator, period)],
    [other, await areasOf(indicator, other)],
  ]) {
    if (shown === other) {
      await page.fill('#period', '0');
      await drawn(page, { period: other });
    }
    const chosen = choose(areas, 6);
    const places = await project(
      page,
      chosen.map((area) => area.point),
    );
    const { at } = await picture(page, shot(`no-webgl-${shown}`));
    chosen.forEach((area, i) =>
      check(
        `no WebGL: ${area.code} of ${shown} has the colour of its class`,
        places[i].on && alike(at(places[i].x, places[i].y), area.colour),
        `${at(places[i].x, places[i].y)} instead of ${area.colour}`,
      ),
    );
    const [area] = chosen;
    await page.mouse.move(places[0].x, places[0].y);
    await page.waitForTimeout(100);
    check(`no WebGL: ${area.code} is read out`, (await page.textContent('#tooltip')).startsWith(area.name));
  }
  const [area] = choose(await areasOf(indicator, other), 1);
  const [place] = await project(page, [area.point]);
  await page.mouse.click(place.x, place.y);
  await drawn(page, { area: area.code });
  check('no WebGL: a click selects', (await page.locator('#profile h2').count()) === 1);
  check('no WebGL: no uncaught error', faults.filter((fault) => !/webgl/i.test(fault)).length === 0, faults.join('; '));
  await browser.close();
}

async function checkNoScript(browser) {
  const indicator = indicators[0];
  const period = periodsOf(indicator).at(-1);
  const { page } = await openPage(browser, base, 1024, 900, { javaScriptEnabled: false });
  await page.goto(`${base}/?${new URLSearchParams({ set: crossing.id, indicator: indicator.id, period, lang: 'ru' })}`);
  const areas = await areasOf(indicator, period);
  check('no script: a path for each area', (await page.locator('#map svg path[data-code]').count()) === areas.length);
  const text = await page.innerText('#page');
  const expected = [indicator.name.ru, indicator.unit.name.ru, indicator.source, indicator.licence, 'нет данных'];
  check(
    'no script: title, unit, source, licence, legend',
    expected.every((words) => text.includes(words)),
    text.slice(0, 300),
  );
  check('no script: the table has all areas', (await page.locator('#table tbody tr').count()) >= areas.length);
  await page.screenshot({ path: shot('no-script') });
  await page.selectOption('#period', periodsOf(indicator)[0]);
  await Promise.all([page.waitForNavigation(), page.click('#controls button[type=submit]')]);
  check(
    'no script: the form leads to another period',
    (await page.textContent('#title')).includes(`, ${periodsOf(indicator)[0]}`) && page.url().includes(`period=${periodsOf(indicator)[0]}`),
    page.url(),
  );
  await page.close();
}

export async function run(browser) {
  await checkNoWebgl();
  await checkNoScript(browser);
}
