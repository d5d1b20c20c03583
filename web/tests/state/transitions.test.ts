import { expect, test } from 'vitest';
import { readState } from '../../src/state/read-address';
import { choose, classify, goToArea, stateAfter, toggleArea } from '../../src/state/transitions';
import { catalog, languages, stateOf } from '../fixtures';

const full = stateOf(
  'set=regions&grid=Mercator&indicator=rate&period=2021&sex=F&method=manual&breaks=1,2&palette=blues&scope=period&kind=symbols&from=2020&area=A&at=1,2,3&show=table&lang=en',
);

/** The keys that a query has lost, and those that it has now. */
function difference(next: URLSearchParams): [string[], string[]] {
  const before = choose(full, 'v', '1');
  const lost = [...before.keys()].filter((key) => !next.has(key));
  const changed = [...next].filter(([key, value]) => before.get(key) !== value).map((pair) => pair.join('='));
  return [lost, changed];
}

test('a choice changes its key and takes away what it makes stale', () => {
  const check = (key: string, value: string | undefined, lost: string[], changed: string[]) =>
    expect(difference(choose(full, key, value)), `${key}=${value}`).toEqual([lost, changed]);
  check('period', '2019', ['from'], ['period=2019']);
  check('period', '2020', ['from'], ['period=2020']);
  check('period', '2021-Q1', ['from'], ['period=2021-Q1']);
  check('period', '2021', [], []);
  check('sex', 'M', [], ['sex=M']);
  check('from', '', ['from'], []);
  check('at', undefined, ['at'], []);
  check('show', 'map', [], ['show=map']);
  check('lang', 'ru', [], ['lang=ru']);
  check('indicator', 'count', ['method', 'breaks', 'palette', 'kind'], ['indicator=count']);
  check('set', 'countries', ['grid', 'area', 'at'], ['set=countries']);
  check('grid', 'Albers', ['at'], ['grid=Albers']);
});

test('an area that is pressed twice is not selected any more', () => {
  expect(toggleArea(full, 'B').get('area')).toBe('B');
  expect(toggleArea(full, 'A').get('area')).toBeNull();
  expect(toggleArea(full, undefined).get('area')).toBeNull();
});

test('an area of the same set is gone to where the map is, one of another set is not', () => {
  expect(difference(goToArea(full, 'regions', 'B'))).toEqual([[], ['area=B']]);
  expect(difference(goToArea(full, 'countries', 'B'))).toEqual([
    ['grid', 'from', 'at'],
    ['set=countries', 'area=B'],
  ]);
});

test('other classes replace all of the classification', () => {
  expect(difference(classify(full, { classes: '7' }))).toEqual([['method', 'breaks', 'scope', 'palette'], ['classes=7']]);
});

test('what a step makes stale is no mistake of a link, and what it brings itself may be', () => {
  const check = (query: string, key: string, value: string, strange: string[]) =>
    expect(stateAfter(catalog, stateOf(query), choose(stateOf(query), key, value), languages)?.strange, `${query} ${key}`).toEqual(strange);
  check('lang=en&sex=F&from=2020', 'indicator', 'count', []);
  check('lang=en&sex=F&from=2020', 'set', 'countries', []);
  check('lang=en&from=2020', 'period', '2018', []);
  check('lang=en&from=2020', 'from', '2018', ['from=2018']);
  check('lang=en', 'palette', 'none', ['palette=none']);
  expect(readState(catalog, choose(stateOf('sex=F&lang=en'), 'indicator', 'count'), languages)?.strange).toEqual(['sex=F']);
});

test('a choice leaves the state as it was', () => {
  const before = JSON.stringify(full);
  choose(full, 'indicator', 'count');
  classify(full, {});
  expect(JSON.stringify(full)).toBe(before);
});
