import { expect, test } from 'vitest';
import { type Changes, type Classing, startOf, withChanges } from '../../src/panels/classing-choices';

test('what is usual is left out of the address', () => {
  const check = (classing: Classing, changes: Changes, expected: Classing) => expect(withChanges(classing, changes)).toEqual(expected);
  check({}, { classes: '7' }, { classes: '7' });
  check({ classes: '7' }, { classes: '5' }, {});
  check({ method: 'equal', scope: 'period' }, { method: 'quantile' }, { scope: 'period' });
  check({ palette: 'a' }, { scope: 'all' }, { palette: 'a' });
  check({ method: 'manual', breaks: '1,2' }, { method: 'equal', breaks: undefined }, { method: 'equal' });
});

test('own breaks begin with those on the map, eight at most, and have no number of classes', () => {
  expect(startOf('manual', [1, 2.5])).toEqual({ method: 'manual', breaks: '1,2.5', classes: undefined });
  expect(startOf('manual', [1, 2, 3, 4, 5, 6, 7, 8, 9])['breaks']).toBe('1,2,3,4,5,6,7,8');
  expect(startOf('manual', [1e-13, 1e21])['breaks'], 'a plus sign is none in an address').toBe('1e-13,1e21');
  expect(startOf('equal', [1])).toEqual({ method: 'equal', breaks: undefined });
});
