// The page reads addresses, and computes what it computes, as the server does. The server's own test writes the cases.

import { expect, test } from 'vitest';
import document from '../../openapi.json';
import { equalArea } from '../../src/state/catalog';
import { type Cell, change, type Column } from '../../src/state/columns';
import { canCompare, comparePeriods, kindOf } from '../../src/state/periods';
import type { Catalog } from '../../src/state/documents';
import { readState } from '../../src/state/read-address';
import { periodName } from '../../src/words/period-names';
import { catalog, stateOf } from '../fixtures';
import cases from './cases.json';

test('a value of a parameter is understood here where it is understood there', () => {
  for (const [name, texts] of Object.entries(cases.values)) {
    for (const [text, known] of Object.entries(texts)) {
      const query = new URLSearchParams([[name, text]]);
      // Breaks and the method that takes them need each other.
      if (name === 'breaks') query.set('method', 'manual');
      if (name === 'method' && text === 'manual') query.set('breaks', '1');
      expect(stateOf(query.toString()).strange.includes(`${name}=${text}`), `${name}=${text}`).toBe(!known);
    }
  }
});

test('a difference is here what it is there', () => {
  const column = (cell: Cell): Column => ({ cells: [cell], flags: new Map() });
  const differences = cases.differences as [Cell, Cell, Cell][];
  expect(differences.length).toBeGreaterThan(0);
  for (const [after, before, expected] of differences) {
    expect(change(column(after), column(before)).cells, `${after} less ${before}`).toEqual([expected]);
  }
});

test('periods are in order, of a kind, and comparable as on the server', () => {
  const sorted = [...cases.periods.sorted].reverse().sort(comparePeriods);
  expect(sorted).toEqual(cases.periods.sorted);
  for (const [period, kind] of Object.entries(cases.periods.kinds)) expect(kindOf(period), period).toBe(kind);
  for (const [from, period, expected] of cases.periods.compared as [string, string, boolean][]) {
    expect(canCompare(from, period), `${from} ${period}`).toBe(expected);
  }
});

test('the interface describes each period that there is, also in lists', () => {
  const schemas = [...JSON.stringify(document).matchAll(/"pattern":("\^\[0-9\]\{4\}[^"]*")/g)];
  const patterns = new Set(schemas.map(([, pattern]) => JSON.parse(pattern ?? '""') as string));
  expect(patterns.size).toBe(2);
  for (const pattern of patterns) {
    const form = new RegExp(pattern);
    for (const period of cases.periods.sorted) expect(form.test(period), `${period} ${pattern}`).toBe(true);
    for (const wrong of ['14', '2014-T4', '2014-Q5', '2014-W5', '2014 ']) expect(form.test(wrong), `${wrong} ${pattern}`).toBe(false);
  }
});

test('periods are called as on the server', () => {
  for (const [lang, names] of Object.entries(cases.periods.names)) {
    for (const [period, expected] of Object.entries(names)) expect(periodName(period, lang)).toBe(expected);
  }
});

test('an address means here what it means there, where periods have values at different codes', () => {
  const { catalog: odd, read } = cases.addresses;
  expect(read.length).toBeGreaterThan(0);
  for (const { query, ...expected } of read) {
    const state = readState(odd as unknown as Catalog, new URLSearchParams(query), { known: ['en'], preferred: [] });
    if (!state) throw new Error(`nothing is shown at ${query}`);
    const codes = state.indicator.dimensions.map(({ id }) => state.codes[id]);
    const { period, from, strange } = state;
    expect({ period, from: from ?? null, codes, strange: [...strange].sort() }, query).toEqual(expected);
  }
});

test('a projection is of equal areas here where it is there', () => {
  for (const [crs, expected] of Object.entries(cases.equal_area)) {
    expect(equalArea({ ...catalog.grids[0]!, crs }), crs).toBe(expected);
  }
});
