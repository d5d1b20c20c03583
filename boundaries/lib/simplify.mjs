// Simplification on shared arcs (Visvalingam by topojson-simplify) that never lets two borders meet where they did not.

import { presimplify } from 'topojson-simplify';
import { area2, HALF_TURN, meeting, nearPairs, same, STEPS } from './geometry.mjs';

/** Area of a triangle in square kilometres; endless on the antimeridian, whose two sides must keep the same vertices. */
function weight([a, b, c]) {
  if (Math.abs(b[0]) === HALF_TURN) return Infinity;
  const side = 111.2 / STEPS;
  return (Math.abs(area2([a, b, c, a])) / 2) * side * side * Math.cos(((b[1] / STEPS) * Math.PI) / 180);
}

/**
 * The topology with vertices of less than `least` square kilometres left out. Where two arcs would then cross, touch or
 * coincide, and where a closed arc would collapse, these arcs get half the threshold, and so on down to full detail.
 */
export function simplify(topology, least) {
  const full = presimplify(topology, weight).arcs;
  const thresholds = full.map(() => least);
  const pick = (k) => full[k].filter(([, , w]) => w >= thresholds[k]).map(([x, y]) => [x, y]);
  const arcs = full.map((_, k) => pick(k));
  for (let round = 0; ; round++) {
    const bad = conflicts(arcs);
    arcs.forEach((arc, k) => collapsed(arc) && bad.add(k));
    if (bad.size === 0) return { ...topology, arcs };
    if (round > 60) throw new Error(`arcs still meet at full detail: ${[...bad].slice(0, 5).map((k) => JSON.stringify(arcs[k][0]))}`);
    for (const k of bad) {
      thresholds[k] = thresholds[k] < 1e-6 ? 0 : thresholds[k] / 2;
      arcs[k] = pick(k);
    }
  }
}

const collapsed = (arc) => same(arc[0], arc.at(-1)) && (arc.length < 4 || area2(arc) === 0);

/** The arcs that meet anywhere but at their ends. */
export function conflicts(arcs) {
  const segments = [];
  const owner = [];
  arcs.forEach((arc, k) => {
    for (let i = 1; i < arc.length; i++) (segments.push([arc[i - 1], arc[i]]), owner.push(k));
  });
  const bad = new Set();
  nearPairs(segments, (i, j) => {
    const [a, b] = segments[i];
    const [c, d] = segments[j];
    const equal = (same(a, c) && same(b, d)) || (same(a, d) && same(b, c));
    if (equal || meeting(segments[i], segments[j])) (bad.add(owner[i]), bad.add(owner[j]));
  });
  return bad;
}
