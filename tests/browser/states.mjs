// A true zero and the three absences on one map: four looks, four legend entries, four words (acceptance check 5). CHORO_URL names
// a server whose first set has the areas 01 zero, 02 missing, 03 secrecy and 04 invalid in its last period.

import { check, finish, getJson } from './lib/check.mjs';
import { drawn, launch, openPage, picture } from './lib/page.mjs';

const base = (process.env.CHORO_URL ?? '').replace(/\/$/, '');
const WORDS = { '01': '0.0', '02': 'no data', '03': 'confidential', '04': 'cannot occur' };
const [set] = (await getJson(base, '/catalog.json')).boundary_sets;
const { areas } = await getJson(base, `/areas/${set.id}.json`);

const browser = await launch();
const { page, faults } = await openPage(browser, base);
const bodies = [];
page.on('response', async (response) => bodies.push(await response.text().catch(() => '')));
await page.goto(`${base}/?lang=en&kind=choropleth`);
await drawn(page, {});
const looks = new Map();
for (const { code, label } of areas) {
  // Above the middle, where the name of the area stands.
  const { x, y } = await page.evaluate(([lon, lat]) => window.choro.project([lon, lat + 0.6]), label);
  await page.mouse.move(x + 1, y);
  await page.mouse.move(x, y);
  await page.waitForFunction(() => !document.getElementById('tooltip').hidden);
  const tooltip = await page.textContent('#tooltip');
  check(`states: the tooltip of ${code} says ${WORDS[code]}`, tooltip.includes(WORDS[code]), tooltip);
  await page.mouse.move(2, 2);
  await page.waitForTimeout(200);
  const { at } = await picture(page, process.env.CHORO_SHOTS && `${process.env.CHORO_SHOTS}/states-${code}.png`);
  const near = [...Array(21).keys()].map((i) => i - 10);
  const along = (sign) => new Set(near.map((d) => at(x + d, y + sign * d))).size;
  const colours = [...new Set(near.flatMap((dx) => near.map((dy) => at(x + dx, y + dy))))].sort();
  looks.set(code, { colours, falling: along(1), rising: along(-1) });
}
const look = (code) => JSON.stringify(looks.get(code).colours);
check(
  'states: four looks differ',
  new Set(Object.keys(WORDS).map(look)).size === 4,
  [...looks].map(([code, { colours }]) => `${code} ${colours}`).join(' | '),
);
check(
  'states: zero and invalid are plain, missing and secrecy hatched',
  ['01', '04'].every((code) => looks.get(code).colours.length === 1) && ['02', '03'].every((code) => looks.get(code).colours.length > 1),
);
check(
  'states: the two hatches run other ways',
  looks.get('02').rising < looks.get('02').falling && looks.get('03').falling < looks.get('03').rising,
  JSON.stringify([...looks]),
);
const legend = await page.locator('#legend-entries .label').allInnerTexts();
check(
  'states: four legend entries',
  Object.values(WORDS).every((words) => legend.includes(words)),
  legend.join(' | '),
);
await page.click('#show-table');
await drawn(page, { show: 'table' });
for (const [code, words] of Object.entries(WORDS)) {
  const row = await page.locator(`#table-rows tr[data-code="${code}"]`).innerText();
  check(`states: the table says ${words} of ${code}`, row.includes(words), row);
}
const csv = await (await fetch(new URL(await page.getAttribute('.downloads a', 'href'), base))).text();
for (const [code, cell] of [
  ['01', ',0,,'],
  ['02', ',,missing,'],
  ['03', ',,secrecy,'],
  ['04', ',,invalid,'],
]) {
  check(
    `states: the CSV has ${cell} for ${code}`,
    csv
      .split('\r\n')
      .find((line) => line.startsWith(code))
      .includes(cell),
    csv,
  );
}
// What was withheld by its provider came with its number, 4321.5; nobody may see it.
check('states: the withheld number is in no answer', bodies.length > 5 && bodies.every((body) => !/4[, .]?321/.test(body)));
check('states: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
await browser.close();
finish();
