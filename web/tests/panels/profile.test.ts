import { expect, test } from 'vitest';
import { tooLarge } from '../../src/panels/profile';
import { Problem } from '../../src/state/server';

test('a profile of too many values leaves the panel with its series; any other refusal is a failure', () => {
  const refusal = new Problem(400, 'Bad Request: this area has more than 4000 columns of values', 'indicator');
  expect(tooLarge(refusal)).toBe(refusal);
  for (const other of [
    new Problem(404, 'Not Found: set regions has no area of this code'),
    new Problem(400, 'Bad Request: borders are not known', 'borders'),
    new Problem(503, 'Service Unavailable'),
    new TypeError('x'),
  ]) {
    expect(() => tooLarge(other)).toThrow(other);
  }
});
