// The map page in Chromium: the colour on the map is the class of the value; nothing is drawn along 180 degrees; nothing goes
// wrong beside it. CHORO_URL names the server, CHORO_SHOTS a folder for pictures.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish, getJson } from './lib/check.mjs';
import { innerPoint, insideAntimeridian, polygonsOf } from './lib/geometry.mjs';
import { colourOf } from './lib/legend.mjs';
import { alike, drawn, jump, launch, openPage, picture, project, show } from './lib/page.mjs';

const base = process.env.CHORO_URL;
if (!base) throw new Error('CHORO_URL is not set: it names the server, e.g. http://127.0.0.1:8080');
const shots = process.env.CHORO_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const shot = (name) => (shots ? join(shots, `${name}.png`) : undefined);

/** How many areas are looked at in each picture. */
const AREAS = 10;
/** Degrees that keep a probe at 180 degrees away from real borders. */
const MARGIN = 0.35;

const catalog = await getJson(base, '/catalog.json');
const crossing = catalog.boundary_sets.find((set) => set.bounds[2] > 180) ?? catalog.boundary_sets[0];
const shown = catalog.indicators.filter((i) => i.boundary_sets.some((s) => s.id === crossing.id && s.periods.length > 0));
// One of each kind: a scale that diverges and one that does not.
const indicators = [true, false].flatMap((diverging) => shown.filter((i) => i.diverging === diverging).slice(0, 1));

/** The areas of a selection with value or state, colour by the legend, and a point well inside. */
async function areasOf(indicator, period) {
  const query = { indicator: indicator.id, period };
  const { features } = await getJson(base, `/areas/${crossing.id}.geojson`, query);
  const legend = await getJson(base, `/legends/${indicator.id}.json`, { set: crossing.id, period, lang: 'en' });
  return features
    .filter((feature) => feature.geometry)
    .map((feature) => {
      const polygons = polygonsOf(feature, crossing.bounds[0]);
      const { code, name, value, state } = feature.properties;
      const hatched = legend.states.some((entry) => entry.state === state && entry.pattern);
      return { code, name, value, state, hatched, colour: colourOf(legend, { value, state }), polygons, ...innerPoint(polygons) };
    })
    .filter((area) => area.point);
}

/** The roomiest areas, one of every look first. */
function choose(areas) {
  const roomy = areas.filter((area) => !area.hatched).sort((a, b) => b.clear - a.clear);
  const first = roomy.filter((area, index) => roomy.findIndex((other) => other.colour === area.colour) === index && area.clear > 0.3);
  return [...new Set([...first, ...roomy])].slice(0, AREAS);
}

async function checkColours(page, name, areas) {
  const chosen = choose(areas);
  check(`${name}: there are ${AREAS} areas to look at`, chosen.length === AREAS, `${chosen.length}`);
  const places = await project(page, chosen.map((area) => area.point));
  const { at } = await picture(page, shot(name));
  chosen.forEach((area, index) => {
    const { x, y, on } = places[index];
    const seen = on ? at(x, y) : 'off the map';
    const what = area.value ?? area.state;
    check(`${name}: ${area.code} (${what}) has the colour of its class`, on && alike(seen, area.colour), `${seen} instead of ${area.colour}`);
  });
}

/** Looks along 180 degrees inside an area: every pixel near it must have the area's fill. */
async function checkAntimeridian(page, name, areas) {
  const crossed = areas.map((area) => ({ ...area, latitudes: insideAntimeridian(area.polygons, MARGIN) })).filter((a) => a.latitudes.length > 0);
  const looked = crossed.filter((area) => !area.hatched);
  check(`${name}: an area across 180 degrees can be looked at`, looked.length > 0, `${crossed.length} lie there, all of them hatched`);
  for (const area of looked) {
    const middle = area.latitudes[Math.floor(area.latitudes.length / 2)];
    for (const zoom of [2, 3.5, 5]) {
      await jump(page, { center: [180, middle], zoom });
      const places = (await project(page, area.latitudes.map((y) => [180, y]))).filter((place) => place.on);
      const { at } = await picture(page, zoom === 5 ? shot(`${name}-180`) : undefined);
      const wrong = places.flatMap(({ x, y }) => [-3, -2, -1, 0, 1, 2, 3].map((dx) => at(x + dx, y))).filter((seen) => !alike(seen, area.colour));
      check(`${name}: ${area.code} has no line along 180 degrees at zoom ${zoom}`, places.length > 0 && wrong.length === 0, `${places.length} places, ${[...new Set(wrong)].slice(0, 5)} instead of ${area.colour}`);
    }
  }
}

/** The last period in which the areas across 180 degrees have a value, so that no hatch hides a line there. */
async function periodOf(indicator) {
  const { periods } = indicator.boundary_sets.find((set) => set.id === crossing.id);
  for (const period of [...periods].reverse()) {
    const areas = await areasOf(indicator, period);
    const crossed = areas.filter((area) => insideAntimeridian(area.polygons, MARGIN).length > 0);
    if (crossed.every((area) => !area.hatched)) return { period, areas, other: periods.find((p) => p !== period) };
  }
  return { period: periods.at(-1), areas: await areasOf(indicator, periods.at(-1)), other: periods[0] };
}

async function checkHover(page, name, areas, indicator) {
  for (const area of [choose(areas).find((a) => a.value), areas.find((a) => a.state && a.clear > 0.5)].filter(Boolean)) {
    const [place] = await project(page, [area.point]);
    await page.mouse.move(place.x, place.y);
    const said = await page.waitForFunction((name) => document.getElementById('reading').textContent.startsWith(`${name}: `), area.name, { timeout: 5000 }).then(() => true, () => false);
    const text = await page.textContent('#reading');
    const digits = area.value === undefined || area.value === null ? '' : Math.abs(area.value).toFixed(indicator.decimals);
    const plain = text.replace(/[,\s]/g, '');
    check(`${name}: the value of ${area.code} is read out`, said && (digits === '' ? !/\d/.test(text.slice(area.name.length)) : plain.includes(digits)), `"${text}" for ${area.value ?? area.state}`);
  }
}

async function checkPage(browser) {
  for (const indicator of indicators) {
    const { period, areas, other } = await periodOf(indicator);
    for (const grid of crossing.grids) {
      const name = `${indicator.id}-${grid}`;
      const { page, faults } = await openPage(browser, base);
      const query = { set: crossing.id, grid, indicator: indicator.id, period, lang: 'en' };
      await show(page, base, query);
      await checkColours(page, name, areas);
      await checkHover(page, name, areas, indicator);
      if (other) {
        await page.getByLabel('Period', { exact: true }).selectOption(other);
        await drawn(page, { ...query, period: other });
        await checkColours(page, `${name}-${other}`, await areasOf(indicator, other));
        await page.goBack();
        await drawn(page, query);
      }
      await checkAntimeridian(page, name, areas);
      check(`${name}: no console error, no breach of policy, no foreign host`, faults.length === 0, faults.join('; '));
      await page.close();
    }
  }
}

/** What the reader chooses is drawn: another indicator, another grid, another period, and each of them back again. */
async function checkChoices(browser) {
  const [first, second] = indicators;
  const { period, other } = await periodOf(first);
  const { page, faults } = await openPage(browser, base);
  let query = { set: crossing.id, grid: crossing.grids[0], indicator: first.id, period, lang: 'en' };
  await show(page, base, query);
  const steps = [
    ['Indicator', { indicator: second.id }],
    ['Map projection', { grid: crossing.grids[1] }],
    ['Period', { period: other }],
    ['Indicator', { indicator: first.id }],
    ['Map projection', { grid: crossing.grids[0] }],
  ];
  for (const [index, [label, choice]] of steps.entries()) {
    const [value] = Object.values(choice);
    const name = `choice-${index + 1}-${value}`;
    query = { ...query, ...choice };
    await page.getByLabel(label, { exact: true }).selectOption(value);
    await drawn(page, query);
    const indicator = indicators.find(({ id }) => id === query.indicator);
    check(`${name}: the page names what is shown`, (await page.textContent('#title')) === `${indicator.name.en}, ${query.period}`);
    const url = new URL(page.url()).searchParams;
    const kept = ['grid', 'indicator', 'period'].filter((key) => url.get(key) !== query[key]);
    check(`${name}: the URL says the same`, kept.length === 0, `${kept.join()} in ${page.url()}`);
    await checkColours(page, name, await areasOf(indicator, query.period));
  }
  check('choices: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
  await page.close();
}

/** The page says whose figures these are, in both languages, and fits a small screen. */
async function checkWords(browser) {
  const [indicator] = indicators;
  for (const [lang, width, height] of [['en', 1440, 900], ['ru', 1440, 900], ['ru', 320, 640], ['en', 320, 640]]) {
    const { page, faults } = await openPage(browser, base, width, height);
    const answered = page.waitForResponse((response) => response.request().isNavigationRequest());
    const { periods, vintage } = indicator.boundary_sets.find((set) => set.id === crossing.id);
    const query = { set: crossing.id, grid: crossing.grids[0], indicator: indicator.id, period: periods.at(-1), lang };
    await show(page, base, query);
    const name = `words-${lang}-${width}`;
    const policy = (await answered).headers()['content-security-policy'] ?? 'none';
    check(`${name}: the policy allows nothing inline`, policy.includes("default-src 'none'") && !policy.includes('unsafe'), policy);
    if (shots) await page.screenshot({ path: shot(name), fullPage: width === 320 });
    const text = await page.innerText('#page');
    const expected = [indicator.name[lang], indicator.unit.name[lang], indicator.note[lang], indicator.source, indicator.licence, catalog.release, vintage];
    const absent = expected.filter((words) => words && !text.includes(words));
    check(`${name}: name, unit, note, source, licence, release and vintage are on the page`, absent.length === 0, absent.join('; '));
    const source = await page.locator('#source').boundingBox();
    check(`${name}: the source stands in the first screen`, source !== null && source.y + source.height <= height, JSON.stringify(source));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`${name}: nothing is wider than the screen`, wide <= width, `${wide}`);
    const unlabelled = await page.evaluate(() => [...document.querySelectorAll('select')].filter((box) => box.labels.length === 0).map((box) => box.id));
    check(`${name}: every choice has a label`, unlabelled.length === 0, unlabelled.join());
    check(`${name}: no console error, no breach of policy, no foreign host`, faults.length === 0, faults.join('; '));
    await page.close();
  }
}

/** An error of the server is shown in its words, and no map of another selection stays beside it. */
async function checkErrors(browser) {
  const { page } = await openPage(browser, base);
  const problem = { title: 'Not found', detail: 'that period <b>is not</b> published', status: 404 };
  await page.route('**/styles/**', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify(problem) }));
  await page.goto(`${base.replace(/\/$/, '')}/?lang=en`);
  const text = await page.locator('#error').textContent({ timeout: 10_000 });
  await page.waitForFunction(() => !document.getElementById('error').hidden, undefined, { timeout: 10_000 }).catch(() => undefined);
  check('errors: the server is quoted', (await page.textContent('#error')).includes(problem.detail), text);
  check('errors: no map of something else is shown', (await page.locator('#map canvas').count()) === 0);
  await page.close();
}

const browser = await launch();
try {
  await checkPage(browser);
  await checkChoices(browser);
  await checkWords(browser);
  await checkErrors(browser);
} catch (error) {
  check('the checks ran to their end', false, error.stack);
} finally {
  await browser.close();
}
finish();
