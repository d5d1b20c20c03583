import { expect, test } from 'vitest';
import { breakdownOf, cellText, flagCounts, noteOf, periodText, readingOf, sentence, titled, titleOf } from '../../src/words/readings';
import { figuresOf, legend, stateOf } from '../fixtures';

test('a reading is name, value, unit, rank and flag, as one sentence', () => {
  const flags = new Map([[1, ['P', 'small_base']]]);
  const cells = [5, -2.25, 'secrecy', 0];
  const check = (lang: string, row: number, expected: string) => {
    const figures = figuresOf(cells, { state: stateOf(`lang=${lang}`), column: { cells, flags } });
    expect(sentence(readingOf(figures, row))).toBe(expected);
  };
  check('en', 0, 'Area A: +5.0, per 1000; rank 1 of 3 areas with data, the highest first.');
  check('en', 1, 'Area B: \u22122.3, per 1000; rank 3 of 3 areas with data, the highest first; provisional; small base, not reliable.');
  check('en', 2, 'Area C: confidential.');
  check('ru', 0, 'Округ A: +5,0, per 1000; 1-е место из 3 среди территорий с данными, по убыванию.');
  check(
    'ru',
    1,
    'Округ B: \u22122,3, per 1000; 3-е место из 3 среди территорий с данными, по убыванию; предварительно; малая база, ненадёжно.',
  );
});

test('equal values share their places, and it is said', () => {
  const check = (lang: string, expected: string) => {
    const figures = figuresOf([5, 3, 3, 1, 'missing'], { state: stateOf(`lang=${lang}`) });
    expect(readingOf(figures, 2).details).toBe(expected);
  };
  check('en', 'per 1000; ranks 2 to 3 of 4 areas with data (equal values), the highest first');
  check('ru', 'per 1000; места 2–3 из 4 среди территорий с данными (равные значения), по убыванию');
});

test('a value next to a break is printed on its side of it', () => {
  const text = (value: number) => cellText(figuresOf([]), value);
  expect([9.94, 9.95, 9.96, 10, -0.01, 0, 0.04].map(text)).toEqual(['+9.9', '+9.95', '+9.96', '+10.0', '\u22120.01', '0.0', '+0.04']);
});

test('ranks among thousands have no marks between the thousands', () => {
  const figures = figuresOf(Array.from({ length: 2492 }, (_, index) => 2492 - index));
  expect(readingOf(figures, 1199).details).toBe('per 1000; rank 1200 of 2492 areas with data, the highest first');
});

test('a sign is shown where values lie on both sides of zero, and in differences', () => {
  const check = (query: string, expected: string) => expect(cellText(figuresOf([], { state: stateOf(query) }), 3)).toBe(expected);
  check('lang=en', '+3.0');
  check('lang=en&indicator=count', '3');
  check('lang=en&indicator=count&from=2020', '+3');
});

test('a note is the state of an area without value, or what is to be known of its value', () => {
  const flags = new Map([
    [0, ['E']],
    [1, ['X']],
  ]);
  const cells = [1, 1, 'missing', 1];
  const figures = figuresOf(cells, { column: { cells, flags } });
  expect(cells.map((_, row) => noteOf(figures, row))).toEqual(['estimated', 'X', 'no data', '']);
});

test('differences say of both periods what is to be known of them', () => {
  const flags = new Map([
    [0, ['P', 'B']],
    [1, ['unknown_base']],
  ]);
  const figures = figuresOf([1, 2], { column: { cells: [1, 2], flags }, state: stateOf('lang=en&from=2020') });
  expect([0, 1].map((row) => noteOf(figures, row))).toEqual([
    'from or to provisional figures; across a break in the series',
    'base not known',
  ]);
});

test('the value of one period has no sign for being compared', () => {
  const check = (query: string, expected: string) => expect(periodText(figuresOf([], { state: stateOf(query) }), 3)).toBe(expected);
  check('lang=en&indicator=count&from=2020', '3');
  check('lang=en&from=2020', '+3.0');
});

test('flags are counted among values', () => {
  const flags = new Map([
    [0, ['P', 'E']],
    [1, ['P']],
    [2, ['P']],
  ]);
  expect(flagCounts({ cells: [1, 2, 'missing'], flags }, 'en')).toBe('provisional: 2; estimated: 1');
});

test('a title is the indicator and the period, or the two that are compared', () => {
  expect(titleOf(figuresOf([]))).toBe('Indicator rate, 2021');
  const changed = { ...legend, change_label: 'change from 2020 to 2021' };
  expect(titleOf(figuresOf([], { legend: changed }))).toBe('Indicator rate, change from 2020 to 2021');
  expect(titleOf(figuresOf([], { state: stateOf('lang=ru') }))).toBe('Indicator rate, 2021 г.');
});

test('what follows a title follows one full stop', () => {
  const check = (lang: string, expected: string) => expect(titled(figuresOf([], { state: stateOf(`lang=${lang}`) }))).toBe(expected);
  check('en', 'Indicator rate, 2021. Median 1.');
  check('ru', 'Indicator rate, 2021 г. Median 1.');
});

test('a breakdown names the codes chosen, but no totals', () => {
  const check = (query: string, expected: string) => expect(breakdownOf(stateOf(query))).toBe(expected);
  check('lang=en', '');
  check('lang=en&sex=F', 'Sex: women');
  check('lang=ru&sex=M', 'Пол: мужчины');
});
