// Builds the built-in boundary sets: read -> code -> snap, cut, node -> dissolve -> simplify -> write.
//
//   npm ci --ignore-scripts && node build.mjs            writes <set>/<vintage>/
//   npm ci --ignore-scripts && node build.mjs --check    writes nothing, fails where the committed files differ

import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeArcs, feature } from 'topojson-client';
import { topology } from 'topojson-server';
import { alignCut, cut } from './lib/antimeridian.mjs';
import { node, polygons, snap, withoutSpecks } from './lib/rings.mjs';
import { SETS } from './lib/sets.mjs';
import { simplify } from './lib/simplify.mjs';
import { read } from './lib/sources.mjs';
import { codeAreas, csv } from './lib/table.mjs';
import { manifest, topoJson } from './lib/write.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** One set as {path: bytes}. */
function build(set) {
  const areas = codeAreas(read[set.id](), csv(join(here, `${set.id}.csv`)), set.properties);
  const parts = areas.map((area) => ({ ...area, polygons: area.polygons.flatMap((polygon) => planar(polygon)) }));
  const rings = parts.flatMap((area) => area.polygons.flat());
  alignCut(rings);
  const inserted = node(rings);
  const whole = parts.map((area) => ({ ...area, polygons: dissolve(area.polygons) }));
  const simple = simplify(shared(set.id, withoutSpecks(whole, set.leastIsland)), set.leastTriangle);
  const text = topoJson(set.id, simple);
  const vertices = simple.arcs.reduce((sum, arc) => sum + arc.length, 0);
  console.log(
    `${set.id}: ${areas.length} areas, ${simple.arcs.length} arcs, ${vertices} vertices, ${inserted} noded, ${text.length} bytes`,
  );
  const folder = join(set.id, set.vintage);
  const file = `${set.id}.topo.json`;
  return { [join(folder, file)]: text, [join(folder, 'boundary.toml')]: manifest({ ...set, areas: areas.length }, file, text) };
}

/** A polygon in degrees -> polygons on the grid, cut at 180. */
function planar(polygon) {
  const rings = polygon.map(snap).filter((ring) => ring.length > 0);
  return rings.length > 0 && rings[0].length > 0 ? cut(rings) : [];
}

/** The polygons of one area made one by their shared arcs, as valid polygons. */
function dissolve(pieces) {
  const valid = pieces.filter(([shell]) => shell?.length > 3).flatMap((polygon) => polygons(polygon.filter((ring) => ring.length > 3)));
  const one = topology({
    pieces: { type: 'GeometryCollection', geometries: valid.map((c) => ({ type: 'Polygon', coordinates: [...c] })) },
  });
  const { coordinates } = feature(one, mergeArcs(one, one.objects.pieces.geometries)).geometry;
  return coordinates.flatMap((polygon) => polygons(polygon));
}

/** All areas as one topology of shared arcs. */
function shared(id, areas) {
  const geometries = areas.map(({ code, properties, polygons }) => {
    const one = polygons.length === 1;
    const coordinates = one ? polygons[0] : polygons;
    return {
      type: 'Feature',
      id: code,
      properties: { code, ...properties },
      geometry: { type: one ? 'Polygon' : 'MultiPolygon', coordinates },
    };
  });
  return topology({ [id]: { type: 'FeatureCollection', features: geometries } });
}

const check = process.argv.includes('--check');
for (const set of SETS) {
  for (const [path, text] of Object.entries(build(set))) {
    const full = join(here, path);
    if (!check) (mkdirSync(dirname(full), { recursive: true }), writeFileSync(full, text));
    else if (!existsSync(full) || readFileSync(full, 'utf8') !== text) {
      console.error(`${path} differs from what build.mjs makes: run node build.mjs and review the change`);
      process.exitCode = 1;
    }
  }
}
