"""What is told of changes, by the rules of docs/flags.md, and what rows of a page say."""

import html
import re


def flags_of_changes(table, before, after):
    """Flags of the changes between two periods by area: of either figure, and breaks after the one and up to the other."""
    periods = sorted(period for period in table.values if before < period <= after)
    found = {}
    for code in table.changes(before, after):
        own = [flag for period in (before, after) for flag in table.flags[period].get(code, []) if flag != "B"]
        breaks = ["B"] if any("B" in table.flags[period].get(code, []) for period in periods) else []
        if own or breaks:
            found[code] = set(own + breaks)
    return found


def check_changes(site, where, legend, codes, expected):
    """The flags of changes that a legend tells, area by area."""
    told = {}
    for entry in legend.get("flags", []):
        site.wrong.check(entry["count"] == len(entry["rows"]), "flags of changes", lambda: f"{where}: {entry['flag']}")
        for row in entry["rows"]:
            told.setdefault(codes[int(row)], set()).add(entry["flag"])
    wrong = [code for code in told.keys() | expected.keys() if told.get(code) != expected.get(code)]
    site.wrong.check(not wrong, "flags of changes", lambda: f"{where}: {[(c, told.get(c), expected.get(c)) for c in wrong[:3]]}")


def check_notes(site, where, page, legend, states, flags):
    """The note of each row of a page is the name of the area's state, or those of its flags."""
    names = {entry["flag"]: entry["label"] for entry in legend.get("flags", [])}
    names |= {entry["state"]: entry["label"] for entry in legend["states"]}
    rows = re.findall(r'<tr data-code="([^"]*)">.*?<td class="number">[^<]*</td><td>([^<]*)</td>', page)
    for code, note in ((html.unescape(code), html.unescape(note)) for code, note in rows):
        expected = {names[states[code]]} if code in states else {names[flag] for flag in flags.get(code, [])}
        told = set(filter(None, note.split("; ")))
        site.wrong.check(told == expected, "a note of a row", lambda: f"{where} {code}: {told} is not {expected}")
    site.wrong.check(bool(rows), "rows of a page", lambda: f"{where}: none")
