// Both languages are complete, and the page says whose figures these are.

import { check } from '../lib/check.mjs';
import { base, catalog, counted, crossing, indicators, periodsOf, shot } from '../lib/context.mjs';
import { drawn, openPage, show } from '../lib/page.mjs';

async function checkSource(browser) {
  const [indicator] = indicators;
  for (const [lang, width, height] of [
    ['en', 1440, 900],
    ['ru', 1440, 900],
    ['ru', 768, 1024],
    ['ru', 320, 640],
  ]) {
    const { page, faults } = await openPage(browser, base, width, height);
    const answered = page.waitForResponse((response) => response.request().isNavigationRequest());
    const query = { set: crossing.id, grid: crossing.grids[0], indicator: indicator.id, period: periodsOf(indicator).at(-1), lang };
    await show(page, base, query);
    const name = `words-${lang}-${width}`;
    const policy = (await answered).headers()['content-security-policy'] ?? 'none';
    check(`${name}: the policy allows nothing inline`, policy.includes("default-src 'none'") && !policy.includes('unsafe'), policy);
    await page.screenshot({ path: shot(name) });
    const text = await page.innerText('#page');
    const { vintage } = indicator.boundary_sets.find((set) => set.id === crossing.id);
    const expected = [
      indicator.name[lang],
      indicator.unit.name[lang],
      indicator.note[lang],
      indicator.source,
      indicator.licence,
      catalog.release,
      vintage,
    ];
    const absent = expected.filter((words) => words && !text.includes(words));
    check(`${name}: name, unit, note, source, licence, release and vintage are on the page`, absent.length === 0, absent.join('; '));
    check(`${name}: the language is told`, (await page.getAttribute('html', 'lang')) === lang);
    check(`${name}: no console error, no breach of policy, no foreign host`, faults.length === 0, faults.join('; '));
    await page.close();
  }
}

/** Everything that can be read, the values of choices and the names of buttons too. */
const visible = (page) =>
  page.evaluate(() => {
    document.querySelectorAll('details').forEach((details) => {
      details.open = true;
    });
    const labels = [...document.body.querySelectorAll('[aria-label], [title], [aria-valuetext]')].flatMap((e) =>
      ['aria-label', 'title', 'aria-valuetext'].map((name) => e.getAttribute(name)),
    );
    return [document.body.innerText, ...labels.filter(Boolean)].join('\n');
  });

/** A text without words that are the same in every language. */
const without = (words, text) => words.reduce((left, word) => left.replaceAll(word, ''), text);

/** In Russian no English word is left but names, units and ids that have no Russian form, and the other way round. */
async function checkComplete(browser) {
  const { page } = await openPage(browser, base);
  for (const kind of ['map', 'grid', 'table', 'multiples']) {
    await show(page, base, {
      set: crossing.id,
      indicator: counted.id,
      lang: 'en',
      area: 'RU-SA',
      ...(kind === 'map' ? {} : { show: kind }),
    });
    await page.waitForSelector('#profile .chart');
    const languages = await page.locator('#lang option').allTextContents();
    const english = without(languages, await visible(page));
    check(`words: ${kind} in English has no Cyrillic`, !/[а-яё]/i.test(english), english.match(/.*[а-яё].*/i)?.[0]);
    await page.selectOption('#lang', 'ru');
    await drawn(page, { lang: 'ru' });
    await page.waitForFunction(() => document.querySelector('#profile h2')?.textContent.match(/[а-я]/));
    const known = [
      ...languages,
      crossing.id,
      counted.source,
      counted.licence,
      catalog.release,
      ...crossing.grids,
      ...crossing.vintages.flatMap((v) => [v.source, v.licence]),
      ...catalog.grids.map((g) => g.id),
    ];
    const russian = without(known, await visible(page));
    const left = [...new Set(russian.match(/[a-z]{3,}/gi) ?? [])].filter(
      (word) =>
        !['CSV', 'GeoJSON', 'GeoPackage', 'QGIS', 'ckmeans', 'Web', 'Mercator', 'Enter', 'Escape', 'MapLibre'].includes(word) &&
        !/^[A-Z]{2,3}$/.test(word),
    );
    check(`words: ${kind} in Russian has no English word`, left.length === 0, left.slice(0, 12).join());
    const numbers = await page.innerText('#legend-entries');
    check(`words: ${kind} in Russian has no decimal point`, !/\d\.\d/.test(numbers), numbers);
  }
  await page.close();
}

export async function run(browser) {
  await checkSource(browser);
  await checkComplete(browser);
}
