// The page in Chromium, scenario by scenario (docs/viewer.md names the acceptance check of each). CHORO_URL names the server,
// CHORO_SHOTS a folder for pictures; names of scenarios as arguments run those alone.

import { check, finish } from './lib/check.mjs';
import { launch } from './lib/page.mjs';
import * as cold from './scenarios/cold.mjs';
import * as embeds from './scenarios/embeds.mjs';
import * as errors from './scenarios/errors.mjs';
import * as keyboard from './scenarios/keyboard.mjs';
import * as links from './scenarios/links.mjs';
import * as maps from './scenarios/maps.mjs';
import * as narrow from './scenarios/narrow.mjs';
import * as periods from './scenarios/periods.mjs';
import * as pictures from './scenarios/pictures.mjs';
import * as plain from './scenarios/plain.mjs';
import * as reading from './scenarios/reading.mjs';
import * as table from './scenarios/table.mjs';
import * as words from './scenarios/words.mjs';

const scenarios = { cold, maps, reading, periods, links, keyboard, table, plain, narrow, embeds, pictures, words, errors };
const asked = process.argv.slice(2);
const browser = await launch();
for (const [name, { run }] of Object.entries(scenarios).filter(([name]) => asked.length === 0 || asked.includes(name))) {
  console.log(`-- ${name}`);
  try {
    await run(browser);
  } catch (error) {
    check(`${name} ran to its end`, false, error.stack);
  }
}
await browser.close();
finish();
