// The table in step with the map, and equal to the files (acceptance check 10).

import { check, getJson } from '../lib/check.mjs';
import { base, crossing, indicators, periodsOf, shot } from '../lib/context.mjs';
import { drawn, openPage, project, show } from '../lib/page.mjs';

const number = (text) => Number(text.replaceAll(',', '').replace('\u2212', '-'));

export async function run(browser) {
  const indicator = indicators[0];
  const period = periodsOf(indicator).at(-1);
  const query = { indicator: indicator.id, period };
  const { page, faults } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, ...query, lang: 'en', show: 'table' });
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll('#table-rows tr')].map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  const csv = (await (await fetch(`${base}/values/${crossing.id}.csv?${new URLSearchParams({ ...query, lang: 'en' })}`)).text())
    .trim()
    .split('\r\n')
    .slice(1);
  const { features } = await getJson(base, `/areas/${crossing.id}.geojson`, { ...query, lang: 'en' });
  check(
    'table: as many rows as the CSV and the GeoJSON',
    rows.length === csv.length && rows.length === features.length,
    `${rows.length}, ${csv.length}, ${features.length}`,
  );
  const values = new Map(features.map(({ properties }) => [properties.code, properties.value]));
  const wrong = rows.filter(([code, , value], index) => {
    const file = csv[index].match(/^([^,]+),(?:"(?:[^"]|"")*"|[^,]*),([^,]*),/);
    const [text, known] = [file?.[2] ?? '', values.get(code)];
    const same =
      value === ''
        ? text === '' && known === null
        : number(value) === Number(Number(text).toFixed(indicator.decimals)) && Number(text) === known;
    return !same || file[1] !== code;
  });
  check('table: each value is that of both files', wrong.length === 0, JSON.stringify(wrong.slice(0, 3)));
  check('table: the caption sums up', (await page.textContent('#table caption')).includes('Median'));
  await page.click('#sort-value');
  const sorted = (await page.locator('#table-rows td.number').allInnerTexts()).filter(Boolean).map(number);
  check(
    'table: sorted by value, the highest first',
    sorted.every((value, i) => i === 0 || sorted[i - 1] >= value) && (await page.locator('th[aria-sort=descending]').count()) === 1,
  );
  await page.fill('#table-filter', 'oblast');
  const filtered = await page.locator('#table-rows tr').count();
  check('table: filtered by name', filtered > 0 && filtered < rows.length, `${filtered}`);
  const code = await page.locator('#table-rows tr').nth(2).getAttribute('data-code');
  await page.locator('#table-rows tr').nth(2).locator('button').click();
  await drawn(page, { area: code });
  check(
    'table: the row is marked, the filter stays',
    (await page.locator(`#table-rows tr.selected[data-code="${code}"]`).count()) === 1 &&
      (await page.inputValue('#table-filter')) === 'oblast',
  );
  await page.screenshot({ path: shot('table') });
  await page.click('#show-map');
  await drawn(page, { area: code });
  check(
    'table: the area of the row is selected on the map',
    (await page.evaluate(() => document.querySelector('#profile h2').textContent)).length > 0,
  );
  const area = features.find(({ properties, geometry }) => geometry && properties.code === 'RU-SA');
  const label = (await getJson(base, `/areas/${crossing.id}/${area.properties.code}`)).label;
  const [place] = await project(page, [label]);
  await page.mouse.click(place.x, place.y);
  await drawn(page, { area: 'RU-SA' });
  await page.click('#show-table');
  await drawn(page, { show: 'table', area: 'RU-SA' });
  await page.fill('#table-filter', '');
  check(
    'table: the area chosen on the map is marked in the table',
    (await page.locator('#table-rows tr.selected[data-code="RU-SA"]').count()) === 1,
  );
  check('table: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
  await page.close();
}
