"""Class counts, labels, summaries and printed rows, reckoned from the figures."""

import html
import re
from statistics import median

from recomputing.figures import numbers, rounded


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
