import { expect, test } from 'vitest';
import { namedAt, path, type Point } from '../../src/panels/chart';
import { filesOf } from '../../src/panels/downloads';
import { pointsOf, wordsOf } from '../../src/panels/profile-over-time';
import { notesOf } from '../../src/map/small-maps';
import { seriesAddress } from '../../src/state/queries';
import { comparablePeriods, type State } from '../../src/state/state';
import { figuresOf, stateOf } from '../fixtures';

const MONTHS = Array.from({ length: 288 }, (_, i) => `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`);
const YEARS = Array.from({ length: 65 }, (_, i) => String(1959 + i));

/** A state whose indicator has values of these periods, of so many areas. */
function stateWith(periods: string[], areas = 5, query = 'lang=en&indicator=count', older: string[] = []): State {
  const state = stateOf(query);
  const cover = { id: 'regions', vintage: '2020', periods };
  const past = { id: 'regions', vintage: '2010', periods: older };
  const set = { ...state.set, vintages: state.set.vintages.map((vintage) => ({ ...vintage, areas })) };
  const indicator = { ...state.indicator, boundary_sets: [cover, past] };
  return { ...state, indicator, set, periods: [...older, ...periods].sort(), period: periods.at(-1) ?? '', area: 'A' };
}

const tables = (state: State) => filesOf(state, 'r1').filter(({ address }) => address.startsWith('/values/'));
const periodOf = (address: string) => new URL(address, 'https://maps.example.org').searchParams.get('period');

test('a file of all periods has all of them, in an address that every server takes', () => {
  const check = (periods: string[], expected: string) => {
    const file = tables(stateWith(periods))[1];
    expect(file?.text).toBe('CSV, all periods');
    expect(periodOf(file?.address ?? '')).toBe(expected);
    expect(file?.address.length).toBeLessThan(2048);
  };
  check(MONTHS, '2000-01..2023-12');
  check(YEARS, '1959..2023');
  check(['2020', '2021'], '2020..2021');
});

test('where one file would be too large there are several, each named by its periods', () => {
  const files = tables(stateWith(MONTHS, 30_000)).slice(1);
  expect(files.map(({ text }) => text)).toEqual([
    'CSV, 2000-01 \u2013 2009-12',
    'CSV, 2010-01 \u2013 2019-12',
    'CSV, 2020-01 \u2013 2023-12',
  ]);
});

test('a file that lacks the periods of other borders says so', () => {
  const file = tables(stateWith(['2020', '2021'], 5, 'lang=en&indicator=count', ['2018']))[1];
  expect(file?.text).toBe('CSV, all periods on the boundaries of 2020');
});

test('the profile asks for the values of one area, whatever the number of periods', () => {
  const check = (query: string, sex: string) => {
    const address = seriesAddress(stateWith(MONTHS, 5, query), 'r1', { set: 'regions', borders: '2020', code: 'A/1' });
    expect(address).toBe(`/areas/regions/A%2F1?indicator=rate&sex=${sex}&borders=2020&lang=en&release=r1`);
  };
  check('lang=en&sex=F', 'F');
  // The newest period may have no total, which the server would then not take by itself.
  check('lang=en', 'T');
});

test('each period has its point, with its own value and what is to be known of it', () => {
  const figures = figuresOf([1], { state: { ...stateWith(YEARS), from: '1990' } });
  const points = pointsOf(
    figures,
    ['1959', '1960', '1961', '1962'],
    [
      { period: '1959', value: 5 },
      { period: '1961', value: 7, status: 'P', reliability: 'small_base' },
      { period: '1962', value: 9, status: 'B' },
    ],
  );
  expect(points.map(({ text, isBreak, isMarked }) => [text, isBreak, isMarked])).toEqual([
    // The map shows a difference; the chart shows values, without its plus sign.
    ['5', false, false],
    ['no data', false, false],
    ['7, provisional; small base, not reliable', false, true],
    ['9, break in the series', true, true],
  ]);
});

test('years are not drawn among months', () => {
  const state = stateWith(['2020', '2020-01', '2020-02', '2021', '2021-01']);
  expect(comparablePeriods({ ...state, period: '2020-02' })).toEqual(['2020-01', '2020-02', '2021-01']);
  expect(comparablePeriods({ ...state, period: '2021' })).toEqual(['2020', '2021']);
});

const point = (period: string, value: number | undefined, isBreak = false): Point => ({
  period,
  name: period,
  value,
  text: String(value),
  isBreak,
  isMarked: isBreak,
});

test('a long line is read by its first, last, lowest and highest points and its breaks', () => {
  const points = MONTHS.map((period, index) => point(period, index === 100 ? -7 : index === 200 ? 999 : index % 12, index === 50));
  const words = wordsOf({ name: 'Alpha', points }, stateOf('lang=en'));
  expect(words).toBe('Alpha. Points: 288. 2000-01: 0; 2004-03: 2; 2008-05: -7; 2016-09: 999; 2023-12: 11');
  expect(wordsOf({ name: 'Alpha', points: points.slice(0, 2) }, stateOf('lang=en'))).toBe('Alpha. 2000-01: 0; 2000-02: 1');
});

test('names below the line have room', () => {
  const check = (count: number, name: string, expected: number[]) =>
    expect(namedAt(Array.from({ length: count }, () => name)), `${count} of ${name}`).toEqual(expected);
  check(1, '2014', [0]);
  check(2, '2014', [0, 1]);
  check(11, '2014', [0, 10]);
  check(65, '2014', [0, 21, 43, 64]);
  check(65, '2014 г.', [0, 21, 43, 64]);
  check(288, 'September 2014', [0, 144, 287]);
  check(40, 'III квартал 2014 г.', [0, 39]);
});

test('a gap is a gap, and a value between two gaps is seen', () => {
  const points = [point('1', 1), point('2', undefined), point('3', 3), point('4', undefined), point('5', 5), point('6', 6, true)];
  expect(
    path(
      points,
      (period) => Number(period),
      (value) => value,
    ),
  ).toBe('M1.0 1.0h0.1M3.0 3.0h0.1M5.0 5.0h0.1M6.0 6.0h0.1');
  expect(
    path(
      [point('1', 1), point('2', 2)],
      (period) => Number(period),
      (value) => value,
    ),
  ).toBe('M1.0 1.0h0.1L2.0 2.0');
});

test('small maps say which of many periods they show, and that colours of counts mislead', () => {
  expect(notesOf(stateWith(MONTHS), 288)).toEqual([
    'One map a period, all on one scale.',
    'The last 12 of 288 periods.',
    'Colours of whole numbers mislead: large areas look important. Circles show numbers rightly.',
  ]);
  expect(notesOf(stateOf('lang=en'), 3)).toEqual(['One map a period, all on one scale.']);
});
