"""One selection says the same in every output: values, states and flags of each area, and how many areas have a flag."""

import collections
import re
import sqlite3
import tempfile
import urllib.parse
from decimal import Decimal

import mapbox_vector_tile
from common import Map, inflate

#: Tiles are read down to this zoom: geometry has checks of its own (read_tiles.py).
ZOOM = 2


class Said:
    """What an output says of the areas of a selection, compared with the CSV."""

    def __init__(self, site, table, period, where):
        self.site, self.table, self.period, self.where = site, table, period, where

    def area(self, output, code, value, state, flags):
        """`flags`: those that the output tells; `None`: it tells none of an area."""
        table, period = self.table, self.period
        known = (table.values[period].get(code), table.states[period].get(code), table.flags[period].get(code, []))
        got = (None if value is None else Decimal(str(value)), state, known[2] if flags is None else flags)
        self.site.wrong.check(got == known, f"{output} of an area", lambda: f"{self.where} {code}: {got} is not {known}")

    def areas(self, output, codes):
        missing = set(self.table.names) ^ set(codes)
        self.site.wrong.check(not missing, f"areas of {output}", lambda: f"{self.where}: {sorted(missing)[:5]}")

    def counts(self, output, counts):
        known = collections.Counter(flag for flags in self.table.flags[self.period].values() for flag in flags)
        self.site.wrong.check(counts == known, f"flags of {output}", lambda: f"{self.where}: {counts} is not {dict(known)}")


def check_outputs(site, set_id, indicator, period, codes, table):
    """The documents and files of one selection."""
    query = {"indicator": indicator["id"], "period": period, **codes}
    said = Said(site, table, period, f"{set_id} {query}")
    check_json(said, site.json(f"/values/{set_id}.json", **query))
    check_geojson(said, site.json(f"/areas/{set_id}.geojson", **query))
    check_geopackage(said, site.body(f"/areas/{set_id}.gpkg", **query))
    check_counts(said, site, set_id, indicator, query)
    check_profiles(said, site, set_id, query)


def flags_in(properties):
    return [flag for flag in (properties.get("status"), properties.get("reliability")) if flag]


def check_json(said, document):
    areas, states, flags = document["areas"], {}, collections.defaultdict(list)
    for state, rows in document["states"][0].items():
        states.update({areas[int(row)]: state for row in rows})
    for kind in ("statuses", "reliability"):
        for flag, rows in (document.get(kind) or [{}])[0].items():
            for row in rows:
                flags[areas[int(row)]].append(flag)
    for code, value in zip(areas, document["values"][0], strict=True):
        said.area("JSON", code, value, states.get(code), flags.get(code, []))
    said.areas("JSON", areas)


def check_geojson(said, document):
    properties = [feature["properties"] for feature in document["features"]]
    for of in properties:
        said.area("GeoJSON", of["code"], of.get("value"), of.get("state"), flags_in(of))
    said.areas("GeoJSON", [of["code"] for of in properties])


def check_geopackage(said, body):
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(body)
        file.flush()
        connection = sqlite3.connect(file.name)
        connection.row_factory = sqlite3.Row
        (name,) = connection.execute("select table_name from gpkg_contents").fetchone()
        quoted = name.replace('"', '""')
        rows = [dict(row) for row in connection.execute(f'select * from "{quoted}"')]
        connection.close()
    for row in rows:
        said.area("GeoPackage", row["code"], row["value"], row["state"], flags_in(row))
    said.areas("GeoPackage", [row["code"] for row in rows])


def check_counts(said, site, set_id, indicator, query):
    """How many areas have which flag, by the outputs that count."""
    legend = site.json(f"/legends/{indicator['id']}.json", set=set_id, lang="en", **without(query, "indicator"))
    said.counts("the legend", {entry["flag"]: int(entry["count"]) for entry in legend.get("flags", [])})
    grid = next(entry["grids"][0] for entry in site.catalog["boundary_sets"] if entry["id"] == set_id)
    for output, counts in (
        ("the style", site.json("/styles/choropleth.json", set=set_id, grid=grid, **query)["metadata"].get("choro:flags", {})),
        ("TileJSON", site.json(f"/tiles/{set_id}/{grid}.json", **query)["choro"].get("flags", {})),
    ):
        said.counts(output, {flag: int(count) for flag, count in counts.items()})
    labels = {f"Flagged \"{entry['label']}\"": entry["flag"] for entry in legend.get("flags", [])}
    oembed = site.json("/oembed", url=site.url("/", v=1, set=set_id, lang="en", **query), format="json")
    told = re.findall(r'(Flagged "[^"]*"): ([\d,]+)', oembed.get("description", ""))
    said.counts("oEmbed", {labels.get(label, label): int(count.replace(",", "")) for label, count in told})


def check_profiles(said, site, set_id, query):
    """The documents of a few areas: the first of each state and of each flag, and the first of all."""
    table, period = said.table, said.period
    chosen = {}
    for code in table.names:
        chosen.setdefault((table.states[period].get(code), *table.flags[period].get(code, [])), code)
    for code in chosen.values():
        document = site.json(f"/areas/{set_id}/{urllib.parse.quote(code, safe='')}", **without(query, "period"))
        (of,) = [o for o in document["indicators"][0]["observations"] if o["period"] == period]
        said.area("the area's document", code, of.get("value"), of.get("state"), flags_in(of))


def check_tiles(site, set_id, indicator, period, table):
    """Values and states in the tiles of the first zooms of every grid. Tiles have no flags."""
    of = Map(site.server, set_id, indicator["id"], period)
    said = Said(site, table, period, f"tiles of {set_id} {indicator['id']} {period}")
    for grid in of.grids:
        seen = set()
        for _, _, _, _, body in of.walk(grid["id"], min(ZOOM, int(of.entry["max_zoom"]))):
            layer = mapbox_vector_tile.decode(inflate(body)[0]).get("areas", {"features": []})
            for feature in layer["features"]:
                properties = feature["properties"]
                seen.add(properties["code"])
                said.area("tile", properties["code"], properties.get("value"), properties.get("state"), None)
        site.wrong.check(bool(seen), "tiles of a grid", lambda: f"{said.where} {grid['id']}: no area at all")


def without(query, name):
    return {key: value for key, value in query.items() if key != name}
