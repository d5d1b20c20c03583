import { expect, test } from 'vitest';
import { Index, plain } from '../../src/words/search';

const index = new Index(
  [
    ['Net migration', 'Миграционный прирост', 'balance'],
    ['Arrivals', 'Прибытия', 'migration from elsewhere'],
    ['Migration turnover', 'Оборот', 'volume'],
    ['Kurgan', 'Курган'],
    ['Королёв', 'Korolyov'],
    ['Kursk', 'Курск'],
    ['Alabama Shakes', 'AL-1'],
    ['Alto', 'X', 'alabama'],
    ['Zeta', 'AL'],
    ['Balance of balance', 'x'],
  ].map((texts) => ({ item: texts[0], texts, exact: texts.slice(0, 2) })),
);

const check = (question: string, expected: string[]) => expect(index.find(question, 3), question).toEqual(expected);

test('texts are compared without case and accents; ё is written е as often as not', () => {
  expect(plain('ÀÉÎ Ёлка')).toBe('aei елка');
});

test('an empty question finds all in their order, as many as are wanted', () =>
  check(' ', ['Net migration', 'Arrivals', 'Migration turnover']));

test('what begins with the question comes first, then names before synonyms', () => {
  check('migration', ['Migration turnover', 'Net migration', 'Arrivals']);
  check('kur', ['Kurgan', 'Kursk']);
});

test('who writes a code or a name in full gets it first', () => {
  check('AL', ['Zeta', 'Alabama Shakes', 'Alto']);
  check('al-1', ['Alabama Shakes']);
  check('alto', ['Alto']);
  check('оборот', ['Migration turnover']);
  check('Kursk', ['Kursk']);
});

test('every word of the question has to be found', () => {
  check('net migration', ['Net migration']);
  check('net arrivals', []);
});

test('a name is found in both languages, with another ending and with a letter wrong', () => {
  check('прирост', ['Net migration']);
  check('прироста', ['Net migration']);
  check('королев', ['Королёв']);
  check('arivals', ['Arrivals']);
  check('korolov', ['Королёв']);
  check('elsewere', ['Arrivals']);
});

test('short words must be spelt right', () => check('nat', []));
