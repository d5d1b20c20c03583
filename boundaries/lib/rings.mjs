// Rings made clean on the grid: snapped, noded, without spikes, split where they touch themselves.

import { area2, contains, HALF_TURN, meeting, nearPairs, same, squareKilometres, STEPS } from './geometry.mjs';

/** Degrees to grid, and points that fall together made one. */
export function snap(ring) {
  return withoutSpikes(ring.map(([x, y]) => [Math.round(x * STEPS), Math.round(y * STEPS)]));
}

/** A closed ring without repeated points and without there-and-back; empty when nothing is left of it. */
export function withoutSpikes(ring) {
  let points = ring.slice(0, -1);
  for (let before = Infinity; points.length < before;) {
    before = points.length;
    const kept = [];
    for (const point of points) {
      if (kept.length > 0 && same(kept.at(-1), point)) continue;
      if (kept.length > 1 && same(kept.at(-2), point)) kept.pop();
      else kept.push(point);
    }
    while (kept.length > 1 && same(kept[0], kept.at(-1))) kept.pop();
    while (kept.length > 2 && same(kept[0], kept.at(-2))) (kept.pop(), same(kept[0], kept.at(-1)) && kept.pop());
    while (kept.length > 2 && same(kept[1], kept.at(-1))) kept.shift();
    points = kept;
  }
  return points.length < 3 ? [] : [...points, points[0]];
}

/**
 * Inserts a common vertex wherever two edges meet, until edges meet at vertices alone. Snapping moves a vertex by up to
 * half a step, which is enough to carry it over a neighbouring edge; and the source has crossings of its own.
 * Returns the number of vertices inserted.
 */
export function node(rings) {
  for (let inserted = 0, round = 0; ; round++) {
    if (round > 50) throw new Error('noding does not settle: more than 50 rounds');
    const additions = meetings(rings);
    if (additions.size === 0) return inserted;
    for (const ring of rings) {
      for (let i = ring.length - 1; i > 0; i--) {
        const points = additions.get(edgeKey(ring[i - 1], ring[i]));
        if (!points) continue;
        const [ax, ay] = ring[i - 1];
        const far = ([x, y]) => (x - ax) ** 2 + (y - ay) ** 2;
        const sorted = [...points].sort((p, q) => far(p) - far(q));
        const fresh = sorted.filter((p, k) => !(same(p, ring[i]) || same(p, ring[i - 1]) || (k > 0 && same(p, sorted[k - 1]))));
        ring.splice(i, 0, ...fresh);
        inserted += fresh.length;
      }
      const clean = withoutSpikes(ring);
      ring.splice(0, ring.length, ...clean);
    }
  }
}

const edgeKey = (a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a},${b}` : `${b},${a}`);

/** Edge -> points to insert, for every edge that another one meets away from their common ends. */
function meetings(rings) {
  const edges = new Map();
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) edges.set(edgeKey(ring[i - 1], ring[i]), [ring[i - 1], ring[i]]);
  }
  const keys = [...edges.keys()];
  const segments = [...edges.values()];
  const additions = new Map();
  const add = (j, points) => {
    const fresh = points.filter((p) => !same(p, segments[j][0]) && !same(p, segments[j][1]));
    if (fresh.length > 0) additions.set(keys[j], [...(additions.get(keys[j]) ?? []), ...fresh]);
  };
  nearPairs(segments, (i, j) => {
    const found = meeting(segments[i], segments[j]);
    if (found) (add(i, found[0]), add(j, found[1]));
  });
  return additions;
}

/** A ring that comes back to a vertex, as the simple rings that it consists of. */
export function simpleRings(ring) {
  const rings = [];
  const path = [];
  const at = new Map();
  for (const point of ring) {
    const key = String(point);
    if (at.has(key)) {
      const start = at.get(key);
      const loop = path.splice(start + 1);
      for (const p of loop) at.delete(String(p));
      const closed = [point, ...loop, point];
      if (closed.length > 3 && area2(closed) !== 0) rings.push(closed);
    } else {
      at.set(key, path.length);
      path.push(point);
    }
  }
  return rings;
}

/**
 * Polygons of rings that may touch themselves. The inner side of a ring does not change along it, so the pieces that turn
 * as the whole polygon does are shells and the others holes. Shells turn counter-clockwise in the result.
 */
export function polygons(polygon) {
  const turn = Math.sign(area2(polygon[0]));
  const shells = [];
  const holes = [];
  polygon.forEach((ring, index) => {
    // A source may turn its holes either way; after this, holes turn against their shell.
    const wanted = index === 0 ? turn : -turn;
    const whole = Math.sign(area2(ring)) === wanted ? ring : [...ring].reverse();
    for (const piece of simpleRings(whole)) {
      const oriented = turn > 0 ? piece : [...piece].reverse();
      (area2(oriented) > 0 ? shells : holes).push(oriented);
    }
  });
  return shells.map((shell) => [shell, ...holes.filter((hole) => smallestAround(shells, hole) === shell)]);
}

function smallestAround(shells, hole) {
  const around = shells.filter((shell) => hole.every((p) => contains(shell, p) || shell.some((q) => same(p, q))));
  return around.sort((a, b) => area2(a) - area2(b))[0];
}

/**
 * Areas [{code, polygons}] without islands below `least` square kilometres. An area keeps its largest polygon, and an
 * enclave or a piece at the antimeridian is no island: leaving it out would tear a hole.
 */
export function withoutSpecks(areas, least) {
  const uses = new Map();
  for (const point of areas.flatMap((area) => area.polygons.flat()).flatMap((ring) => ring.slice(1))) {
    uses.set(String(point), (uses.get(String(point)) ?? 0) + 1);
  }
  const island = ([shell]) => shell.every((point) => uses.get(String(point)) === 1 && Math.abs(point[0]) !== HALF_TURN);
  return areas.map((area) => {
    const sizes = area.polygons.map(([shell]) => squareKilometres(shell));
    const threshold = Math.min(least, Math.max(...sizes));
    return { ...area, polygons: area.polygons.filter((polygon, k) => sizes[k] >= threshold || !island(polygon)) };
  });
}
