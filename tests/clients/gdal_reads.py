"""Reads the tiles of one zoom with GDAL's MVT driver (gdal-bin), and compares them with /values and /areas.

Usage: gdal_reads.py URL SET INDICATOR PERIOD

For every grid, with plain and with gzip bodies: `value` is a numeric field, each area has its value or a null, nulls are counted
alike by GDAL's own SQL, and labels that GDAL moves to WGS 84 lie in their areas, which they only do when GDAL understood the
grid's CRS and place. Exit code 1 on any difference.
"""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # a test leaves no files in the checkout

from common import EXTENT, Differences, Map, Server, inflate
from shapely.geometry import Point, shape

ZOOM = 3
EARTH_M = 6371000.0


def run(*command):
    """Standard output of a program of GDAL; whatever it complains about ends the check."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or done.stderr.strip():
        raise SystemExit(f"{' '.join(command)}: status {done.returncode}: {done.stderr.strip()[:2000]}")
    return done.stdout


def metadata(of, grid):
    """metadata.json of the MVT driver: grid keys beside those of MBTiles. A `json` without tilestats, from which newer GDAL
    would guess whole numbers."""
    fields = {"code": "String", "name": "String", "value": "Number", "state": "String"}
    labels = {"code": "String", "name": "String"}
    zooms = {"minzoom": of.entry["min_zoom"], "maxzoom": of.entry["max_zoom"]}
    layers = [{"id": "areas", "fields": fields, **zooms}, {"id": "labels", "fields": labels, **zooms}]
    return {
        "name": of.set_id,
        "version": "2",
        "format": "pbf",
        "minzoom": str(zooms["minzoom"]),
        "maxzoom": str(zooms["maxzoom"]),
        "crs": grid["crs"],
        "tile_origin_upper_left_x": grid["corner"][0],
        "tile_origin_upper_left_y": grid["corner"][1],
        "tile_dimension_zoom_0": grid["side"],
        "json": json.dumps({"vector_layers": layers}),
    }


def save(folder, tiles, document, packed):
    """Writes z/x/y.pbf and metadata.json, and returns what GDAL opens."""
    for z, x, y, body in tiles:
        path = folder / str(z) / str(x) / f"{y}.pbf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if packed else inflate(body)[0])
    (folder / "metadata.json").write_text(json.dumps(document))
    return f"MVT:{folder / str(ZOOM)}"


def geojson(source, layer, *options):
    return json.loads(run("ogr2ogr", "-f", "GeoJSON", *options, "/vsistdout/", source, layer))["features"]


def areas(at, source, of, wrong):
    """Types, values and nulls of layer `areas`. GDAL gives an area once for every tile it lies in, without those that it only
    touches within the buffer."""
    _, cells = of.cells()
    drawn = set(of.polygons())
    summary = run("ogrinfo", "-so", source, "areas")
    wrong.check("value: Real " in summary, "type of value", lambda: f"{at}: {summary[-400:]}")
    found = {}
    features = geojson(source, "areas")
    for feature in features:
        properties = feature["properties"]
        found.setdefault(properties["code"], set()).add((properties.get("value"), properties.get("state")))
    wrong.check(set(found) == drawn, "areas", lambda: f"{at}: {sorted(drawn ^ set(found))} are in one of the two only")
    for code, got in found.items():
        cell = cells.get(code)
        expected = {(None, cell) if isinstance(cell, str) else (cell, None)}
        wrong.check(got == expected, "value", lambda: f"{at} {code}: {got}, expected {expected}")
    total = math.fsum(value for got in found.values() for value, _ in got if value is not None)
    expected_total = math.fsum(cells[code] for code in drawn if isinstance(cells[code], float))
    wrong.check(total == expected_total, "sum of values", lambda: f"{at}: {total}, /values has {expected_total}")
    missing = sum(isinstance(cells[code], str) for code in drawn)
    nulls = nulls_by_sql(source)
    wrong.check(nulls == missing, "value IS NULL", lambda: f"{at}: {nulls} areas, /values has {missing}")
    return f"{len(features)} features of {len(found)} areas, sum {total:.2f}, {nulls} null"


def nulls_by_sql(source):
    text = run("ogrinfo", "-q", source, "-sql", "SELECT COUNT(DISTINCT code) AS nulls FROM areas WHERE value IS NULL")
    return int(next(line for line in text.splitlines() if "nulls (" in line).split("=")[1])


def labels(at, source, of, grid, wrong):
    """Distance of the labels, in WGS 84 as GDAL sees it, from their areas: at most the diagonal of a tile unit."""
    polygons = {code: shape(geometry) for code, geometry in of.polygons().items()}
    furthest, seen = 0.0, []
    for feature in geojson(source, "labels", "-t_srs", "EPSG:4326"):
        code, place = feature["properties"]["code"], Point(feature["geometry"]["coordinates"])
        seen.append(code)
        furthest = max(furthest, polygons[code].distance(place) if code in polygons else math.inf)
    wrong.check(sorted(seen) == sorted(polygons), "labels", lambda: f"{at}: {len(seen)} of {len(polygons)}")
    unit_m = grid["side"] / 2**ZOOM / EXTENT
    limit = math.degrees(unit_m * math.sqrt(2) / EARTH_M)
    wrong.check(furthest <= limit, "place of a label", lambda: f"{at}: {furthest} degrees off its area, at most {limit}")
    return f"{len(seen)} labels, at most {furthest:.4f} degrees off their areas"


def main():
    url, set_id, indicator, period = sys.argv[1:]
    print(run("ogrinfo", "--version").strip())
    of, wrong = Map(Server(url), set_id, indicator, period), Differences()
    for grid in of.grids:
        tiles = [(z, x, y, body) for z, x, y, _, body in of.walk(grid["id"], ZOOM) if z == ZOOM]
        for coding in ("identity", "gzip"):
            at = f"{grid['id']} z{ZOOM} {coding}"
            with tempfile.TemporaryDirectory() as folder:
                source = save(Path(folder), tiles, metadata(of, grid), coding == "gzip")
                read = areas(at, source, of, wrong), labels(at, source, of, grid, wrong)
            print(f"{at}: {len(tiles)} tiles, {'; '.join(read)}")
    return wrong.exit_code()


if __name__ == "__main__":
    sys.exit(main())
