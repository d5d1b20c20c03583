import { expect, test } from 'vitest';
import { Store } from '../../src/state/store';

const letters = () => new Store({ a: 1, b: 1, c: 1 });

test('only those are told who asked for a value that has changed', () => {
  const store = letters();
  const told: string[] = [];
  store.subscribe(['a'], ({ a }) => told.push(`a=${a}`));
  store.subscribe(['b', 'c'], ({ b, c }) => told.push(`b=${b} c=${c}`));
  store.update({ a: 2 });
  store.update({ a: 2 });
  store.update({ b: 2, c: 3 });
  store.update({});
  expect(told).toEqual(['a=2', 'b=2 c=3']);
});

test('what was read before a change stays as it was', () => {
  const store = letters();
  const before = store.get();
  store.update({ a: 2 });
  expect([before.a, store.get().a]).toEqual([1, 2]);
});

test('a listener that changes more is told of that once, and later ones see the newest', () => {
  const store = letters();
  const told: string[] = [];
  store.subscribe(['a'], ({ a }) => store.update({ b: a }));
  store.subscribe(['a'], ({ a, b }) => told.push(`a=${a} b=${b}`));
  store.subscribe(['b'], ({ b }) => told.push(`b=${b}`));
  store.update({ a: 2 });
  expect(told).toEqual(['b=2', 'a=2 b=2']);
});

test('whoever has ended is told no more', () => {
  const store = letters();
  let told = 0;
  const end = store.subscribe(['a'], () => (told += 1));
  store.update({ a: 2 });
  end();
  store.update({ a: 3 });
  expect(told).toBe(1);
});

test('waiting ends when the condition holds, at once where it holds already', async () => {
  const store = letters();
  await store.until(['a'], ({ a }) => a === 1);
  let held = false;
  const waiting = store.until(['a', 'b'], ({ a, b }) => a === b + 1).then(() => (held = true));
  store.update({ b: 5 });
  await Promise.resolve();
  expect(held).toBe(false);
  store.update({ a: 6 });
  await waiting;
  expect(held).toBe(true);
});
