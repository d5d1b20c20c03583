import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hasName, mostNames } from '../../src/panels/period-slider';
import { PACES, Playback } from '../../src/panels/playback';

test('the last mark has its name, and others as far as there is room', () => {
  const check = (count: number, expected: number[], most = 6) => {
    const marks = Array.from({ length: count }, (_, index) => index);
    expect(marks.filter((index) => hasName(index, count, most))).toEqual(expected);
  };
  check(1, [0]);
  check(3, [0, 1, 2]);
  check(6, [0, 1, 2, 3, 4, 5]);
  check(10, [0, 2, 4, 6, 9]);
  check(60, [0, 10, 20, 30, 40, 59]);
  check(10, [0, 9], 2);
});

test('long names have fewer marks', () => {
  expect(mostNames(['2014', '2015'])).toBe(6);
  expect(mostNames(['2014', 'II квартал 2014 г.'])).toBe(2);
  expect(mostNames(['first half of the year of our lord 2014 and of nobody else'])).toBe(1);
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function played(): { playback: Playback; shown: string[] } {
  const shown: string[] = [];
  const playback = new Playback(
    async (period) => void shown.push(period),
    () => shown.push('stopped'),
  );
  return { playback, shown };
}

test('periods are shown one after the other, then it stops', async () => {
  const { playback, shown } = played();
  playback.start(['2019', '2020', '2021'], '2019');
  await vi.advanceTimersByTimeAsync(PACES.usual * 3);
  expect(shown).toEqual(['2020', '2021', 'stopped']);
  expect(playback.playing).toBe(false);
});

test('at the end it begins anew', async () => {
  const { playback, shown } = played();
  playback.start(['2019', '2020', '2021'], '2021');
  await vi.advanceTimersByTimeAsync(1);
  expect(shown).toEqual(['2019']);
});

test('once stopped it shows nothing more, and stopping twice is told once', async () => {
  const { playback, shown } = played();
  playback.pace = 'fast';
  playback.start(['2019', '2020', '2021'], '2019');
  await vi.advanceTimersByTimeAsync(PACES.fast - 1);
  playback.stop();
  playback.stop();
  await vi.advanceTimersByTimeAsync(PACES.fast * 5);
  expect(shown).toEqual(['2020', 'stopped']);
});
