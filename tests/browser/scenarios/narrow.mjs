// Phones, and pages made 2 and 4 times as large (acceptance check 12).

import { check } from '../lib/check.mjs';
import { base, crossing, indicators, shot } from '../lib/context.mjs';
import { openPage, show } from '../lib/page.mjs';

/** Name, width and height in CSS pixels, pixels of the screen for each. Zoom of a browser is a smaller page of denser pixels. */
const SCREENS = [
  ['phone', 320, 640, 1],
  ['tablet', 768, 1024, 1],
  ['zoom-2', 640, 360, 2],
  ['zoom-4', 320, 180, 4],
];

export async function run(browser) {
  for (const [name, width, height, deviceScaleFactor] of SCREENS) {
    for (const lang of ['ru', 'en']) {
      const { page } = await openPage(browser, base, width, height, { deviceScaleFactor });
      for (const kind of ['map', 'grid', 'table', 'multiples']) {
        await show(page, base, {
          set: crossing.id,
          indicator: indicators[0].id,
          area: 'RU-SA',
          lang,
          ...(kind === 'map' ? {} : { show: kind }),
        });
        await page.waitForSelector('#profile .chart');
        await page.evaluate(() => {
          document.getElementById('choices').open = true;
        });
        const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        check(`narrow: ${kind} on ${name} in ${lang} is no wider than the screen`, wide[0] <= wide[1], wide.join());
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, select, input, summary, a[href]:not(.skip)')]
            .filter((element) => element.checkVisibility() && !element.closest('.maplibregl-ctrl'))
            .map((element) => ({ element, box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 23.5))
            .map(({ element, box }) => `${element.outerHTML.slice(0, 60)} ${box.width.toFixed(0)}x${box.height.toFixed(0)}`),
        );
        check(`narrow: ${kind} on ${name} in ${lang} has targets of 24 pixels`, small.length === 0, small.slice(0, 4).join(' | '));
        const covered = await page.evaluate(() => {
          const reading = document.querySelector('#profile .big');
          reading.scrollIntoView({ block: 'center' });
          const { left, top, height } = reading.getBoundingClientRect();
          return reading.contains(document.elementFromPoint(left + 5, top + height / 2));
        });
        check(`narrow: ${kind} on ${name} in ${lang} covers no value`, covered);
        if (kind === 'map' && name !== 'zoom-2') await page.screenshot({ path: shot(`narrow-${name}-${lang}`), fullPage: true });
      }
      await page.close();
    }
  }
}
