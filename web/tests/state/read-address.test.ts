import { expect, test } from 'vitest';
import { langOf, readState } from '../../src/state/read-address';
import { SHOWS } from '../../src/state/grammar';
import type { State } from '../../src/state/state';
import { pageAddress, pageQuery } from '../../src/state/write-address';
import { catalog, languages, randomNumbers, stateOf } from '../fixtures';

/** What the address of a state says, without the version. */
const written = (query: string) => pageQuery(stateOf(query)).replace('v=1&', '');

test('an empty address shows the first indicator with values, its first set, its last period and a grid of equal areas', () => {
  const state = stateOf('');
  const { indicator, set, grid, periods, period, vintage } = state;
  expect([indicator.id, set.id, grid.id, period, vintage]).toEqual(['rate', 'regions', 'Albers', '2021', '2020']);
  expect(periods).toEqual(['2018', '2019', '2020', '2021']);
  const { from, codes, classing, form, area, at, show, lang, strange } = state;
  expect({ from, area, at }).toEqual({ from: undefined, area: undefined, at: undefined });
  expect({ codes, classing, form, show, lang, strange }).toEqual({
    codes: { sex: 'T' },
    classing: {},
    form: 'choropleth',
    show: 'map',
    lang: 'ru',
    strange: [],
  });
});

test('each key is read and written again, in one order', () => {
  const check = (query: string, expected: string) => expect(written(query), query).toBe(expected);
  const usual = 'set=regions&grid=Albers&indicator=rate&period=2021&kind=choropleth&lang=ru';
  check('', usual);
  check('lang=en', usual.replace('lang=ru', 'lang=en'));
  check('set=countries', 'set=countries&grid=Mercator&indicator=rate&period=2021&kind=choropleth&lang=ru');
  check('grid=Mercator', usual.replace('Albers', 'Mercator'));
  check('indicator=count', 'set=regions&grid=Albers&indicator=count&period=2021&kind=symbols&lang=ru');
  check('indicator=count&kind=choropleth', 'set=regions&grid=Albers&indicator=count&period=2021&kind=choropleth&lang=ru');
  check('period=2019', usual.replace('2021', '2019'));
  check('sex=F', usual.replace('period=2021', 'period=2021&sex=F'));
  check('sex=T', usual);
  check('classes=7&method=equal&scope=period', usual.replace('&kind', '&method=equal&classes=7&scope=period&kind'));
  check('breaks=-3,1,2.5&method=manual', usual.replace('&kind', '&method=manual&breaks=-3%2C1%2C2.5&kind'));
  check('palette=blue-red', usual.replace('&kind', '&palette=blue-red&kind'));
  check('from=2020', usual.replace('&lang', '&from=2020&lang'));
  check('area=A', usual.replace('&lang', '&area=A&lang'));
  check('at=1.23456,-2,3.456', usual.replace('&lang', '&at=1.2346%2C-2.0000%2C3.46&lang'));
  for (const show of SHOWS.slice(1)) check(`show=${show}`, usual.replace('&lang', `&show=${show}&lang`));
});

test('what is not understood is told, and takes its default', () => {
  const usual = pageQuery(stateOf(''));
  const check = (query: string, strange: string[]) => {
    const state = stateOf(query);
    expect(state.strange, query).toEqual(strange);
    expect(pageQuery(state), query).toBe(usual);
  };
  check('indicator=none', ['indicator=none']);
  check('indicator=empty', ['indicator=empty']);
  check('set=x&grid=y&period=1', ['set=x', 'period=1', 'grid=y']);
  check('sex=X', ['sex=X']);
  check('classes=99&method=pie', ['method=pie', 'classes=99']);
  check('method=manual', ['method=manual']);
  check('breaks=1,2', ['breaks=1,2']);
  check('method=equal&breaks=1,2', ['method=equal', 'breaks=1,2']);
  check('breaks=1;2&method=manual', ['breaks=1;2', 'method=manual']);
  check('palette=red-blue', ['palette=red-blue']);
  check('from=2030', ['from=2030']);
  check('from=2021', ['from=2021']);
  check('kind=pie&show=all&lang=xx', ['lang=xx', 'kind=pie', 'show=all']);
  check('at=1,2', ['at=1,2']);
  check('at=1,2,3,4', ['at=1,2,3,4']);
  check('at=NaN,91,3', ['at=NaN,91,3']);
  check('<b>=1&colour=red', ['<b>=1', 'colour=red']);
  check('v=1&release=r&borders=2020&size=wide&controls=0&mode=full&fit=A', []);
  check('set=&period=', []);
});

test('a comparison needs the same borders', () => {
  expect(stateOf('from=2018').from).toBeUndefined();
  expect(stateOf('period=2018&from=2019').from).toBeUndefined();
  expect(stateOf('period=2020&from=2019').from).toBe('2019');
});

test('a catalogue without figures shows nothing', () => {
  const check = (more: Partial<typeof catalog>) =>
    expect(readState({ ...catalog, ...more }, new URLSearchParams(), languages)).toBeUndefined();
  check({ indicators: [] });
  check({ boundary_sets: [] });
  check({ grids: [] });
});

test('the language is that of the address, else of the browser, else English', () => {
  const check = (lang: string, preferred: string[], expected: string) =>
    expect(langOf(new URLSearchParams({ lang }), { known: ['en', 'ru'], preferred })).toBe(expected);
  check('ru', ['en'], 'ru');
  check('ru-RU', ['en'], 'ru');
  check('RU', ['en'], 'ru');
  check('ru-x-own', ['en'], 'ru');
  check('xx', ['ru-RU', 'en'], 'ru');
  check('', ['de', 'ru'], 'ru');
  check('', ['de'], 'en');
  check('', [], 'en');
});

test('a language of the address is looked up as the server does', () => {
  expect(stateOf('lang=ru-RU').strange).toEqual([]);
  expect(stateOf('lang=en-GB').lang).toBe('en');
  const latin = { known: ['en', 'sr-Latn'], preferred: [] };
  expect(langOf(new URLSearchParams('lang=sr'), latin)).toBe('sr-Latn');
  expect(langOf(new URLSearchParams('lang=sr-latn-RS'), latin)).toBe('sr-Latn');
});

test('a plus sign in the address is a blank, and an escaped one is itself', () => {
  expect(stateOf('area=a+b%2Bc%20d').area).toBe('a b+c d');
  expect(written('area=a+b%2Bc')).toContain('&area=a+b%2Bc&');
});

test('a link keeps its release, and a frame stays the whole viewer', () => {
  const check = (query: string, full: boolean, expected: string) =>
    expect(pageAddress(stateOf(query), full)).toBe(`?${pageQuery(stateOf(''))}${expected}`);
  check('', false, '');
  check('', true, '&mode=full');
  check('release=r1', false, '&release=r1');
  check('release=r1', true, '&release=r1&mode=full');
  // The catalogue is of r1: another release could not be had.
  check('release=r0', false, '');
});

/** A query of keys that are mostly meaningful. */
function anyQuery(random: () => number): URLSearchParams {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const all: Record<string, string[]> = {
    set: ['regions', 'countries', 'x'],
    grid: ['Mercator', 'Albers', 'x'],
    indicator: ['rate', 'count', 'empty'],
    period: ['2018', '2019', '2020', '2021', '1'],
    sex: ['F', 'M', 'T', 'X'],
    from: ['2018', '2019', '2020', 'x'],
    method: ['quantile', 'equal', 'ckmeans', 'manual', 'x'],
    classes: ['3', '5', '9', '10'],
    breaks: ['1', '1,2.5', '-1,0', 'x'],
    scope: ['all', 'period'],
    palette: ['blues', 'A'],
    kind: ['choropleth', 'symbols', 'x'],
    area: ['A', 'ж', 'a&b=c d+e'],
    at: ['1,2,3', '-359.99999,89.99999,21.999', `${(random() * 720 - 360).toFixed(9)},${(random() * 180 - 90).toFixed(9)},4`, '1,2'],
    show: [...SHOWS, 'x'],
    lang: ['en', 'ru', 'de'],
    more: ['x'],
    release: ['r1', 'r0'],
  };
  return new URLSearchParams(Object.keys(all).flatMap((key) => (random() < 0.5 ? [[key, pick(all[key] ?? [])]] : [])));
}

/** A state as it can be compared: a place has as many digits as the address. */
const comparable = ({ at, strange: _, ...rest }: State) => ({
  ...rest,
  at: at?.map((n, index) => n.toFixed(index === 2 ? 2 : 4)),
});

test('the address of any state means that state, and nothing in it is strange', () => {
  const random = randomNumbers(1);
  for (let run = 0; run < 3000; run += 1) {
    const query = anyQuery(random);
    const state = stateOf(String(query));
    const again = stateOf(pageQuery(state));
    expect(again.strange, String(query)).toEqual([]);
    expect(comparable(again), String(query)).toEqual(comparable(state));
    expect(pageQuery(again)).toBe(pageQuery(state));
  }
});
