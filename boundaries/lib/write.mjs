// The two files of a set, as text.

import { createHash } from 'node:crypto';
import { HALF_TURN, STEPS } from './geometry.mjs';

/** TopoJSON, one arc and one area a line, so that a change shows as a change. Delta-encoded, grid of 1/1024 degree. */
export function topoJson(id, topology) {
  const shifted = topology.arcs.map((arc) => arc.map(([x, y]) => [x + HALF_TURN, y + HALF_TURN / 2]));
  const deltas = shifted.map((arc) => arc.map(([x, y], i) => (i === 0 ? [x, y] : [x - arc[i - 1][0], y - arc[i - 1][1]])));
  const lines = (items) => items.map((item) => JSON.stringify(item)).join(',\n');
  const areas = topology.objects[id].geometries.map(({ type, id, properties, arcs }) => ({ type, id, properties, arcs }));
  return [
    `{"type":"Topology",`,
    `"transform":{"scale":[${1 / STEPS},${1 / STEPS}],"translate":[-180,-90]},`,
    `"objects":{"${id}":{"type":"GeometryCollection","geometries":[`,
    `${lines(areas)}]}},`,
    `"arcs":[`,
    `${lines(deltas)}]}`,
    ``,
  ].join('\n');
}

/** boundary.toml: what the file is, where it comes from and how to read it. */
export function manifest(set, file, bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const quote = (text) => JSON.stringify(text);
  const table = (entries) =>
    `{ ${Object.entries(entries)
      .map(([k, v]) => `${k} = ${quote(v)}`)
      .join(', ')} }`;
  const lines = [
    '# Written by boundaries/build.mjs. How the file was made and every decision in it: boundaries/README.md',
    `id = ${quote(set.id)}`,
    `vintage = ${quote(set.vintage)}`,
    `names = ${table(set.names)}`,
    `level = ${quote(set.level)}`,
    set.parentSet && `parent_set = ${quote(set.parentSet)}`,
    `source = ${quote(set.source)}`,
    `licence = ${quote(set.licence)}`,
    `retrieved = ${set.retrieved}`,
    `file = ${quote(file)}`,
    `sha256 = ${quote(sha256)}`,
    `areas = ${set.areas}`,
    `crs = "EPSG:4326"`,
    `code_field = "code"`,
    `name_fields = ${table({ en: 'name_en', ru: 'name_ru' })}`,
    set.parentSet && `parent_field = "parent"`,
  ];
  return `${lines.filter(Boolean).join('\n')}\n`;
}
