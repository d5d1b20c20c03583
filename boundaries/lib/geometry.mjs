// Plane geometry on whole numbers. Coordinates are counts of 1/1024 degree: every product below stays under 2^53, so
// every test is exact, and longitude 180 is exactly 184320 (and exactly 180 again in the file).

export const STEPS = 1024;
export const HALF_TURN = 180 * STEPS;

/** Twice the signed area of a closed ring; above zero when counter-clockwise. */
export function area2(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return sum;
}

/** Area of a closed ring in square kilometres, on a sphere unrolled at the ring's middle latitude: enough to rank by. */
export function squareKilometres(ring) {
  const latitude = ring.reduce((sum, point) => sum + point[1], 0) / ring.length / STEPS;
  const side = 111.2 / STEPS;
  return (Math.abs(area2(ring)) / 2) * side * side * Math.cos((latitude * Math.PI) / 180);
}

/** Whether a ring contains a point that is not on its line. */
export function contains(ring, [x, y]) {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > y !== by > y && (x - ax) * (by - ay) < (bx - ax) * (y - ay) === by > ay) inside = !inside;
  }
  return inside;
}

export const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** Which side of the line a-b the point c is on: left above zero, on it zero. */
const side = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Whether c, known to be on the line a-b, lies between a and b (neither of them). */
function between(a, b, c) {
  if (same(a, c) || same(b, c)) return false;
  const axis = a[0] !== b[0] ? 0 : 1;
  return (c[axis] - a[axis]) * (c[axis] - b[axis]) < 0;
}

/**
 * What two segments share besides end points: null, or the points to insert in each so that they share end points only.
 * `[[points for the first], [points for the second]]`; a crossing is rounded to the grid. Equal segments share both ends
 * and so nothing else: the caller decides whether that is a conflict.
 */
export function meeting([a, b], [c, d]) {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return null;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return null;
  const [sideC, sideD, sideA, sideB] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  const first = [];
  const second = [];
  if (sideC === 0 && between(a, b, c)) first.push(c);
  if (sideD === 0 && between(a, b, d)) first.push(d);
  if (sideA === 0 && between(c, d, a)) second.push(a);
  if (sideB === 0 && between(c, d, b)) second.push(b);
  if (sideC * sideD < 0 && sideA * sideB < 0) {
    const share = sideC / (sideC - sideD);
    const point = [Math.round(c[0] + share * (d[0] - c[0])), Math.round(c[1] + share * (d[1] - c[1]))];
    first.push(point);
    second.push(point);
  }
  return first.length + second.length > 0 ? [first, second] : null;
}

/** Calls `visit(i, j)` for every pair of segments whose boxes come near each other. */
export function nearPairs(segments, visit) {
  const CELL = 256;
  const cells = new Map();
  const met = new Set();
  segments.forEach(([a, b], j) => {
    const [x0, x1] = [a[0], b[0]].sort((p, q) => p - q).map((x) => Math.floor(x / CELL));
    const [y0, y1] = [a[1], b[1]].sort((p, q) => p - q).map((y) => Math.floor(y / CELL));
    met.clear();
    for (let x = x0; x <= x1; x++) {
      for (let y = y0; y <= y1; y++) {
        const key = x * 4096 + y;
        const cell = cells.get(key);
        if (!cell) cells.set(key, [j]);
        else {
          for (const i of cell) if (!met.has(i)) (met.add(i), visit(i, j));
          cell.push(j);
        }
      }
    }
  });
}
