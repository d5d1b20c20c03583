// The files of texts: whole, alike, used, and known to the compiler.

import { FluentResource } from '@fluent/bundle';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { pageTexts } from '../../page-texts';
import { LANGS, languageNames, texts } from '../../src/words/texts';

const raw = import.meta.glob<string>('../../../texts/*.ftl', { query: '?raw', import: 'default', eager: true });
const files = new Map(Object.entries(raw).map(([path, text]) => [path.replace(/.*\/(.+)\.ftl/, '$1'), text]));
const sources = import.meta.glob<string>(['../../src/**/*.ts', '!../../src/words/messages.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** All parts of a message of one type, however deep they lie. */
function partsOf(message: unknown, type: string): object[] {
  if (typeof message !== 'object' || message === null) return [];
  const inner = Object.values(message).flatMap((part) => partsOf(part, type));
  return 'type' in message && message.type === type ? [message, ...inner] : inner;
}

/** The variables of each message. */
function messagesOf(file: string): Map<string, string[]> {
  const variables = (message: unknown) => partsOf(message, 'var').flatMap((part) => ('name' in part ? [String(part.name)] : []));
  return new Map(new FluentResource(file).body.map((message) => [message.id, [...new Set(variables(message))].sort()]));
}

/** The names of the variants of each selection. */
function variantsOf(file: string): string[][] {
  const selects = new FluentResource(file).body.flatMap((message) => partsOf(message, 'select'));
  const keys = (select: object) => partsOf('variants' in select ? select.variants : [], 'str');
  return selects.map((select) => keys(select).flatMap((key) => ('value' in key ? [String(key.value)] : [])));
}

const page = messagesOf(pageTexts(files.get('en') ?? ''));

/** The types of src/words/messages.ts. */
function typesOf(messages: Map<string, string[]>): Promise<string> {
  const line = ([id, variables]: [string, string[]]) => `'${id}': ${variables.map((name) => `'${name}'`).join(' | ') || 'never'};`;
  const code = `// Made of texts/en.ftl by \`npm run texts\`; not to be edited.

/** The page's messages, each with the names of its variables. */
export interface Messages {\n${[...messages].map(line).join('\n')}\n}

export type MessageId = keyof Messages;
`;
  return format(code, { parser: 'typescript', singleQuote: true, printWidth: 140 });
}

test('every language has every message of English, with the same variables', () => {
  const english = messagesOf(files.get('en') ?? '');
  for (const [lang, file] of files) {
    const messages = messagesOf(file);
    expect([...messages.keys()].sort(), lang).toEqual([...english.keys()].sort());
    for (const [id, variables] of messages) expect(variables, `${lang}: ${id}`).toEqual(english.get(id));
  }
});

test('every line of a file is understood', () => {
  for (const [lang, file] of files) {
    const written = [...file.matchAll(/^([^\s#}][^=\n]*?) *=/gm)].map((match) => match[1]);
    expect(written, lang).toEqual([...messagesOf(file).keys()]);
    const strange = file.split('\n').filter((line) => !/^(|#.*|[a-z0-9-]+ =.*| {4,}.*)$/.test(line));
    expect(strange, lang).toEqual([]);
  }
});

test('every language has the groups of English, in the same order', () => {
  const groups = (file: string) => [...file.matchAll(/^## .*$/gm)].map((match) => match[0]);
  for (const [lang, file] of files) expect(groups(file), lang).toEqual(groups(files.get('en') ?? ''));
});

test('a text that depends on a number has every plural form of its language', () => {
  for (const [lang, file] of files) {
    const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories;
    // Whole numbers alone are counted, and where there is "many", "other" is for fractions.
    const needed = forms.filter((form) => form !== 'other' || !forms.includes('many')).sort();
    // A text for each month is chosen by numbers, which are no names.
    const counting = variantsOf(file).filter((named) => named.length > 0);
    for (const named of counting) expect(named.sort(), lang).toEqual(needed);
  }
  expect(variantsOf(files.get('ru') ?? '').length).toBeGreaterThan(0);
});

test('no message of the page is unused', () => {
  const code = Object.values(sources).join('\n');
  const prefixes = [...code.matchAll(/t\(`([a-z-]+-)\$\{/g)].map((match) => match[1] ?? '');
  const isUsed = (id: string) => code.includes(`'${id}'`) || prefixes.some((prefix) => id.startsWith(prefix));
  expect([...page.keys()].filter((id) => !isUsed(id))).toEqual([]);
});

test('the compiler knows the messages', async () => {
  await expect(await typesOf(page)).toMatchFileSnapshot('../../src/words/messages.ts');
});

test('the page loads its own groups and the shared ones, without comments', () => {
  const check = (file: string, expected: string) => expect(pageTexts(file)).toBe(expected);
  check('# a\nname = N\n\n## Page: x\n\n# c\na = A\n\n## Server: y\n\nb = B\n## Page: z\nc =\n    C\n', 'name = N\na = A\nc =\n    C');
  check('## Shared: x\na = A\n## Server: Page: y\nb = B\n## Sharedness: z\nc = C\n', 'a = A');
  check('name = N\n', 'name = N');
  check('', '');
});

test('English comes first among the languages, each in its own name', () => {
  expect(new Set(LANGS)).toEqual(new Set(files.keys()));
  expect(LANGS[0]).toBe('en');
  expect(Object.fromEntries(languageNames())).toMatchObject({ en: 'English', ru: 'Русский' });
});

test('numbers take the plural form of their language, and have no marks between thousands', () => {
  const english = texts('en');
  expect([0, 1, 2, 1200].map((count) => english('found', { count }))).toEqual(['0 found', '1 found', '2 found', '1200 found']);
  const check = (shown: number, expected: string) => expect(texts('ru')('areas-shown', { shown, of: 2492 })).toBe(`${expected} из 2492`);
  check(0, '0 территорий');
  check(1, '1 территория');
  check(3, '3 территории');
  check(5, '5 территорий');
  check(11, '11 территорий');
  check(21, '21 территория');
  check(1204, '1204 территории');
});

test('what is put into a text stands there without marks', () => {
  expect(texts('en')('series-breaks', { periods: '2019, 2020' })).toBe(
    'Break in the series: 2019, 2020. Figures before and after do not compare fully.',
  );
});

test('a language without a file has the English words', () => expect(texts('xx')('map')).toBe('Map'));
