// Periods: breaks that hold for all of them, play that stops, and what a step costs (acceptance checks 6 and 7, and speed).

import { check, getJson } from '../lib/check.mjs';
import { base, crossing, indicators, periodsOf } from '../lib/context.mjs';
import { drawn, openPage, show } from '../lib/page.mjs';

const labels = (page) =>
  page.locator('#legend-entries li[data-key^=class] .label, #legend-entries li[data-key=zero] .label').allInnerTexts();

async function checkBreaks(browser) {
  for (const indicator of indicators) {
    const { page } = await openPage(browser, base);
    const periods = periodsOf(indicator);
    await show(page, base, { set: crossing.id, indicator: indicator.id, period: periods[0], lang: 'en' });
    const first = await labels(page);
    await page.focus('#period');
    for (const period of periods.slice(1)) {
      await page.keyboard.press('ArrowRight');
      await drawn(page, { period });
      const now = await labels(page);
      check(
        `periods: ${indicator.id} ${period} has the breaks of all periods`,
        first.length > 2 && now.join() === first.join(),
        now.join(' | '),
      );
    }
    await page.locator('#classing-box summary').click();
    await page.selectOption('#scope', 'period');
    await drawn(page, { scope: 'period' });
    check(
      `periods: ${indicator.id} has other breaks for one period, and says so`,
      (await labels(page)).join() !== first.join() && (await page.textContent('#legend-scope')).includes('this period'),
    );
    if (indicator.diverging) {
      const legend = await getJson(base, `/legends/${indicator.id}.json`, { set: crossing.id, period: periods.at(-1), scope: 'period' });
      check(
        `periods: ${indicator.id} breaks at zero`,
        legend.classes.some((entry) => entry.lo === 0 || entry.hi === 0),
      );
    }
    await page.close();
  }
}

async function checkPlay(browser, reducedMotion) {
  const [indicator] = indicators;
  const periods = periodsOf(indicator);
  const { page } = await openPage(browser, base, 1440, 900, { reducedMotion });
  await show(page, base, { set: crossing.id, indicator: indicator.id, period: periods[0], lang: 'en' });
  const said = () => page.textContent('#live');
  await page.waitForTimeout(1500);
  check(`play (${reducedMotion}): nothing plays by itself`, (await page.evaluate(() => window.choro.state().period)) === periods[0]);
  await page.selectOption('#pace', 'fast');
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(document.getElementById('live').textContent)).observe(document.getElementById('live'), {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await page.click('#play');
  await drawn(page, { period: periods[3] });
  check(`play (${reducedMotion}): it shows one period after another`, true);
  await page.keyboard.press('Escape');
  const stopped = await page.evaluate(() => window.choro.state().period);
  await page.waitForTimeout(1500);
  check(`play (${reducedMotion}): Escape stops it`, (await page.evaluate(() => window.choro.state().period)) === stopped);
  const told = await page.evaluate(() => window.said);
  check(
    `play (${reducedMotion}): the live region speaks once, when it stops`,
    told.length === 1 && told[0].includes(stopped),
    told.join(' | '),
  );
  check(`play (${reducedMotion}): and says what the map shows`, (await said()).includes('Median'));
  await page.close();
}

/** Another period asks for values, and for no geometry; features are set only where they look another way. */
async function checkCost(browser) {
  const [indicator] = indicators;
  const periods = periodsOf(indicator);
  const { page } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, indicator: indicator.id, period: periods[0], lang: 'en' });
  await page.waitForTimeout(500);
  const asked = [];
  page.on('response', async (response) =>
    asked.push({ url: new URL(response.url()).pathname, bytes: (await response.body().catch(() => '')).length }),
  );
  const before = await page.evaluate(() => window.choro.counts.featureStates);
  await page.click('#next');
  await drawn(page, { period: periods[1] });
  const calls = (await page.evaluate(() => window.choro.counts.featureStates)) - before;
  const legend = await getJson(base, `/legends/${indicator.id}.json`, { set: crossing.id, period: periods[1], lang: 'en' });
  const columns = await Promise.all(
    [0, 1].map((i) => getJson(base, `/values/${crossing.id}.json`, { indicator: indicator.id, period: periods[i] })),
  );
  const look = ({ values, states }, row) => {
    const value = values[0][row];
    if (value === null) return Object.entries(states[0]).find(([, rows]) => rows.includes(row))?.[0];
    return legend.classes.findIndex((entry, index) => index === legend.classes.length - 1 || value < entry.hi);
  };
  const changed = columns[0].areas.filter((_, row) => look(columns[0], row) !== look(columns[1], row)).length;
  check(
    'cost: a period asks for no tile and no geometry',
    asked.length > 0 && asked.every(({ url }) => !url.startsWith('/tiles') && !url.endsWith('.geojson') && !url.startsWith('/embed')),
    asked.map((a) => a.url).join(),
  );
  check(
    'cost: features are set only where the look changes',
    calls === changed && changed > 0 && changed < columns[0].areas.length,
    `${calls} calls, ${changed} of ${columns[0].areas.length} changed`,
  );
  console.log(
    `     a step of the period: ${asked.map(({ url, bytes }) => `${url} ${bytes} B`).join(', ')}; ${calls} calls of setFeatureState`,
  );
  await page.close();
}

export async function run(browser) {
  await checkBreaks(browser);
  await checkPlay(browser, 'no-preference');
  await checkPlay(browser, 'reduce');
  await checkCost(browser);
}
