// Pictures as the page offers them (acceptance check 14; what they show is tested beside the server).

import { check, getJson } from '../lib/check.mjs';
import { areasOf, base, crossing, indicators, periodsOf } from '../lib/context.mjs';
import { openPage, show } from '../lib/page.mjs';

export async function run(browser) {
  const [indicator] = indicators;
  const period = periodsOf(indicator).at(-1);
  const { page, faults } = await openPage(browser, base);
  await show(page, base, { set: crossing.id, indicator: indicator.id, period, lang: 'ru', area: 'RU-SA' });
  await page.click('#pictures');
  for (const [format, size] of [
    ['png', 'wide'],
    ['svg', 'square'],
    ['pdf', 'page'],
  ]) {
    await page.selectOption('#picture-format', format);
    await page.selectOption('#picture-size', size);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#picture-link')]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    check(
      `pictures: ${format} has its name`,
      download.suggestedFilename() === `${indicator.id}-${period}.${format}`,
      download.suggestedFilename(),
    );
    if (format === 'png') check('pictures: the PNG is 1200 x 630', bytes.readUInt32BE(16) === 1200 && bytes.readUInt32BE(20) === 630);
    if (format === 'pdf')
      check(
        'pictures: the PDF has title and language',
        bytes.subarray(0, 5).toString() === '%PDF-' && bytes.includes('/Title') && bytes.includes('/Lang'),
      );
    if (format === 'svg') {
      const areas = await areasOf(indicator, period);
      const text = bytes.toString('utf8');
      const shown = await page.evaluate((text) => {
        const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
        return {
          broken: svg.querySelector('parsererror')?.textContent,
          paths: svg.querySelectorAll('path[data-code]').length,
          texts: [...svg.querySelectorAll('text')].map((t) => t.textContent),
        };
      }, text);
      check(
        'pictures: the SVG has a path for each area',
        shown.broken === undefined && shown.paths === areas.length,
        `${shown.broken} ${shown.paths} ${areas.length}`,
      );
      const { created } = await getJson(base, '/catalog.json');
      const words = [`${indicator.name.ru}, ${period}`, indicator.source, created.slice(0, 10)];
      check(
        'pictures: title, source and date stand in it as text',
        words.every((w) => shown.texts.join(' ').includes(w)),
        shown.texts.slice(0, 5).join(' | '),
      );
    }
  }
  const picture = await page.getAttribute('meta[property="og:image"]', 'content');
  const answer = await fetch(picture);
  check('pictures: sites that show links get one', answer.ok && answer.headers.get('content-type') === 'image/png', picture);
  check('pictures: no console error, no breach of policy, no foreign host', faults.length === 0, faults.join('; '));
  await page.close();
}
