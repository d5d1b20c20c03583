// Everything by keyboard, and nothing that axe-core calls serious (acceptance check 9).

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check } from '../lib/check.mjs';
import { base, crossing, indicators, periodsOf, shot } from '../lib/context.mjs';
import { drawn, openPage, show } from '../lib/page.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds serious or critical on the page as it is. */
export async function checkAxe(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return serious.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 120))
          .join(' ; ')}`,
    );
  });
  check(`axe: ${name} has nothing serious`, found.length === 0, found.join(' | '));
}

/** Presses Tab until an element has the focus; every stop on the way must be seen. */
async function tabTo(page, selector, most = 60) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    const { there, seen, what } = await page.evaluate((selector) => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      // MapLibre's own buttons show a ring of shadow.
      const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      return { there: element.matches(selector), seen: ring || element === document.body, what: element.outerHTML.slice(0, 80) };
    }, selector);
    if (!seen) check(`keyboard: the focus is seen on ${what}`, false);
    if (there) return true;
  }
  return false;
}

async function checkJourney(browser) {
  const { page, faults } = await openPage(browser, base);
  const indicator = indicators[1];
  const periods = periodsOf(indicator);
  await show(page, base, { set: crossing.id, indicator: indicators[0].id, lang: 'en' });
  await page.keyboard.press('Tab');
  check('keyboard: the first stop is the table', (await page.evaluate(() => document.activeElement.id)) === 'skip');
  check('keyboard: Tab comes to the search', await tabTo(page, '#find-indicator'));
  await page.keyboard.type(indicator.name.en.slice(0, 12));
  await page.waitForSelector('#find-indicator-list:not([hidden]) [role=option]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await drawn(page, { indicator: indicator.id });
  check('keyboard: Tab comes to the track of periods', await tabTo(page, '#period'));
  await page.keyboard.press('ArrowLeft');
  await drawn(page, { period: periods.at(-2) });
  check('keyboard: the focus stays while the page changes', (await page.evaluate(() => document.activeElement.id)) === 'period');
  check('keyboard: Tab comes to the areas', await tabTo(page, '#areas'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const read = await page.textContent('#area-option');
  check('keyboard: an area is read out', /\d/.test(read) && (await page.locator('#tooltip').isVisible()), read);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#profile:not([hidden]) h2');
  const name = await page.textContent('#profile h2');
  check('keyboard: Enter opens its profile', read.startsWith(name), `${read} | ${name}`);
  await page.keyboard.press('Escape');
  check('keyboard: Tab comes to the download', await tabTo(page, '.downloads a'));
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  check('keyboard: Enter downloads the CSV', download.suggestedFilename().endsWith('.csv'), download.suggestedFilename());
  check('keyboard: there is no trap', await tabTo(page, '#skip', 200));
  check('keyboard: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
  await page.close();
}

/** Every page and dialog in both languages. */
async function checkAll(browser) {
  for (const lang of ['en', 'ru']) {
    const { page } = await openPage(browser, base);
    const query = { set: crossing.id, indicator: indicators[0].id, lang, area: 'RU-SA' };
    for (const kind of ['map', 'grid', 'table', 'multiples']) {
      await show(page, base, { ...query, ...(kind === 'map' ? {} : { show: kind }) });
      await page.waitForSelector('#profile .chart');
      if (kind === 'multiples') await page.waitForSelector('.multiple');
      await page.evaluate(() =>
        document.querySelectorAll('details').forEach((details) => {
          details.open = true;
        }),
      );
      await checkAxe(page, `${kind} in ${lang}`);
    }
    for (const id of ['embed', 'pictures']) {
      await page.click(`#${id}`);
      await page.waitForSelector('dialog[open]');
      await page.waitForTimeout(1000);
      await page.screenshot({ path: shot(`dialog-${id}-${lang}`) });
      await checkAxe(page, `dialog ${id} in ${lang}`);
      await page.keyboard.press('Escape');
      check(
        `keyboard: Escape closes the dialog ${id} and the focus returns`,
        (await page.evaluate(() => document.activeElement.id)) === id,
      );
    }
    await page.goto(`${base}/embed?${new URLSearchParams(query)}`);
    await page.waitForTimeout(500);
    await checkAxe(page, `embed in ${lang}`);
    await page.close();
  }
}

export async function run(browser) {
  await checkJourney(browser);
  await checkAll(browser);
}
