// The reviewed tables: which polygons of which source feature belong to which area.

import { readFileSync } from 'node:fs';

/** CSV (RFC 4180, LF) with a header row -> objects. */
export function csv(path) {
  const rows = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2]));
  const [header, ...body] = rows;
  return body.map((row, i) => {
    if (row.length !== header.length) throw new Error(`${path}:${i + 2}: ${row.length} fields, expected ${header.length}`);
    return Object.fromEntries(header.map((name, k) => [name, row[k]]));
  });
}

/**
 * Areas {code, polygons, properties} out of features and table. Every polygon of every feature must be claimed by exactly
 * one row, and every row must find its feature under the name that was reviewed: a changed source stops the build.
 */
export function codeAreas(features, table, properties) {
  const areas = new Map();
  const byKey = new Map(features.map((f) => [`${f.source} ${f.id}`, { ...f, left: new Set(f.polygons.keys()) }]));
  if (byKey.size !== features.length) throw new Error('two source features share source and id');
  for (const row of table) {
    const place = `row ${row.source} ${row.source_id} ${row.source_parts}`;
    const found = byKey.get(`${row.source} ${row.source_id}`);
    if (!found) throw new Error(`${place}: the source has no such feature`);
    if (found.name !== row.source_name) throw new Error(`${place}: source says ${found.name}, table ${row.source_name}`);
    const parts = row.source_parts ? row.source_parts.split(' ').map(Number) : [...found.polygons.keys()];
    for (const part of parts) if (!found.left.delete(part)) throw new Error(`${place}: polygon ${part} is absent or claimed twice`);
    if (!row.code) continue;
    const area = areas.get(row.code) ?? { code: row.code, polygons: [], properties: null };
    area.polygons.push(...parts.map((part) => found.polygons[part]));
    if (row.name_en) {
      if (area.properties) throw new Error(`${place}: ${row.code} is named twice`);
      area.properties = properties(row);
    }
    areas.set(row.code, area);
  }
  for (const [key, { left }] of byKey) if (left.size > 0) throw new Error(`no row claims polygon ${[...left]} of ${key}`);
  const sorted = [...areas.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  for (const { code, properties } of sorted) if (!properties) throw new Error(`${code}: no row names it`);
  return sorted;
}
