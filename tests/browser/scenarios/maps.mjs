// The map shows Russia whole and in equal areas, without a line along 180 degrees, and each area in the colour of its class
// (acceptance checks 2, 3, 4).

import { check } from '../lib/check.mjs';
import { AREAS, areasOf, base, choose, crossing, indicators, legendOf, periodsOf, shot } from '../lib/context.mjs';
import { insideAntimeridian } from '../lib/geometry.mjs';
import { alike, drawn, jump, openPage, picture, project, show } from '../lib/page.mjs';

/** Degrees that keep a probe at 180 degrees away from real borders. */
const MARGIN = 0.35;

async function checkColours(page, name, areas, count = AREAS) {
  const chosen = choose(areas, count);
  check(`${name}: there are ${count} areas to look at`, chosen.length === count, `${chosen.length}`);
  const places = await project(
    page,
    chosen.map((area) => area.point),
  );
  const { at } = await picture(page, shot(name));
  chosen.forEach((area, index) => {
    const { x, y, on } = places[index];
    const seen = on ? at(x, y) : 'off the map';
    check(
      `${name}: ${area.code} (${area.value ?? area.state}) has the colour of its class`,
      on && alike(seen, area.colour),
      `${seen} instead of ${area.colour}`,
    );
  });
}

/** Looks along 180 degrees inside an area: every pixel near it must have the area's fill. */
async function checkAntimeridian(page, name, areas) {
  const crossed = areas
    .map((area) => ({ ...area, latitudes: insideAntimeridian(area.polygons, MARGIN) }))
    .filter((a) => a.latitudes.length > 0);
  const looked = crossed.filter((area) => !area.hatched);
  check(`${name}: an area across 180 degrees can be looked at`, looked.length > 0, `${crossed.length} lie there, all of them hatched`);
  for (const area of looked) {
    const middle = area.latitudes[Math.floor(area.latitudes.length / 2)];
    // Below the zoom at which names are written.
    for (const zoom of [2, 2.9]) {
      await jump(page, { center: [180, middle], zoom });
      const places = (
        await project(
          page,
          area.latitudes.map((y) => [180, y]),
        )
      ).filter((place) => place.on);
      const { at } = await picture(page, zoom > 2 ? shot(`${name}-180`) : undefined);
      const wrong = places
        .flatMap(({ x, y }) => [-3, -2, -1, 0, 1, 2, 3].map((dx) => at(x + dx, y)))
        .filter((seen) => !alike(seen, area.colour));
      check(
        `${name}: ${area.code} has no line along 180 degrees at zoom ${zoom}`,
        places.length > 0 && wrong.length === 0,
        `${places.length} places, ${[...new Set(wrong)].slice(0, 5)} instead of ${area.colour}`,
      );
    }
  }
}

/** The last period in which the areas across 180 degrees have a value, so that no hatch hides a line there. */
async function periodOf(indicator) {
  const periods = periodsOf(indicator);
  for (const period of [...periods].reverse()) {
    const areas = await areasOf(indicator, period);
    const crossed = areas.filter((area) => insideAntimeridian(area.polygons, MARGIN).length > 0);
    if (crossed.every((area) => !area.hatched)) return { period, areas };
  }
  return { period: periods.at(-1), areas: await areasOf(indicator, periods.at(-1)) };
}

/** The default view holds the ends of the country, and areas are as on the earth. */
async function checkWhole(browser) {
  const { page } = await openPage(browser, base);
  await page.goto(`${base}/?set=${crossing.id}&indicator=${indicators[0].id}&lang=en`);
  await drawn(page, { grid: 'RussiaAlbersQuad' });
  const ends = {
    Kaliningrad: [20.5, 54.7],
    Dagestan: [47.8, 41.2],
    'Cape Dezhnev': [190.3, 66.1],
    'the same by its other longitude': [-169.7, 66.1],
    'Franz Josef Land': [60, 81.5],
  };
  const places = await project(page, Object.values(ends));
  Object.keys(ends).forEach((name, index) => check(`whole: ${name} is on the map`, places[index].on, JSON.stringify(places[index])));
  const [east, west] = [places[2], places[3]];
  check('whole: 190.3 and -169.7 are one place', Math.hypot(east.x - west.x, east.y - west.y) < 0.5, JSON.stringify([east, west]));
  const [vladivostok] = await project(page, [[131.9, 43.1]]);
  check('whole: Cape Dezhnev lies right of Vladivostok and above it', east.x > vladivostok.x && east.y < vladivostok.y);
  const cell = async (lat) => {
    const corners = await project(page, [
      [100, lat],
      [101, lat],
      [101, lat + 1],
      [100, lat + 1],
    ]);
    const screen = Math.abs(corners.reduce((sum, a, i) => sum + a.x * corners[(i + 1) % 4].y - corners[(i + 1) % 4].x * a.y, 0)) / 2;
    return screen / (Math.sin(((lat + 1) * Math.PI) / 180) - Math.sin((lat * Math.PI) / 180));
  };
  const ratio = (await cell(70)) / (await cell(50));
  check('whole: a square degree at 70 north is as much smaller as on the earth', Math.abs(ratio - 1) < 0.01, `${ratio}`);
  await page.close();
}

export async function run(browser) {
  await checkWhole(browser);
  for (const indicator of indicators) {
    const { period, areas } = await periodOf(indicator);
    for (const grid of crossing.grids) {
      const name = `${indicator.id}-${grid}`;
      const { page, faults } = await openPage(browser, base);
      const query = { set: crossing.id, grid, indicator: indicator.id, period, lang: 'en' };
      await show(page, base, query);
      const most = grid === 'RussiaAlbersQuad' ? 30 : AREAS;
      await checkColours(page, name, areas, most);
      const other = periodsOf(indicator).find((p) => p !== period);
      await page.fill('#period', String(periodsOf(indicator).indexOf(other)));
      await drawn(page, { ...query, period: other });
      await checkColours(page, `${name}-${other}`, await areasOf(indicator, other));
      await page.goBack();
      await drawn(page, query);
      await checkColours(page, `${name}-back`, areas);
      await checkAntimeridian(page, name, areas);
      check(`${name}: no console error, no breach of policy, no foreign host`, faults.length === 0, faults.join('; '));
      await page.close();
    }
  }
  await checkBreaks(browser);
}

/** A value right on a break belongs to the class above it, on the page as in the legend. */
async function checkBreaks(browser) {
  const [, indicator] = indicators;
  const period = periodsOf(indicator).at(-1);
  const areas = (await areasOf(indicator, period)).filter((area) => typeof area.value === 'number');
  const roomy = choose(areas, 1)[0];
  const classing = { method: 'manual', breaks: `${roomy.value}` };
  const legend = await legendOf(indicator, period, classing);
  const { page } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, indicator: indicator.id, period, ...classing, lang: 'en' });
  const [place] = await project(page, [roomy.point]);
  const { at } = await picture(page);
  check(
    `breaks: ${roomy.value} belongs to the class that begins with it`,
    legend.classes[1].lo === roomy.value && alike(at(place.x, place.y), legend.classes[1].colour),
    at(place.x, place.y),
  );
  await page.close();
}
