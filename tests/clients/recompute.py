"""Recomputes what a server says of its figures, from its own CSV and in decimals.

    python recompute.py URL SET [SET ..]

Nothing is taken from the program but the figures: class counts, labels, differences, ranks, sums and radii are reckoned anew and compared
with legends, tables, documents and pictures. Each figure is a decimal as it is printed in the CSV.
"""

import csv
import html
import io
import math
import random
import re
import sys
import urllib.parse
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from common import Differences, Server

SIZES = ("page", "portrait", "wide", "square")
METHODS = ("quantile", "equal", "ckmeans")
#: How many selections of an indicator are looked at besides the totals.
PARTS = 2


class Site:
    """The documents of a server, and the list of what is wrong in them."""

    def __init__(self, url):
        self.server, self.wrong = Server(url), Differences()
        self.catalog = self.json("/catalog.json")

    def text(self, path, **query):
        given = urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
        return self.server.get(f"{path}?{given}" if given else path)[2].decode()

    def json(self, path, **query):
        import json

        return json.loads(self.text(path, **query), parse_float=Decimal, parse_int=Decimal)


class Table:
    """The figures of a selection: by area and period a decimal, or a state."""

    def __init__(self, site, set_id, indicator, periods, codes):
        text = site.text(f"/values/{set_id}.csv", indicator=indicator["id"], period=",".join(periods), **codes)
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        self.names = {row["code"]: row["name"] for row in rows}
        self.values = {p: {row["code"]: Decimal(row[p]) for row in rows if row[p] != ""} for p in periods}
        self.states = {p: {row["code"]: row[f"{p}_state"] for row in rows if row[p] == ""} for p in periods}
        self.flags = {p: {row["code"]: row[f"{p}_status"] for row in rows if row[f"{p}_status"]} for p in periods}

    def changes(self, before, after):
        old, new = self.values[before], self.values[after]
        return {code: new[code] - old[code] for code in new if code in old}


def rounded(value, decimals):
    """Half away from zero, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def numbers(text):
    """The numbers that are printed in a text in English, as decimals."""
    plain = text.replace("\u2212", "-").replace("\u00a0", "").replace(",", "")
    return [Decimal(found) for found in re.findall(r"[+-]?\d+(?:\.\d+)?", plain)]


def check_outputs(site, set_id, indicator, period, codes, table):
    """One selection says the same as CSV, JSON, GeoJSON and in the documents of areas."""
    query = {"indicator": indicator["id"], "period": period, **codes}
    document = site.json(f"/values/{set_id}.json", **query)
    column = document["columns"][0] if "columns" in document else document
    features = site.json(f"/areas/{set_id}.geojson", **query)["features"]
    for feature in features:
        code, said = feature["properties"]["code"], feature["properties"]
        expected = table.values[period].get(code)
        value = said.get("value")
        got = None if value is None else Decimal(value)
        site.wrong.check(got == expected, "GeoJSON value", lambda: f"{query} {code}: {got} is not {expected}")
        state = said.get("state")
        site.wrong.check(
            state == (table.states[period].get(code) or None) or expected is not None,
            "GeoJSON state",
            lambda: f"{query} {code}: {state} is not {table.states[period].get(code)}",
        )
    site.wrong.check(
        len(features) == len(table.names), "GeoJSON areas", lambda: f"{query}: {len(features)} of {len(table.names)}"
    )
    return column


def class_of(legend, value):
    """The index of the class that holds a value, or `zero`; by the rule that the legend's limits tell."""
    if value == 0 and legend.get("zero"):
        return "zero"
    classes = legend["classes"]
    for index, entry in enumerate(classes):
        last = index == len(classes) - 1
        if entry["lo"] <= value and (value < entry["hi"] or (last and value == entry["hi"])):
            return index
    return None


def check_legend(site, where, legend, values, decimals):
    """Counts of classes, and that no value is printed as one that the label of its class excludes."""
    counts = {}
    for value in values:
        found = class_of(legend, value)
        site.wrong.check(found is not None, "a value without a class", lambda: f"{where}: {value}")
        counts[found] = counts.get(found, 0) + 1
        if isinstance(found, int):
            check_label(site, where, legend, found, rounded(value, decimals))
    for index, entry in enumerate(legend["classes"]):
        site.wrong.check(
            counts.get(index, 0) == entry["count"],
            "class count",
            lambda: f"{where}: {entry['label']} holds {counts.get(index, 0)}, the legend says {entry['count']}",
        )
    if legend.get("zero"):
        site.wrong.check(
            counts.get("zero", 0) == legend["zero"]["count"], "count of zeros", lambda: f"{where}: {counts.get('zero', 0)}"
        )


def check_label(site, where, legend, index, printed):
    label = legend["classes"][index]["label"]
    limits = numbers(label)
    if len(limits) == 1 and label.startswith("under "):
        good = printed < limits[0]
    elif len(limits) == 1 and label.endswith(" and over"):
        good = printed >= limits[0]
    elif len(limits) == 2:
        low, high = limits
        good = low <= printed and (printed < high or low == high if " under " in label else printed <= high)
    else:
        return
    site.wrong.check(good, "a printed value outside its label", lambda: f"{where}: {printed} in {label!r}")


def check_summary(site, where, summary, values, names, decimals):
    """The lowest, the highest and the median among the areas."""
    if not values:
        return
    said = {key: text for key, text in re.findall(r"(Lowest|Highest|Median)[^:]*: ([^()]*?)(?: \(|\.(?: |$)|$)", summary)}
    expected = {"Lowest": min(values.values()), "Highest": max(values.values()), "Median": median(values.values())}
    for key, value in expected.items():
        if key not in said:
            site.wrong.check(key == "Median", f"{key} is not said", lambda: f"{where}: {summary}")
            continue
        found = numbers(said[key])
        right = found[:1] == [rounded(value, decimals)]
        site.wrong.check(right, f"{key} of the summary", lambda: f"{where}: {said[key]} is not {value}")


def check_rows(site, where, page, values, decimals):
    """The rows of a page's table print each value rounded half away from zero."""
    rows = re.findall(r'<tr data-code="([^"]*)">.*?<td class="number">([^<]*)</td>', page)
    for code, text in rows:
        value = values.get(html.unescape(code))
        found = numbers(html.unescape(text))
        if value is not None and found:
            right = found[0] == rounded(value, decimals)
            site.wrong.check(right, "a printed value", lambda: f"{where} {code}: {text} is not {value}")
    return len(rows)


def check_circles(site, where, svg, values):
    """All circles of a map have one scale, that of its legend: radius = k * sqrt(value)."""
    inset = svg.find('class="inset"')
    end = svg.find("</svg>", inset) if inset >= 0 else -1
    main = svg if inset < 0 else svg[:inset] + svg[end:]
    scale = None
    circles = re.findall(r'<circle data-code="([^"]*)"[^>]* r="([\d.]+)"', main)
    for code, radius in sorted(circles, key=lambda circle: -float(circle[1])):
        value = values.get(html.unescape(code))
        if not value:
            continue
        own = float(radius) / math.sqrt(abs(value))
        scale = scale or own
        good = abs(float(radius) - scale * math.sqrt(abs(value))) < 0.011
        site.wrong.check(good, "a circle of another scale", lambda: f"{where} {code}: {radius} for {value}")
    if scale is None:
        return
    legend = re.findall(r'<circle (?!data-code)[^>]* r="([\d.]+)"', main)
    labels = re.findall(r'<circle (?!data-code)[^>]*>(?:(?!<circle).)*?<text[^>]*>([^<]*)</text>', main, re.S)
    site.wrong.check(len(legend) == len(labels) and legend, "a legend of circles", lambda: f"{where}: {legend} {labels}")
    for radius, label in zip(legend, labels):
        found = numbers(label)
        if found:
            right = abs(float(radius) - scale * math.sqrt(abs(found[0]))) < 0.02 * float(radius) + 0.011
            drawn = (float(radius) / scale) ** 2
            site.wrong.check(right, "a circle of the legend", lambda: f"{where}: {label} is drawn as {drawn:.0f}")


def check_sums(site, set_id, entry, indicator, table):
    """Sums of children, in decimals, for the periods that the catalogue calls aggregated."""
    for origin in entry.get("aggregated", []):
        parents = {}
        for feature in site.json(f"/areas/{origin['set']}.geojson", borders=origin["vintage"])["features"]:
            parents[feature["properties"]["code"]] = feature["properties"].get("parent")
        for period in origin["periods"][-2:]:
            parts = Table(site, origin["set"], indicator, [period], {})
            for code, value in table.values[period].items():
                own = [part for part, parent in parents.items() if parent == code]
                if not own or any(part not in parts.values[period] for part in own):
                    continue
                expected = sum(parts.values[period][part] for part in own)
                where = f"{set_id} {indicator['id']} {period} {code}"
                site.wrong.check(value == expected, "a sum", lambda: f"{where}: {value} is not {expected}")


def selections(indicator, entry, seed):
    """The totals and a few other combinations of codes."""
    found = [{}]
    chance = random.Random(seed)
    for _ in range(PARTS if indicator["dimensions"] else 0):
        found.append({d["id"]: chance.choice(d["code_list"]["items"])["code"] for d in indicator["dimensions"]})
    there = [entry_["codes"] for entry_ in entry.get("combinations", [])]
    return found if not there else [
        dict(zip((d["id"] for d in indicator["dimensions"]), codes)) for codes in there[0][: PARTS + 1]
    ]


def check_indicator(site, set_id, indicator, entry):
    periods, decimals = entry["periods"], int(indicator["decimals"])
    looked = 0
    for codes in selections(indicator, entry, f"{set_id} {indicator['id']}"):
        table = Table(site, set_id, indicator, periods, codes)
        last, before = periods[-1], periods[-2] if len(periods) > 1 else None
        where = f"{set_id} {indicator['id']} {last} {codes}"
        check_outputs(site, set_id, indicator, last, codes, table)
        if not codes:
            check_sums(site, set_id, entry, indicator, table)
        for method in METHODS:
            for classes in (3, 5, 7):
                query = {"set": set_id, "method": method, "classes": classes, "lang": "en", **codes}
                for scope in ("all", "period"):
                    legend = site.json(f"/legends/{indicator['id']}.json", period=last, scope=scope, **query)
                    pool = table.values[last].values() if scope == "period" else [v for p in periods for v in table.values[p].values()]
                    check_legend(site, f"{where} {method} {classes} {scope}", legend, list(pool), decimals)
                    looked += 1
                if before:
                    changes = table.changes(before, last)
                    legend = site.json(f"/legends/{indicator['id']}.json", period=last, **{"from": before}, scope="period", **query)
                    check_legend(site, f"{where} since {before} {method} {classes}", legend, list(changes.values()), decimals)
                    looked += 1
        legend = site.json(f"/legends/{indicator['id']}.json", set=set_id, period=last, lang="en", **codes)
        check_summary(site, where, legend["summary"], table.values[last], table.names, decimals)
        view = {"set": set_id, "indicator": indicator["id"], "period": last, "lang": "en", **codes}
        check_rows(site, where, site.text("/embed", **view), table.values[last], decimals)
        if before:
            changes = table.changes(before, last)
            check_rows(site, f"{where} since {before}", site.text("/embed", **view, **{"from": before}), changes, decimals)
        if not codes and indicator["kind"] == "count":
            for size in SIZES:
                svg = site.text("/picture.svg", **view, kind="symbols", size=size)
                check_circles(site, f"{where} {size}", svg, table.values[last])
    return looked


def main():
    url, *sets = sys.argv[1:]
    site, looked = Site(url), 0
    for indicator in site.catalog["indicators"]:
        for entry in indicator["boundary_sets"]:
            if entry["id"] in sets and entry["periods"]:
                looked += check_indicator(site, entry["id"], indicator, entry)
    print(f"{looked} legends recomputed")
    if not looked:
        raise SystemExit("nothing was recomputed: are the sets those of the server?")
    raise SystemExit(site.wrong.exit_code())


main()
