"""Reads every tile of a boundary set with mapbox-vector-tile, zlib and shapely, and compares it with /values and /areas.

Usage: read_tiles.py URL SET INDICATOR PERIOD

Of every tile of every grid and zoom: the gzip body inflated by zlib is the identity body, and so are those of Brotli and
Zstandard inflated by their makers' libraries; ETag and Vary tell them apart;
each feature has the value, or the state and no value, that /values has; its id is its row plus 1; its rings have an area and
the right direction, its geometry is valid. Of every zoom: all areas with a polygon are there, each has one label. At the
deepest zoom labels lie in their area. Exit code 1 on any difference.
"""

import csv
import io
import sys
from collections import Counter

sys.dont_write_bytecode = True  # a test leaves no files in the checkout

import mapbox_vector_tile
import numpy as np
import shapely
from common import BUFFER, EXTENT, Clock, Differences, Map, Server, inflate
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from shapely.geometry import Point, shape
from shapely.validation import explain_validity


class Reader:
    """The checks of one map, and what they count."""

    def __init__(self, of):
        self.map, self.wrong = of, Differences()
        self.codes, self.cells = of.cells()
        self.row = {code: row for row, code in enumerate(self.codes)}
        self.polygons = {code: shape(geometry) for code, geometry in of.polygons().items()}
        self.names = self.table()
        self.sent = Counter()

    def table(self):
        """Names by code from the CSV, whose cells must be those of the JSON."""
        names, period = {}, self.map.period
        for row in csv.DictReader(io.StringIO(self.map.server.text(f"/values/{self.map.set_id}.csv{self.map.query}"), newline="")):
            cell = float(row[period]) if row[period] else row[f"{period}_state"]
            known = self.cells.get(row["code"])
            self.wrong.check(cell == known, "CSV against JSON", lambda: f"{row['code']}: {cell} and {known}")
            names[row["code"]] = row["name"]
        self.wrong.check(list(names) == self.codes, "CSV rows", lambda: "not the codes of the JSON in its order")
        return names

    def transfer(self, at, path, headers, packed):
        """The tile's bytes, after both codings are compared."""
        plain, whole = inflate(packed)
        status, own, identity = self.map.server.get(path)
        check = self.wrong.check
        check(status == 200, "status of identity", lambda: f"{at}: {status}, gzip 200")
        check(whole, "gzip", lambda: f"{at}: not one whole member")
        check(plain == identity, "gzip against identity", lambda: f"{at}: {len(plain)} and {len(identity)} bytes, or others")
        coding = (headers["Content-Encoding"], own["Content-Encoding"])
        check(coding == ("gzip", None), "Content-Encoding", lambda: f"{at}: {coding}")
        tags = (headers["ETag"], own["ETag"])
        check(all(tags) and tags[0] != tags[1], "ETag", lambda: f"{at}: gzip {tags[0]}, identity {tags[1]}")
        self.other_codings(at, path, identity, tags)
        for vary in (headers["Vary"], own["Vary"]):
            listed = [name.strip().lower() for name in (vary or "").split(",")]
            check("accept-encoding" in listed, "Vary", lambda: f"{at}: {vary}")
        return identity

    def other_codings(self, at, path, identity, tags):
        """Brotli and Zstandard where the tile is sent so, each with a tag of its own; else it comes as it is."""
        for coding in ("br", "zstd"):
            _, headers, packed = self.map.server.get(path, coding)
            used, tag = headers["Content-Encoding"], headers["ETag"]
            self.sent[used] += 1
            if used is None:
                self.wrong.check(packed == identity and tag == tags[1], "as it is", lambda: f"{at}: {coding}, {tag}")
                continue
            plain, whole = inflate(packed, coding)
            self.wrong.check(used == coding and whole and plain == identity, coding, lambda: f"{at}: {used}, {len(plain)} bytes")
            self.wrong.check(tag not in tags and len(packed) < len(identity), "ETag, size", lambda: f"{at}: {coding} {tag}")

    def areas(self, at, layer):
        """Checks the features of a tile; returns their shapes by code."""
        shapes, check = {}, self.wrong.check
        for feature in layer["features"]:
            properties = feature["properties"]
            code = properties.get("code")
            check(code in self.row and code not in shapes, "code", lambda: f"{at}: {properties}, unknown or twice")
            if code not in self.row:
                continue
            self.cell(at, code, properties)
            check(feature["id"] == self.row[code] + 1, "feature id", lambda: f"{at} {code}: {feature['id']}")
            check(properties.get("name") == self.names[code], "name", lambda: f"{at} {code}: {properties}")
            shapes[code] = shape(feature["geometry"])
        self.geometry(at, list(shapes), np.array(list(shapes.values()), dtype=object))
        return shapes

    def cell(self, at, code, properties):
        known = self.cells[code]
        key = "value" if isinstance(known, float) else "state"
        expected = {"code", "name", key}
        self.wrong.check(set(properties) == expected, "properties", lambda: f"{at} {code}: {properties}, expected {expected}")
        got = properties.get(key)
        good = type(got) is type(known) and got == known
        self.wrong.check(good, "value", lambda: f"{at} {code}: {key} {got!r}, /values has {known!r}")

    def geometry(self, at, codes, shapes):
        """Validity, kind, direction of exteriors and extent of all shapes of a tile at once."""
        check = self.wrong.check
        kinds = np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)
        check(kinds.all(), "geometry type", lambda: f"{at}: {[c for c, good in zip(codes, kinds) if not good]}")
        for index in np.flatnonzero(~shapely.is_valid(shapes)):
            self.wrong.add("invalid geometry", f"{at} {codes[index]}: {explain_validity(shapes[index])}")
        exteriors = shapely.get_exterior_ring(shapely.get_parts(shapes))
        # y runs down, where a ring of positive area (MVT 2.1, 4.3.4.4) is what shapely calls counter-clockwise.
        check(shapely.is_ccw(exteriors).all(), "direction of an exterior", lambda: f"{at}: negative area")
        if len(shapes):
            low, high = shapely.total_bounds(shapes)[:2].min(), shapely.total_bounds(shapes)[2:].max()
            inside = low >= -BUFFER and high <= EXTENT + BUFFER
            check(inside, "extent", lambda: f"{at}: {low} to {high}, expected {-BUFFER} to {EXTENT + BUFFER}")

    def rings(self, at, body, shapes):
        """Compares rings drawn with rings decoded: the decoder leaves out rings without area."""
        tile = vector_tile_pb2.tile.FromString(body)
        layer = next(layer for layer in tile.layers if layer.name == "areas")
        drawn = sum(rings_drawn(feature.geometry) for feature in layer.features)
        read = len(shapely.get_rings(shapely.get_parts(list(shapes.values()))))
        self.wrong.check(drawn == read, "rings without area", lambda: f"{at}: {drawn} drawn, {read} with an area")

    def grid(self, grid):
        """Reads all tiles of a grid and prints a line for each zoom."""
        name, deepest = grid["id"], self.map.entry["max_zoom"]
        print(f"{name}: zoom, tiles, features, areas, labels, labels outside their area in the tile, bytes in gzip")
        zooms = {}
        for z, x, y, headers, packed in self.map.walk(name):
            seen = zooms.setdefault(z, Zoom())
            at = f"{name} {z}/{x}/{y}"
            body = self.transfer(at, self.map.path(name, z, x, y), headers, packed)
            tile = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
            known = set(tile) <= {"areas", "labels"} and "areas" in tile
            self.wrong.check(known, "layers", lambda: f"{at}: {list(tile)}")
            sizes = {(layer["extent"], layer["version"]) for layer in tile.values()}
            self.wrong.check(sizes == {(EXTENT, 2)}, "extent, version", lambda: f"{at}: {sizes}")
            shapes = self.areas(at, tile.get("areas", {"features": []}))
            self.rings(at, body, shapes)
            seen.add(len(packed), shapes)
            self.labels(at, grid, (z, x, y), tile.get("labels", {"features": []}), shapes, seen, z == deepest)
        for z, seen in zooms.items():
            self.zoom(f"{name} z{z}", seen)
        return sum(seen.tiles for seen in zooms.values())

    def labels(self, at, grid, coord, layer, shapes, seen, deepest):
        for label in layer["features"]:
            code, place = label["properties"].get("code"), label["geometry"]["coordinates"]
            seen.labels[code] += 1
            good = code in self.row and label["id"] == self.row[code] + 1 and label["geometry"]["type"] == "Point"
            self.wrong.check(good and label["properties"]["name"] == self.names[code], "label", lambda: f"{at}: {label}")
            inside = 0 <= min(place) and max(place) < EXTENT
            self.wrong.check(inside, "label in its tile", lambda: f"{at} {code}: {place}")
            outside = code not in shapes or not shapes[code].intersects(Point(place))
            seen.outside += outside
            if deepest:
                self.wrong.check(not outside, "label in its area in the tile", lambda: f"{at} {code}: {place}")
                if grid["wraps"]:
                    self.on_the_ground(at, code, coord, place)

    def on_the_ground(self, at, code, coord, place):
        """A label of Web Mercator lies within its area in the GeoJSON."""
        z, x, y = coord
        u, v = (x + place[0] / EXTENT) / 2**z, (y + place[1] / EXTENT) / 2**z
        ground = Point(u * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * v)))))
        good = self.polygons[code].intersects(ground)
        self.wrong.check(good, "label in its area in the GeoJSON", lambda: f"{at} {code}: {ground}")

    def zoom(self, at, seen):
        expected = set(self.polygons)
        lost, strange = sorted(expected - seen.areas), sorted(seen.areas - expected)
        self.wrong.check(not lost, "areas lost", lambda: f"{at}: {lost}")
        self.wrong.check(not strange, "areas without polygon drawn", lambda: f"{at}: {strange}")
        other = {code: count for code, count in seen.labels.items() if count != 1}
        other.update({code: 0 for code in seen.areas - set(seen.labels)})
        self.wrong.check(not other, "labels not once", lambda: f"{at}: {other}")
        print(f"  {at}: {seen.tiles} {seen.features} {len(seen.areas)} {seen.labels.total()} {seen.outside} {seen.bytes}")


class Zoom:
    """What is counted of a zoom."""

    def __init__(self):
        self.tiles = self.features = self.bytes = self.outside = 0
        self.areas, self.labels = set(), Counter()

    def add(self, size, shapes):
        self.tiles += 1
        self.features += len(shapes)
        self.bytes += size
        self.areas.update(shapes)


def rings_drawn(commands):
    """How often a geometry says ClosePath (MVT 2.1, 4.3.3.3)."""
    rings = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        rings += command == 7
        at += 1 if command == 7 else 1 + 2 * count
    return rings


def main():
    url, set_id, indicator, period = sys.argv[1:]
    clock = Clock()
    reader = Reader(Map(Server(url), set_id, indicator, period))
    states = Counter(cell for cell in reader.cells.values() if isinstance(cell, str))
    print(f"{set_id}: {len(reader.codes)} areas, {len(reader.polygons)} with polygon, states {dict(states)}")
    for grid in reader.map.grids:
        tiles = reader.grid(grid)
        print(f"{grid['id']}: {tiles} of {tiles} tiles read in every coding, {clock} since the start")
    print(f"asked for in Brotli and Zstandard: {dict(reader.sent)}")
    reader.wrong.check(min(reader.sent["br"], reader.sent["zstd"]) > 100, "codings", lambda: f"{dict(reader.sent)}")
    return reader.wrong.exit_code()


if __name__ == "__main__":
    sys.exit(main())
