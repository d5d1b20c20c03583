"""Measures overlap and gap between neighbouring areas in the tiles of a grid, in square units (4096 a tile side).

Usage: seams.py URL SET GRID Z0 Z1 [Z=LIMIT ...]

overlap: the areas of all features within the tile's square, less the area of their union.
gap: what no area covers within 8 units of a border that two source areas share, farther than 8 units from an outer border.
Source borders come from /areas at full detail, projected by PROJ as the catalogue describes the grid: an edge with equal ends in
two areas is shared, an edge used once is outer. Edges along the antimeridian are neither, since GeoJSON is cut there. All tiles
are measured that meet a shared border or hold two areas; the average is over those that meet a shared border. Exit code 1 where
overlap and gap of a zoom are above its LIMIT.
"""

import sys

sys.dont_write_bytecode = True  # a test leaves no files in the checkout

import mapbox_vector_tile
import numpy as np
import pyproj
import shapely
from common import EXTENT, Clock, Map, Server, inflate
from shapely.geometry import shape

REACH = 8.0
#: Borders are drawn this exactly before they are buffered, in units: a two-hundredth of the reach.
FINE = 0.04
SQUARE = shapely.box(0, 0, EXTENT, EXTENT)
#: Edges of a piece of border: small pieces are found and buffered fast.
PIECE = 32


class Plane:
    """The square of a grid of the catalogue."""

    def __init__(self, grid):
        self.project, (self.left, self.top), self.side = pyproj.Proj(grid["crs"]), grid["corner"], grid["side"]

    def fractions(self, points):
        """Longitude and latitude to fractions of the square, y down."""
        x, y = self.project(points[:, 0], points[:, 1], errcheck=True)
        return np.stack([(x - self.left) / self.side, (self.top - y) / self.side], axis=1)


def edges(polygons):
    """All edges as rows (x, y, x, y) with the lesser end first, and the number of the area of each."""
    found, owners = [], []
    for owner, geometry in enumerate(polygons):
        rings = shapely.get_rings(shapely.get_parts(geometry))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        pairs = np.hstack([points[:-1], points[1:]])[ring[:-1] == ring[1:]]
        swap = (pairs[:, 0] > pairs[:, 2]) | ((pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3]))
        pairs[swap] = pairs[swap][:, [2, 3, 0, 1]]
        found.append(pairs)
        owners.append(np.full(len(pairs), owner))
    return np.vstack(found), np.concatenate(owners)


def borders(polygons, plane):
    """Shared and outer borders as lines in fractions of the grid. An edge that one area uses twice is neither."""
    pairs, owners = edges(polygons)
    cut = (np.abs(pairs[:, 0]) == 180) & (pairs[:, 0] == pairs[:, 2])
    pairs, owners = pairs[~cut], owners[~cut]
    unique, where, uses = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    where = where.reshape(-1)  # numpy 2.0 gives it a second axis
    first = np.full(len(unique), len(polygons))
    np.minimum.at(first, where, owners)
    last = np.zeros(len(unique), dtype=int)
    np.maximum.at(last, where, owners)
    shared, outer = first != last, uses == 1
    print(f"{len(unique)} edges: {shared.sum()} shared, {outer.sum()} outer, {cut.sum()} uses along the antimeridian")
    return lines(unique[shared], plane), lines(unique[outer], plane)


def lines(pairs, plane):
    """Edges joined to lines and cut to pieces, in fractions of the grid."""
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(pairs.reshape(-1, 2, 2))))
    pieces = []
    for line in shapely.get_parts(merged):
        points = plane.fractions(shapely.get_coordinates(line))
        pieces += [shapely.linestrings(points[at : at + PIECE + 1]) for at in range(0, len(points) - 1, PIECE)]
    return np.array(pieces)


class Seams:
    """Overlap and gap of single tiles."""

    def __init__(self, polygons, plane):
        self.shared, self.outer = borders(polygons, plane)
        self.shared_tree, self.outer_tree = shapely.STRtree(self.shared), shapely.STRtree(self.outer)

    def tiles_on_borders(self, last):
        """By zoom the tiles whose square meets a shared border, by halving."""
        tiles, found = np.array([[0, 0]]), []
        for z in range(last + 1):
            corners = tiles / 2**z
            squares = shapely.box(*corners.T, *(corners + 1 / 2**z).T)
            tiles = tiles[np.unique(self.shared_tree.query(squares, predicate="intersects")[0])]
            found.append({tuple(tile) for tile in tiles.tolist()})
            tiles = (2 * tiles[:, None] + np.array([[0, 0], [0, 1], [1, 0], [1, 1]])).reshape(-1, 2)
        return found

    def near(self, tree, lines, z, x, y, margin):
        """The pieces near a tile, in its units, within its square and a margin."""
        low, high = -margin, EXTENT + margin
        window = shapely.box(*((np.array([x, y]) + low / EXTENT) / 2**z), *((np.array([x, y]) + high / EXTENT) / 2**z))
        pieces = shapely.transform(lines[tree.query(window)], lambda points: (points * 2**z - [x, y]) * EXTENT)
        return shapely.clip_by_rect(shapely.simplify(pieces, FINE, preserve_topology=False), low, low, high, high)

    def measure(self, z, x, y, features):
        """Length of shared border, overlap and gap of a tile, of which `features` are the geometries."""
        border = self.near(self.shared_tree, self.shared, z, x, y, REACH)
        inside = shapely.intersection(shapely.make_valid(features), SQUARE)
        covered = shapely.union_all(inside)
        overlap = max(shapely.area(inside).sum() - covered.area, 0.0)
        length = shapely.length(shapely.intersection(border, SQUARE)).sum()
        return length, overlap, self.gap(z, x, y, border, SQUARE.difference(covered))

    def gap(self, z, x, y, border, bare):
        """The area of what is `bare` near a shared border. Only borders within reach of it are buffered, which takes long."""
        if bare.is_empty:
            return 0.0
        zone = reach(border, bare).intersection(bare)
        outer = self.near(self.outer_tree, self.outer, z, x, y, 2 * REACH)
        return zone.difference(reach(outer, zone)).area


def reach(lines, target):
    """All that lies within reach of those lines that have `target` within theirs."""
    shapely.prepare(target)
    lines = lines[shapely.dwithin(lines, target, REACH)]
    return shapely.union_all(shapely.buffer(lines, REACH, quad_segs=4))


class Row:
    """A zoom in the table."""

    def __init__(self):
        self.measured, self.border, self.overlap, self.gap, self.worst, self.where = 0, 0.0, 0.0, 0.0, 0.0, ""

    def add(self, at, border, overlap, gap):
        self.measured += 1
        self.border += border
        self.overlap += overlap
        self.gap += gap
        if overlap + gap > self.worst:
            self.worst, self.where = overlap + gap, f"{at} ({overlap:.2f} + {gap:.2f})"


def table(of, grid, zooms):
    """Measures all tiles; returns by zoom overlap and gap per tile."""
    plane = Plane(next(known for known in of.grids if known["id"] == grid))
    seams = Seams([shape(geometry) for geometry in of.polygons().values()], plane)
    on_border = seams.tiles_on_borders(zooms[-1])
    rows = {z: Row() for z in zooms}
    left = {z: set(on_border[z]) for z in zooms}
    for z, x, y, _, packed in of.walk(grid, zooms[-1]):
        if z not in rows:
            continue
        tile = mapbox_vector_tile.decode(inflate(packed)[0], default_options={"y_coord_down": True})
        features = [shape(feature["geometry"]) for feature in tile["areas"]["features"]]
        if len(features) > 1 or (x, y) in on_border[z]:
            rows[z].add(f"{z}/{x}/{y}", *seams.measure(z, x, y, features))
        left[z].discard((x, y))
    for z, tiles in left.items():  # a border where the server has no tile is all gap
        for x, y in tiles:
            rows[z].add(f"{z}/{x}/{y}", *seams.measure(z, x, y, []))
    print("zoom  measured  on borders    border  overlap/tile  gap/tile  worst tile (overlap + gap)")
    for z, row in rows.items():
        count = max(len(on_border[z]), 1)
        print(f"{z:4} {row.measured:9} {len(on_border[z]):11} {row.border:9.0f} {row.overlap / count:13.3f}"
              f" {row.gap / count:9.3f}  {row.where or '-'}")
    return {z: (row.overlap + row.gap) / max(len(on_border[z]), 1) for z, row in rows.items()}


def main():
    url, set_id, grid, first, last, *pairs = sys.argv[1:]
    limits = {int(z): float(limit) for z, limit in (pair.split("=") for pair in pairs)}
    clock, of = Clock(), Map(Server(url), set_id)
    found = table(of, grid, range(int(first), int(last) + 1))
    over = {z: (found.get(z), limit) for z, limit in limits.items() if not found.get(z, limit + 1) <= limit}
    for z, (got, limit) in over.items():
        print(f"WRONG zoom {z}: overlap and gap {got} square units a tile, at most {limit}")
    print(f"{clock} in all")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
