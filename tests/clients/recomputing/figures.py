"""The documents of a server, and the figures of a selection as its CSV prints them."""

import csv
import io
import json
import re
import urllib.parse
from decimal import ROUND_HALF_UP, Decimal

from common import Differences, Server


class Site:
    """The documents of a server, and the list of what is wrong in them."""

    def __init__(self, url):
        self.base, self.server, self.wrong = url.rstrip("/"), Server(url), Differences()
        self.catalog = self.json("/catalog.json")

    def path(self, path, query):
        given = urllib.parse.urlencode(query)
        return f"{path}?{given}" if given else path

    def url(self, path, **query):
        return self.base + self.path(path, query)

    def body(self, path, **query):
        return self.server.get(self.path(path, query))[2]

    def text(self, path, **query):
        return self.body(path, **query).decode()

    def json(self, path, **query):
        return json.loads(self.text(path, **query), parse_float=Decimal, parse_int=Decimal)


class Table:
    """The figures of a selection: by area and period a decimal, or a state."""

    def __init__(self, site, set_id, indicator, periods, codes):
        text = site.text(f"/values/{set_id}.csv", indicator=indicator["id"], period=",".join(periods), **codes)
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        self.names = {row["code"]: row["name"] for row in rows}
        self.values = {p: {row["code"]: Decimal(row[p]) for row in rows if row[p] != ""} for p in periods}
        self.states = {p: {row["code"]: row[f"{p}_state"] for row in rows if row[p] == ""} for p in periods}
        self.flags = {p: {row["code"]: flags_of(row, p) for row in rows if flags_of(row, p)} for p in periods}

    def changes(self, before, after):
        old, new = self.values[before], self.values[after]
        return {code: new[code] - old[code] for code in new if code in old}


def flags_of(row, period):
    """The flags of a row of the CSV: its status and its reliability, those that there are."""
    return [flag for flag in (row[f"{period}_status"], row.get(f"{period}_reliability")) if flag]


def rounded(value, decimals):
    """Half away from zero, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def numbers(text):
    """The numbers that are printed in a text in English, as decimals."""
    plain = text.replace("\u2212", "-").replace("\u00a0", "").replace(",", "")
    return [Decimal(found) for found in re.findall(r"[+-]?\d+(?:\.\d+)?", plain)]
