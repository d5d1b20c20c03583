// The antimeridian. One package cuts at 180, the other has sewn the cut up and jumps from 179 to -179. Both leave here
// cut exactly at 180, with the same latitudes on both sides, as RFC 7946 asks (section 3.1.9); Choro's importer sews it.

import { area2, HALF_TURN } from './geometry.mjs';

const TURN = 2 * HALF_TURN;

/** Points within this many steps of 180 lie on it: the source writes 179.99998657 beside 180. */
const NEAR = 1;

/** Polygon -> polygons that stay within -180 and 180. */
export function cut(polygon) {
  const unwrapped = polygon.map(unwrap);
  const lowest = Math.min(...unwrapped[0].map((p) => p[0]));
  const highest = Math.max(...unwrapped[0].map((p) => p[0]));
  if (lowest >= -HALF_TURN && highest <= HALF_TURN) return [unwrapped];
  if (polygon.length > 1) throw new Error('a polygon with holes crosses 180: only plain ones are known here');
  const line = highest > HALF_TURN ? HALF_TURN : -HALF_TURN;
  const [west, east] = [-1, 1].map((side) => halves(unwrapped[0], line, side));
  const shift = (rings, by) => rings.map((ring) => [ring.map(([x, y]) => [x + by, y])]);
  return line > 0 ? [...shift(west, 0), ...shift(east, -TURN)] : [...shift(west, TURN), ...shift(east, 0)];
}

/** A ring whose longitudes run on instead of jumping by a whole turn. */
function unwrap(ring) {
  let turns = 0;
  const points = ring.map(([x, y], i) => {
    if (i > 0) turns -= Math.round((x - ring[i - 1][0]) / TURN);
    return [Math.abs(Math.abs(x) - HALF_TURN) <= NEAR ? Math.sign(x) * HALF_TURN + turns * TURN : x + turns * TURN, y];
  });
  // Of two positions a whole turn apart, the one with most of the ring within -180 and 180.
  const middle = points.reduce((sum, p) => sum + p[0], 0) / points.length;
  const back = Math.abs(middle) > HALF_TURN ? Math.sign(middle) * TURN : 0;
  return points.map(([x, y]) => [x - back, y]);
}

/**
 * The rings that a ring leaves on one side (-1 west, 1 east) of a meridian: its chains on that side, closed along the
 * meridian. Crossings are paired in the order of latitude, as the ring alternates between inside and outside there.
 */
function halves(ring, line, side) {
  const chains = chainsBeside(withCrossings(ring, line), line, side);
  const ends = chains.flatMap((chain) => [
    { y: chain[0][1], chain, start: true },
    { y: chain.at(-1)[1], chain, start: false },
  ]);
  ends.sort((a, b) => a.y - b.y);
  const partner = new Map();
  for (let i = 0; i + 1 < ends.length; i += 2) (partner.set(ends[i], ends[i + 1]), partner.set(ends[i + 1], ends[i]));
  const startOf = new Map(ends.filter((e) => e.start).map((e) => [e.chain, e]));
  const endOf = new Map(ends.filter((e) => !e.start).map((e) => [e.chain, e]));
  const rings = [];
  while (startOf.size > 0) {
    const [first] = startOf.keys();
    const points = [];
    for (let chain = first; startOf.delete(chain); chain = partner.get(endOf.get(chain)).chain) points.push(...chain);
    const closed = [...points, points[0]];
    if (area2(closed) !== 0) rings.push(closed);
  }
  return rings;
}

/** The ring with a vertex wherever it crosses the meridian. */
function withCrossings(ring, line) {
  return ring.flatMap((b, i) => {
    const a = ring[i - 1];
    if (!a || (a[0] - line) * (b[0] - line) >= 0) return [b];
    return [[line, Math.round(a[1] + ((line - a[0]) / (b[0] - a[0])) * (b[1] - a[1]))], b];
  });
}

/** Runs of the ring that lie on one side of the meridian, from meridian to meridian. */
function chainsBeside(ring, line, side) {
  const open = ring.slice(0, -1);
  const start = open.findIndex((p) => p[0] === line);
  const turned = [...open.slice(start), ...open.slice(0, start), open[start]];
  const chains = [];
  let chain = [turned[0]];
  for (const point of turned.slice(1)) {
    chain.push(point);
    if (point[0] !== line) continue;
    if (chain.length > 2 && (chain[1][0] - line) * side > 0) chains.push(chain);
    chain = [point];
  }
  return chains;
}

/**
 * Makes the two sides of the cut agree: latitudes that the source writes some metres apart become one, and vertices along
 * the cut between its ends, which need not stand on both sides, go.
 */
export function alignCut(rings) {
  for (const ring of rings) {
    const onCut = (p) => Math.abs(p[0]) === HALF_TURN;
    const open = ring.slice(0, -1);
    const kept = open.filter((p, i) => !(onCut(p) && onCut(open.at(i - 1)) && onCut(open[(i + 1) % open.length])));
    ring.splice(0, ring.length, ...kept, kept[0]);
  }
  const onWest = new Set();
  for (const ring of rings) for (const p of ring) if (p[0] === -HALF_TURN) onWest.add(p[1]);
  const west = [...onWest].sort((a, b) => a - b);
  for (const ring of rings) {
    for (const point of ring) {
      if (point[0] !== HALF_TURN) continue;
      const nearest = west.reduce((best, y) => (Math.abs(y - point[1]) < Math.abs(best - point[1]) ? y : best), Infinity);
      if (Math.abs(nearest - point[1]) <= 4) point[1] = nearest;
    }
  }
}
