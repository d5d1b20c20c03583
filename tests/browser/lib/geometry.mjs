// Where to look: points well inside areas, found from the GeoJSON alone, so that a tile in the wrong place is noticed.

/** The rings of a feature, polygon by polygon, with longitudes shifted to lie at or east of `west`. */
export function polygonsOf(feature, west) {
  const { type, coordinates } = feature.geometry ?? { type: 'Polygon', coordinates: [] };
  const polygons = type === 'MultiPolygon' ? coordinates : [coordinates];
  const shift = ([x, y]) => [x < west - 1 ? x + 360 : x, y];
  return polygons.filter((rings) => rings.length > 0).map((rings) => rings.map((ring) => ring.map(shift)));
}

/** Whether a point lies in a polygon with holes (even-odd rule). */
export function contains(rings, [x, y]) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** Distance of a point from a polygon's border in degrees of latitude. Edges along 180 degrees are no border. */
export function clearance(rings, [x, y]) {
  const narrow = Math.cos((y * Math.PI) / 180);
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [ax, ay] = ring[i - 1];
      const [bx, by] = ring[i];
      if (Math.abs(Math.abs(ax) - 180) < 1e-6 && Math.abs(Math.abs(bx) - 180) < 1e-6) continue;
      const [px, py, dx, dy] = [(x - ax) * narrow, y - ay, (bx - ax) * narrow, by - ay];
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(px - along * dx, py - along * dy));
    }
  }
  return least;
}

/** A point far from the border of the widest polygon of an area, and how far. */
export function innerPoint(polygons, steps = 16) {
  let best;
  for (const rings of polygons) {
    const xs = rings[0].map(([x]) => x);
    const ys = rings[0].map(([, y]) => y);
    const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (best && Math.min(east - west, north - south) / 2 < best.clear) continue;
    for (let i = 1; i < steps; i += 1) {
      for (let j = 1; j < steps; j += 1) {
        const point = [west + ((east - west) * i) / steps, south + ((north - south) * j) / steps];
        if (!contains(rings, point)) continue;
        const clear = clearance(rings, point);
        if (!best || clear > best.clear) best = { point, clear };
      }
    }
  }
  return best;
}

/** Latitudes at which 180 degrees lies at least `margin` degrees inside an area, on both sides. */
export function insideAntimeridian(polygons, margin) {
  const latitudes = [];
  const holds = (point) => polygons.some((rings) => contains(rings, point) && clearance(rings, point) >= margin);
  for (let y = -85; y <= 85; y += 0.1) {
    if (holds([179.999, y]) && holds([180.001, y])) latitudes.push(y);
  }
  return latitudes;
}
