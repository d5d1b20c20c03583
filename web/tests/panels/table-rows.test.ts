import { expect, test } from 'vitest';
import { nextOrder, type Order, type SortKey, tableRows } from '../../src/panels/table-rows';
import { figuresOf, stateOf } from '../fixtures';

const cells = [5, 'missing', -1, 7, 'invalid'];
const flags = new Map([[3, ['P']]]);
const column = { cells, flags };

const check = (key: SortKey, up: boolean, expected: string, filter = '', lang = 'en') => {
  const figures = figuresOf(cells, { column, state: stateOf(`lang=${lang}`) });
  const codes = tableRows(figures, filter, { key, up }).map((row) => figures.areas[row]?.code);
  expect(codes.join(''), `${key} ${up} ${filter}`).toBe(expected);
};

test('rows are sorted by code, name, value or note, both ways', () => {
  check('code', true, 'ABCDE');
  check('code', false, 'EDCBA');
  check('name', true, 'ABCDE');
  check('state', true, 'ACEBD');
  check('state', false, 'DBEAC');
});

test('areas without a value stand last, whichever way the values are sorted', () => {
  check('value', true, 'CADBE');
  check('value', false, 'DACBE');
});

test('the filter looks into code and name, without case and accents', () => {
  check('code', true, 'C', ' area c ');
  check('code', true, 'B', 'ОКРУГ b', 'ru');
  check('code', true, '', 'nothing');
});

test('names are sorted as their language sorts them', () => {
  const names = ['Ёлкино', 'Жуково', 'Ерино'];
  const figures = figuresOf([1, 2, 3], {
    state: stateOf('lang=ru'),
    areas: names.map((ru, row) => ({ code: String(row), names: { ru } })),
  });
  expect(tableRows(figures, '', { key: 'name', up: true }).map((row) => names[row])).toEqual(['Ёлкино', 'Ерино', 'Жуково']);
});

test('a second press turns the order round; numbers begin with the highest', () => {
  const check = (order: Order, key: SortKey, expected: Order) => expect(nextOrder(order, key)).toEqual(expected);
  check({ key: 'code', up: true }, 'code', { key: 'code', up: false });
  check({ key: 'code', up: true }, 'value', { key: 'value', up: false });
  check({ key: 'value', up: false }, 'value', { key: 'value', up: true });
  check({ key: 'value', up: true }, 'name', { key: 'name', up: true });
});
