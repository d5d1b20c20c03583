import { expect, test } from 'vitest';
import { addressesOf, type EmbedChoice, snippetsOf } from '../../src/panels/embed-code';
import { drawingAddress } from '../../src/map/server-drawing';
import { pictureAddress } from '../../src/panels/picture-dialog';
import { pageQuery } from '../../src/state/write-address';
import { figuresOf, stateOf } from '../fixtures';

const HOST = 'https://maps.example.org';
const usual: EmbedChoice = { picture: false, controls: true, full: false, fit: false };

test('the address of an embedded map says what readers may do there', () => {
  const state = stateOf('lang=en&area=A&show=table');
  const query = pageQuery({ ...state, show: 'map' });
  const check = (choice: Partial<EmbedChoice>, embed: string, image: string) =>
    expect(addressesOf(state, { ...usual, ...choice }, HOST)).toEqual({
      embed: `${HOST}/embed?${query}${embed}`,
      image: `${HOST}/picture.png?${query}${image}&size=wide`,
    });
  check({}, '', '');
  check({ controls: false }, '&controls=0', '');
  check({ full: true, controls: false }, '&mode=full', '');
  check({ fit: true, controls: false }, '&controls=0&fit=A', '&fit=A');
});

test('what keeps to a release keeps to it in frames, pictures and drawings', () => {
  const state = stateOf('lang=en&release=r1');
  const { embed, image } = addressesOf(state, usual, HOST);
  const picture = pictureAddress(state, { format: 'pdf', size: 'page', lang: 'ru' });
  for (const address of [embed, image, `${HOST}${picture}`, `${HOST}${drawingAddress(state, 'r1')}`]) {
    expect(new URL(address).searchParams.getAll('release'), address).toEqual(['r1']);
  }
  const current = addressesOf(stateOf('lang=en'), usual, HOST);
  expect(`${current.embed} ${current.image}`).not.toContain('release');
  // A drawing is put among the figures of the page, so it is always of their release.
  expect(drawingAddress(stateOf('lang=en&at=1,2,3'), 'r1')).toBe(`/embed?${pageQuery(stateOf('lang=en'))}&release=r1`);
});

test('texts of a provider stay inside their quotation marks', () => {
  const state = stateOf('lang=en');
  const name = { en: '"><script>&' };
  const figures = figuresOf([], { state: { ...state, indicator: { ...state.indicator, name } } });
  const snippets = snippetsOf(figures, { embed: `${HOST}/embed?a=1&b=2`, image: `${HOST}/picture.png?a=1` }, `${HOST}/?a=1&b=2`);
  expect(snippets.frame).toBe(
    `<iframe src="${HOST}/embed?a=1&amp;b=2" title="&quot;>&lt;script>&amp;, 2021" loading="lazy" ` +
      'referrerpolicy="strict-origin-when-cross-origin" style="width:100%;height:640px;border:0"></iframe>\n' +
      `<script src="${HOST}/embed.js" async></script>`,
  );
  expect(snippets.picture).toContain('alt="&quot;>&lt;script>&amp;, 2021. Median 1."');
  expect(snippets.component).toContain(`lang="en">${snippets.picture}</choro-map>`);
});

test('a picture has the language and the size that were chosen for it', () => {
  const state = stateOf('lang=en&show=grid');
  const address = pictureAddress(state, { format: 'pdf', size: 'square', lang: 'ru' });
  expect(address).toBe(`/picture.pdf?${pageQuery({ ...state, show: 'map' }).replace('lang=en', 'lang=ru')}&size=square`);
});
