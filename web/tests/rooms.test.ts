// Imports go one way: the table of web/README.md, and no circles.

import { expect, test } from 'vitest';
import readme from '../README.md?raw';

const sources = import.meta.glob<string>('../src/**/*.ts', { query: '?raw', import: 'default', eager: true });
const files = new Map(Object.entries(sources).map(([path, code]) => [path.replace('../src/', '').replace(/\.ts$/, ''), code]));
const ranks = new Map(
  [...readme.matchAll(/^\| (\d) \| `([a-z.]+)` \|/gm)].map(([, rank, room]) => [room?.replace('.ts', ''), Number(rank)]),
);

/** The first part of a path: `map/squares` lies in `map`, `main` in itself. */
const roomOf = (file: string) => file.split('/')[0] ?? '';

/** The files that a file imports, also the types of. */
function importsOf(file: string, code: string): string[] {
  const named = [...code.matchAll(/(?:from|import|import\() ?'(\.[^'?]+)'/g)].map((match) => match[1] ?? '');
  const absolute = named.map((path) => new URL(path, `file:///${file}`).pathname.slice(1));
  return absolute.filter((path) => !path.endsWith('.css') && !path.endsWith('.ftl'));
}

test('the reader of imports sees every form', () => {
  const check = (code: string, expected: string[]) => expect(importsOf('map/squares', code), code).toEqual(expected);
  check(`import { h } from '../ui/dom';`, ['ui/dom']);
  check(`import type { A } from './b';\nimport './style.css';`, ['map/b']);
  check(`const { a } = await import('./late');`, ['map/late']);
  check(`import '../side';`, ['side']);
  check(`import { Map } from 'maplibre-gl';`, []);
});

test('every room has a rank, and every rank a room', () => {
  expect(new Set([...files.keys()].map(roomOf))).toEqual(new Set([...ranks.keys(), 'vite.d']));
});

test('a file imports files that there are', () => {
  const lost = [...files].flatMap(([file, code]) => importsOf(file, code).filter((path) => !files.has(path)));
  expect(lost).toEqual([]);
});

test('a file imports only from its own room and from rooms of a lower rank', () => {
  const allowed = (from: string, to: string) => from === to || (ranks.get(to) ?? 9) < (ranks.get(from) ?? 0);
  const wrong = [...files].flatMap(([file, code]) =>
    importsOf(file, code)
      .filter((path) => !allowed(roomOf(file), roomOf(path)))
      .map((path) => `${file} imports ${path}`),
  );
  expect(wrong).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const done = new Set<string>();
  const visit = (file: string, way: string[]): void => {
    if (way.includes(file)) throw new Error(`a circle: ${[...way.slice(way.indexOf(file)), file].join(' -> ')}`);
    if (done.has(file)) return;
    for (const path of importsOf(file, files.get(file) ?? '')) visit(path, [...way, file]);
    done.add(file);
  };
  for (const file of files.keys()) visit(file, []);
  expect(done.size).toBe(files.size);
});
