import { expect, test } from 'vitest';
import { isForeign, withoutForeign } from '../../src/state/foreign';
import { pageQuery } from '../../src/state/write-address';
import { stateOf } from '../fixtures';
import cases from './cases.json';

test('a parameter is foreign here where it is foreign there', () => {
  for (const [name, expected] of Object.entries(cases.foreign)) expect(isForeign(name), name).toBe(expected);
});

test('what trackers, caches and frames append is neither told nor carried on', () => {
  const usual = stateOf('period=2019&sex=F');
  for (const more of [
    'fbclid=IwAR0x&utm_source=news&utm_campaign=',
    'v=1700000000&_=2&dnt=1&access_token=',
    'initialWidth=640&childId=map&parentTitle=A+b&parentUrl=https%3A%2F%2Fa.example%2F%3Fa%3Db',
  ]) {
    const state = stateOf(`period=2019&${more}&sex=F`);
    expect(state.strange, more).toEqual([]);
    expect(pageQuery(state), more).toBe(pageQuery(usual));
  }
  expect(stateOf('fbclid=x&colour=red').strange).toEqual(['colour=red']);
});

test('an address loses them and nothing else', () => {
  const check = (given: string, expected: string) =>
    expect(withoutForeign(`https://a.example/?${given}`)).toBe(`https://a.example/${expected}`);
  check('set=a&fbclid=x&period=1', '?set=a&period=1');
  check('utm_source=x', '');
  check('v=1&set=a&v=1700000000', '?v=1&set=a');
  check('colour=red&area=a+b%2Bc', '?colour=red&area=a+b%2Bc');
});
