// An error of the server is shown in its words, and no map of another selection stays beside it.

import { check } from '../lib/check.mjs';
import { base } from '../lib/context.mjs';
import { openPage } from '../lib/page.mjs';

export async function run(browser) {
  const { page } = await openPage(browser, base);
  const problem = { title: 'Not found', detail: 'that period <b>is not</b> published', status: 404 };
  await page.route('**/legends/**', (route) =>
    route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  await page.goto(`${base}/?lang=en`);
  await page.waitForFunction(() => !document.getElementById('error').hidden, undefined, { timeout: 30_000 });
  const text = await page.textContent('#error');
  check('errors: the server is quoted', text.includes(problem.detail), text);
  check('errors: no map of something else is shown', (await page.locator('#map canvas').count()) === 0);
  await page.close();
}
