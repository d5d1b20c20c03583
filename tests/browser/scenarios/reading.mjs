// Values are read out by pointer; the kinds of absence look different everywhere; finding finds; the server computes classes
// (acceptance check 5, and deliver 2 and 4).

import { check, getJson } from '../lib/check.mjs';
import { areasOf, base, choose, counted, crossing, indicators, legendOf, periodsOf, shot } from '../lib/context.mjs';
import { drawn, openPage, picture, project, show } from '../lib/page.mjs';

async function hover(page, area) {
  const [place] = await project(page, [area.point]);
  await page.mouse.move(place.x - 3, place.y);
  await page.mouse.move(place.x, place.y);
  await page
    .waitForFunction((name) => document.getElementById('tooltip').textContent.startsWith(name), area.name, { timeout: 20_000 })
    .catch(() => undefined);
  return { tooltip: await page.textContent('#tooltip'), sentence: await page.textContent('#reading'), ...place };
}

/** The place of an area among those with data, the highest first; equal values share their places. */
function rankOf(area, areas) {
  const values = areas.map((other) => other.value).filter((value) => value !== null && value !== undefined);
  const above = values.filter((value) => value > area.value).length;
  const last = values.filter((value) => value >= area.value).length;
  const among = `of ${values.length} areas with data`;
  return last === above + 1 ? `rank ${last} ${among}` : `ranks ${above + 1} to ${last} ${among}`;
}

async function checkValues(browser) {
  for (const indicator of indicators) {
    const { page } = await openPage(browser, base);
    const period = periodsOf(indicator).at(-1);
    await show(page, base, { set: crossing.id, indicator: indicator.id, period, lang: 'en' });
    const areas = await areasOf(indicator, period);
    const area = choose(areas).find((a) => a.value);
    const { tooltip, sentence } = await hover(page, area);
    const digits = Math.abs(area.value).toFixed(indicator.decimals);
    const plain = (text) => text.replace(/,/g, '');
    check(
      `reading: ${area.code} is named with its value in tooltip and sentence`,
      tooltip.startsWith(area.name) && [tooltip, sentence].every((text) => plain(text).includes(digits)),
      `${tooltip} | ${sentence}`,
    );
    const rank = rankOf(area, areas);
    check('reading: its rank among the areas with data is told', plain(tooltip).includes(rank), `${tooltip} without ${rank}`);
    check('reading: its class is marked in the legend', (await page.locator('#legend-entries li.pointed').count()) === 1);
    const entry = page.locator('#legend-entries li').first();
    const { lo } = (await legendOf(indicator, period)).classes.at(-1);
    const top = choose(areas).find((a) => a.value >= lo);
    await entry.hover();
    await page.waitForTimeout(300);
    const marked = await page.evaluate((point) => {
      const { x, y } = window.choro.project(point);
      const map = window.choro.surface().engine;
      const { left, top } = map.getCanvas().getBoundingClientRect();
      return map.queryRenderedFeatures([x - left, y - top], { layers: ['areas-fill'] })[0].state.pointed;
    }, top.point);
    check('reading: an entry of the legend that is pointed at marks its areas', marked === true, top.code);
    await hover(page, area);
    await page.keyboard.press('Escape');
    check('reading: Escape takes the tooltip away', await page.locator('#tooltip').isHidden());
    await page.close();
  }
}

/** The demo has values withheld and missing; each has a look, a legend entry and words of its own. */
async function checkStates(browser) {
  const indicator = indicators[0];
  const found = await Promise.all(periodsOf(indicator).map(async (period) => ({ period, areas: await areasOf(indicator, period) })));
  const clear = (areas, state) => areas.filter((area) => area.state === state).sort((a, b) => b.clear - a.clear)[0];
  const { period, areas } = found.sort(
    (a, b) =>
      Math.min(...['missing', 'secrecy'].map((s) => clear(b.areas, s)?.clear ?? 0)) -
      Math.min(...['missing', 'secrecy'].map((s) => clear(a.areas, s)?.clear ?? 0)),
  )[0];
  const { page } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, indicator: indicator.id, period, lang: 'en' });
  const legend = await legendOf(indicator, period);
  const looks = [];
  for (const state of ['missing', 'secrecy']) {
    const area = clear(areas, state);
    const words = legend.states.find((entry) => entry.state === state).label;
    const { tooltip, x, y } = await hover(page, area);
    check(`states: ${area.code} is ${words} in the tooltip`, tooltip === `${area.name}${words}`, tooltip);
    await page.mouse.move(1, 1);
    const { at } = await picture(page, shot(`states-${state}`));
    // A hatch has its ground and its lines; which way they run is told by moving along both diagonals.
    const near = [...Array(17).keys()].map((i) => i - 8);
    const seen = new Set(near.flatMap((dx) => near.map((dy) => at(x + dx, y + dy))));
    const along = (sign) => new Set(near.map((d) => at(x + d, y + sign * d))).size;
    looks.push({
      colours: seen.size,
      falling: along(1),
      rising: along(-1),
      ground: legend.states.find((entry) => entry.state === state).colour,
    });
    check(`states: ${words} is hatched`, seen.size > 1, [...seen].join());
    check(`states: ${words} stands in the legend`, (await page.textContent('#legend-entries')).includes(words));
  }
  check(
    'states: the two hatches have other grounds and run other ways',
    looks[0].ground !== looks[1].ground && looks[0].rising < looks[0].falling && looks[1].falling < looks[1].rising,
    JSON.stringify(looks),
  );
  await page.click('#show-table');
  await drawn(page, { show: 'table' });
  const cells = await page.locator('#table-rows').innerText();
  check(
    'states: the table has words for each',
    ['no data', 'confidential'].every((words) => cells.includes(words)),
  );
  await page.close();
}

/** A box that finds with a letter wrong, in either language; impossible choices say why. */
async function checkFinding(browser) {
  const { page } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, indicator: indicators[0].id, lang: 'ru' });
  for (const [typed, id] of [
    ['arival rate', 'arrival_rate'],
    ['прибывш', 'arrivals'],
    ['сальдо', 'net_migration'],
    ['миграцонного', 'net_migration_rate'],
    ['иностранц', 'foreign_citizen_share'],
  ]) {
    await page.fill('#find-indicator', typed);
    await page.waitForSelector('#find-indicator-list:not([hidden]) [role=option]');
    const hits = await page.locator('#find-indicator-list .hit').allInnerTexts();
    const names = await page.evaluate(
      async (id) => (await (await fetch('/catalog.json')).json()).indicators.find((i) => i.id === id).name.ru,
      id,
    );
    check(`finding: "${typed}" finds ${id} among the first three`, hits.slice(0, 3).includes(names), hits.join(' | '));
  }
  check(
    'finding: a hit tells unit, span and level',
    (await page.locator('#find-indicator-list .details').first().innerText()).split(';').length === 3,
  );
  await page.fill('#find-place', 'камчатк');
  await page.waitForSelector('#find-place-list:not([hidden]) [role=option]');
  await page.keyboard.press('Enter');
  await drawn(page, { area: 'RU-KAM' });
  await page.waitForSelector('#profile:not([hidden]) h2');
  check('finding: a place is selected and its profile opens', (await page.textContent('#profile h2')).includes('Камчат'));
  const refused = await page.locator('#set option:disabled').allInnerTexts();
  check(
    'finding: a set without values is there and says why',
    refused.length > 0 && refused.every((text) => text.includes('нет значений')),
    refused.join(),
  );
  await page.close();
}

/** Counts open as circles; colours of counts warn. Areas of circles are as the values. */
async function checkCircles(browser) {
  const { page } = await openPage(browser, base);
  const period = periodsOf(counted).at(-1);
  await show(page, base, { set: crossing.id, indicator: counted.id, period, lang: 'en' });
  check('circles: a count opens as circles', (await page.evaluate(() => window.choro.state().kind)) === 'symbols');
  await page.screenshot({ path: shot('circles') });
  await page.selectOption('#kind', 'choropleth');
  await drawn(page, { kind: 'choropleth' });
  check('circles: colours of a count warn', await page.locator('#count-warning').isVisible());
  await page.click('#use-symbols');
  await drawn(page, { kind: 'symbols' });
  check('circles: the warning leads to circles', (await page.locator('#count-warning').count()) === 0);
  await page.close();
}

/** The profile: value, rank, time series with its break, breakdown, other indicators, downloads. */
async function checkProfile(browser) {
  const { page, faults } = await openPage(browser, base);
  const indicator = indicators[0];
  const period = periodsOf(indicator).at(-1);
  const area = choose(await areasOf(indicator, period)).find((a) => a.value);
  await show(page, base, { set: crossing.id, indicator: indicator.id, period, area: area.code, lang: 'en' });
  await page.waitForSelector('#profile .chart');
  await page.waitForSelector('#profile .breakdown');
  const text = await page.innerText('#profile');
  check(
    'profile: name, value and rank',
    text.includes(area.name) &&
      text.replace(/[,\u2212+]/g, '').includes(Math.abs(area.value).toFixed(indicator.decimals)) &&
      /ranks? \d+( to \d+)? of/.test(text),
    text.slice(0, 200),
  );
  const profile = await getJson(base, `/areas/${crossing.id}/${area.code}`, { lang: 'en' });
  const points = profile.indicators.find((i) => i.id === indicator.id).observations.filter((o) => typeof o.value === 'number');
  check(
    'profile: a point for each value of the series',
    (await page.locator('#profile .chart circle').count()) === points.length,
    `${points.length}`,
  );
  const breaks = profile.indicators.find((i) => i.id === indicator.id).observations.filter((o) => o.status === 'B').length;
  check(
    'profile: breaks in the series are marked',
    (await page.locator('#profile .chart .break').count()) === breaks && breaks > 0,
    `${breaks}`,
  );
  check('profile: it says what the area lies in', (await page.textContent('#breadcrumb')).includes(profile.parents[0].name));
  await page.screenshot({ path: shot('profile') });
  check('profile: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
  await page.close();
}

/** Small maps and the map of differences. */
async function checkComparing(browser) {
  const { page, faults } = await openPage(browser, base);
  const indicator = indicators[1];
  const [from, period] = [periodsOf(indicator)[0], periodsOf(indicator).at(-1)];
  await show(page, base, { set: crossing.id, indicator: indicator.id, period, lang: 'en', show: 'multiples' });
  await page.waitForSelector('.multiple');
  check('comparing: a small map for each period', (await page.locator('.multiple').count()) === Math.min(12, periodsOf(indicator).length));
  await page.screenshot({ path: shot('multiples') });
  await page.selectOption('#from', from);
  await drawn(page, { from });
  await page.click('#show-map');
  await drawn(page, { from, period });
  const [before, after] = [await areasOf(indicator, from), await areasOf(indicator, period)];
  const area = choose(after).find((a) => typeof a.value === 'number' && typeof before.find((b) => b.code === a.code)?.value === 'number');
  const difference = area.value - before.find((b) => b.code === area.code).value;
  const { tooltip } = await hover(page, area);
  const digits = Math.abs(difference).toFixed(indicator.decimals);
  check(
    'comparing: the difference is read with its sign',
    tooltip.includes(difference < 0 ? '\u2212' : '+') && tooltip.includes(digits),
    `${tooltip} for ${difference}`,
  );
  const legend = await legendOf(indicator, period, { from });
  check(
    'comparing: its scale breaks at zero',
    legend.classes.some((entry) => entry.lo === 0) && (await page.textContent('#title')).includes(`change from ${from} to ${period}`),
  );
  await page.screenshot({ path: shot('difference') });
  check('comparing: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
  await page.close();
}

/** The map as squares: each area has one of its own, in the colour of its class, and neighbours stay near. */
async function checkSquares(browser) {
  const { page, faults } = await openPage(browser, base);
  const indicator = indicators[0];
  const period = periodsOf(indicator).at(-1);
  await show(page, base, { set: crossing.id, indicator: indicator.id, period, lang: 'en', show: 'grid' });
  await page.waitForSelector('.square');
  const squares = await page.evaluate(() =>
    [...document.querySelectorAll('.square')].map((square) => {
      const { left, top } = square.getBoundingClientRect();
      return {
        code: square.dataset.code,
        place: square.style.gridArea,
        colour: square.style.backgroundColor,
        left,
        top,
        text: square.getAttribute('aria-label'),
      };
    }),
  );
  const areas = await areasOf(indicator, period);
  check(
    'squares: one for each area, each in a place of its own',
    squares.length === areas.length && new Set(squares.map((square) => square.place)).size === areas.length,
    `${squares.length}`,
  );
  const rgb = (hex) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
  const wrong = areas.filter((area) => squares.find((square) => square.code === area.code)?.colour !== rgb(area.colour));
  check(
    'squares: each has the colour of its class',
    wrong.length === 0,
    wrong
      .slice(0, 3)
      .map((area) => area.code)
      .join(),
  );
  const at = (code) => squares.find((square) => square.code === code);
  check(
    'squares: west is left and north is up',
    at('RU-KGD').left < at('RU-SAM').left &&
      at('RU-SAM').left < at('RU-KAM').left &&
      at('RU-MUR').top < at('RU-ROS').top &&
      at('RU-CHU').top < at('RU-PRI').top,
  );
  await page.screenshot({ path: shot('squares') });
  await page.click('.square[data-code="RU-SAM"]');
  await drawn(page, { area: 'RU-SAM' });
  check('squares: a press selects', (await page.locator('.square[aria-pressed=true]').getAttribute('data-code')) === 'RU-SAM');
  check('squares: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
  await page.close();
}

export async function run(browser) {
  await checkSquares(browser);
  await checkValues(browser);
  await checkStates(browser);
  await checkFinding(browser);
  await checkCircles(browser);
  await checkProfile(browser);
  await checkComparing(browser);
}
