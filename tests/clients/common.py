"""What the client checks share: requests, the walk over a grid's tiles, and the list of what is wrong."""

import http.client
import json
import time
import urllib.parse
import zlib

import brotli
import zstandard

EXTENT = 4096
#: Units around a tile in which geometry is kept.
BUFFER = 80
#: Accepts gzip alone: else a small tile comes as it is.
GZIP = "gzip, identity;q=0"
#: Differences printed of one kind; the rest is counted.
SHOWN = 5


class Differences:
    """What is not as it should be, by kind."""

    def __init__(self):
        self.counts = {}

    def add(self, kind, detail):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= SHOWN:
            print(f"WRONG {kind}: {detail}", flush=True)

    def check(self, good, kind, detail):
        """Adds a difference unless `good`. `detail` is a function, so that good cases cost no text."""
        if not good:
            self.add(kind, detail())

    def exit_code(self):
        for kind, count in self.counts.items():
            print(f"WRONG in all: {count} x {kind}")
        return 1 if self.counts else 0


class Server:
    """A server behind one kept connection, which saves a handshake a tile."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.base = parts.path.rstrip("/")
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)

    def get(self, path, coding="identity"):
        """Status, headers, body as sent. Refuses statuses other than 200 and 204."""
        try:
            reply = self.ask(path, coding)
        except http.client.RemoteDisconnected:  # a kept connection that the server closed as idle
            self.connection.close()
            reply = self.ask(path, coding)
        body = reply.read()
        if reply.status not in (200, 204):
            raise SystemExit(f"{path}: status {reply.status}, expected 200 or 204: {body[:300]!r}")
        return reply.status, reply.headers, body

    def ask(self, path, coding):
        self.connection.request("GET", self.base + path, headers={"Accept-Encoding": coding})
        return self.connection.getresponse()

    def text(self, path):
        return self.get(path)[2].decode("utf-8-sig")

    def json(self, path):
        return json.loads(self.text(path))


class Map:
    """A boundary set with one indicator and period, as the catalogue and /values describe it."""

    def __init__(self, server, set_id, indicator=None, period=None):
        self.server, self.set_id, self.period = server, set_id, period
        catalog = server.json("/catalog.json")
        self.entry = next((s for s in catalog["boundary_sets"] if s["id"] == set_id), None)
        if self.entry is None:
            raise SystemExit(f"boundary set {set_id} is not in the catalogue")
        self.grids = [grid for grid in catalog["grids"] if grid["id"] in self.entry["grids"]]
        pairs = {"indicator": indicator, "period": period} if indicator else {}
        self.query = "?" + urllib.parse.urlencode(pairs) if pairs else ""

    def polygons(self):
        """GeoJSON geometry at full detail by area code; without the areas that have none."""
        features = self.server.json(f"/areas/{self.set_id}.geojson{self.query}")["features"]
        return {f["properties"]["code"]: f["geometry"] for f in features if f["geometry"]}

    def cells(self):
        """Area codes in row order, and by code the value (a float) or the state (a str)."""
        table = self.server.json(f"/values/{self.set_id}.json{self.query}")
        codes, cells = table["areas"], {}
        states = {row: state for state, rows in table["states"][0].items() for row in rows}
        for row, (code, value) in enumerate(zip(codes, table["values"][0], strict=True)):
            if (value is None) != (row in states) or code in cells:
                raise SystemExit(f"/values, row {row}, {code}: value {value} with state {states.get(row)}, each code once")
            cells[code] = states[row] if value is None else float(value)
        return codes, cells

    def path(self, grid, z, x, y):
        return f"/tiles/{self.set_id}/{grid}/{z}/{x}/{y}.mvt{self.query}"

    def walk(self, grid, last=None):
        """Yields (z, x, y, headers, gzip body) of every tile that holds something, zoom by zoom.

        A tile is asked for when the tile above it or the one above that holds something: what is too small for a zoom may
        come into sight in the next one under an empty tile.
        """
        last = self.entry["max_zoom"] if last is None else last
        if self.entry["min_zoom"] != 0:
            raise SystemExit(f"{self.set_id} begins at zoom {self.entry['min_zoom']}: this check walks down from 0")
        todo = {(0, 0): 1}
        for z in range(last + 1):
            below = {}
            for (x, y), trust in todo.items():
                status, headers, body = self.server.get(self.path(grid, z, x, y), GZIP)
                trust = 1 if status == 200 else trust - 1
                if trust >= 0:
                    below.update({(2 * x + i, 2 * y + j): trust for i in (0, 1) for j in (0, 1)})
                if status == 200:
                    yield z, x, y, headers, body
            todo = below


def inflate(body, coding="gzip"):
    """A body inflated by the library of its format's makers, and whether it was one whole stream with nothing after it."""
    if coding == "br":
        inflater = brotli.Decompressor()
        return inflater.process(body), inflater.is_finished()
    inflater = zlib.decompressobj(wbits=31) if coding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    plain = inflater.decompress(body)
    return plain, inflater.eof and not inflater.unused_data


class Clock:
    """Seconds since the start, for the reports."""

    def __init__(self):
        self.start = time.monotonic()

    def __str__(self):
        return f"{time.monotonic() - self.start:.1f} s"
