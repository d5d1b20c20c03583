// A release whose every text is an attack, in Chromium: each text is seen as it stands, none becomes an element or a script.
// CHORO_URL names a server whose first set has such names (tests/it/security/evil.rs).

import { check, finish, getJson } from './lib/check.mjs';
import { drawn, launch, openPage } from './lib/page.mjs';

const base = (process.env.CHORO_URL ?? '').replace(/\/$/, '');
const catalog = await getJson(base, '/catalog.json');
const [set] = catalog.boundary_sets;
const { areas } = await getJson(base, `/areas/${set.id}.json`);

const browser = await launch();
const { page, faults } = await openPage(browser, base);
const dialogs = [];
page.on('dialog', async (dialog) => {
  dialogs.push(dialog.message());
  await dialog.dismiss();
});
await page.addInitScript(() => {
  window.struck = 0;
  window.zq9 = () => {
    window.struck += 1;
  };
});

/** Nothing of theirs has become part of the page. */
async function harmless(what) {
  const found = await page.evaluate(() => ({
    struck: window.struck,
    elements: [
      ...document.querySelectorAll(
        'img[src="x"], script:not([src]):not([type="application/json"]), [onload], [onerror], [onmouseover], a[href^="javascript:"]',
      ),
    ].map((element) => element.outerHTML),
  }));
  check(`evil: ${what}: nothing of theirs runs or is an element`, found.struck === 0 && found.elements.length === 0, JSON.stringify(found));
}

const query = `set=${set.id}&indicator=evil&period=2021&lang=en`;
await page.goto(`${base}/?${query}`);
await drawn(page, {});
await harmless('the page');
for (const { code, label, names } of areas) {
  const { x, y } = await page.evaluate(([lon, lat]) => window.choro.project([lon, lat]), label);
  await page.mouse.move(x + 1, y);
  await page.mouse.move(x, y);
  await page.waitForFunction(() => !document.getElementById('tooltip').hidden);
  const tooltip = await page.textContent('#tooltip');
  check(`evil: the tooltip of ${code} shows its name as text`, tooltip.includes(names.en), tooltip);
}
await harmless('tooltips');
await page.click('#show-table');
await drawn(page, { show: 'table' });
for (const { code, names } of areas) {
  const row = await page.locator(`#table-rows tr[data-code="${code}"]`).innerText();
  check(`evil: the table shows the name of ${code} as text`, row.includes(names.en), row);
}
await harmless('the table');
for (const path of [`/embed?${query}`, `/embed?${query}&show=table`, `/picture.svg?${query}`]) {
  await page.goto(`${base}${path}`);
  await page.waitForTimeout(500);
  await harmless(path);
}
// What an address asks for is repeated in a message at most as text.
await page.goto(
  `${base}/?set=${encodeURIComponent('"><img src=x onerror=zq9(1)>')}&indicator=${encodeURIComponent('<script>zq9(1)</script>')}`,
);
await page.waitForTimeout(1000);
await harmless('an address');
check('evil: no dialog', dialogs.length === 0, dialogs.join('; '));
const breaches = faults.filter((fault) => /policy|foreign host|script:/.test(fault));
check('evil: no breach of the policy, no failed script, no foreign host', breaches.length === 0, breaches.join('; '));
await browser.close();
finish();
