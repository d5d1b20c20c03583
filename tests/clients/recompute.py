"""Recomputes what a server says of its figures, from its own CSV and in decimals.

    python recompute.py URL SET [SET ..]

Nothing is taken from the program but the figures: class counts, labels, differences, sums, radii and the flags of changes are reckoned
anew and compared with legends, pages and pictures; values, states and flags are compared in every output. Each figure is a decimal as
it is printed in the CSV. Ranks are the page's own: tests/browser/scenarios/reading.mjs reckons them.
"""

import random
import sys

sys.dont_write_bytecode = True  # a test leaves no files in the checkout

from recomputing.circles import check_circles
from recomputing.figures import Site, Table
from recomputing.flags import check_changes, check_notes, flags_of_changes
from recomputing.legends import check_legend, check_rows, check_summary
from recomputing.outputs import check_outputs, check_tiles
from recomputing.sums import check_sums

SIZES = ("page", "portrait", "wide", "square")
METHODS = ("quantile", "equal", "ckmeans")
#: How many selections of an indicator are looked at besides the totals.
PARTS = 2


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


class Selection:
    """An indicator with codes at the last period of a boundary set, and the period before it, where there is one."""

    def __init__(self, site, set_id, indicator, entry, codes):
        self.site, self.set, self.indicator, self.codes, self.entry = site, set_id, indicator, codes, entry
        self.periods = entry["periods"]
        self.last, self.before = self.periods[-1], self.periods[-2] if len(self.periods) > 1 else None
        self.decimals = int(indicator["decimals"])
        self.table = Table(site, set_id, indicator, self.periods, codes)
        self.where = f"{set_id} {indicator['id']} {self.last} {codes}"
        self.view = {"set": set_id, "indicator": indicator["id"], "period": self.last, "lang": "en", **codes}

    def legend(self, **query):
        given = {"set": self.set, "period": self.last, "lang": "en", **self.codes, **query}
        return self.site.json(f"/legends/{self.indicator['id']}.json", **given)

    def check(self):
        """Returns how many legends were looked at."""
        check_outputs(self.site, self.set, self.indicator, self.last, self.codes, self.table)
        looked = sum(self.check_classes(method, classes) for method in METHODS for classes in (3, 5, 7))
        self.check_page()
        for since in dict.fromkeys([self.before, self.periods[0]] if self.before else []):
            self.check_changes(since)
        if not self.codes:
            check_tiles(self.site, self.set, self.indicator, self.last, self.table)
            check_sums(self.site, self.set, self.entry, self.indicator, self.table)
            self.check_pictures()
        return looked

    def check_classes(self, method, classes):
        """The legends of one method and number of classes: of the period, of all periods, of the change."""
        values = self.table.values
        of = {"method": method, "classes": classes}
        pools = {"period": list(values[self.last].values()), "all": [v for p in self.periods for v in values[p].values()]}
        for scope, pool in pools.items():
            where = f"{self.where} {method} {classes} {scope}"
            check_legend(self.site, where, self.legend(scope=scope, **of), pool, self.decimals)
        if self.before:
            where, changes = f"{self.where} since {self.before} {method} {classes}", self.table.changes(self.before, self.last)
            legend = self.legend(scope="period", **{"from": self.before}, **of)
            check_legend(self.site, where, legend, list(changes.values()), self.decimals)
        return 3 if self.before else 2

    def check_page(self):
        """The summary, the values and the notes of rows."""
        table, legend, page = self.table, self.legend(), self.site.text("/embed", **self.view)
        check_summary(self.site, self.where, legend["summary"], table.values[self.last], table.names, self.decimals)
        check_rows(self.site, self.where, page, table.values[self.last], self.decimals)
        check_notes(self.site, self.where, page, legend, table.states[self.last], table.flags[self.last])

    def check_changes(self, before):
        """The differences since a period before, and what is told of them."""
        where, since = f"{self.where} since {before}", {"from": before}
        page, changes = self.site.text("/embed", **self.view, **since), self.table.changes(before, self.last)
        check_rows(self.site, where, page, changes, self.decimals)
        flags = flags_of_changes(self.table, before, self.last)
        check_changes(self.site, where, self.legend(**since), list(self.table.names), flags)

    def check_pictures(self):
        """How many areas have a flag, in each size of the picture, and the radii of circles."""
        flags, names = self.table.flags[self.last], {of["flag"]: of["label"] for of in self.legend().get("flags", [])}
        told = [f"{name}: {sum(flag in own for own in flags.values()):,}" for flag, name in names.items()]
        for size in SIZES:
            svg = self.site.text("/picture.svg", **self.view, kind="choropleth", size=size)
            lacking = [text for text in told if text not in svg]
            self.site.wrong.check(not lacking, "flags of a picture", lambda: f"{self.where} {size}: {lacking}")
            if self.indicator["kind"] == "count":
                svg = self.site.text("/picture.svg", **self.view, kind="symbols", size=size)
                check_circles(self.site, f"{self.where} {size}", svg, self.table.values[self.last])


def main():
    url, *sets = sys.argv[1:]
    site, looked = Site(url), 0
    for indicator in site.catalog["indicators"]:
        for entry in indicator["boundary_sets"]:
            if entry["id"] in sets and entry["periods"]:
                of = selections(indicator, entry, f"{entry['id']} {indicator['id']}")
                looked += sum(Selection(site, entry["id"], indicator, entry, codes).check() for codes in of)
    print(f"{looked} legends recomputed")
    if not looked:
        raise SystemExit("nothing was recomputed: are the sets those of the server?")
    raise SystemExit(site.wrong.exit_code())


main()
