"""The radii of circles on a map and in its legend."""

import html
import math
import re

from recomputing.figures import numbers


def check_circles(site, where, svg, values):
    """All circles of a map have one scale, that of its legend: radius = k * sqrt(value)."""
    inset = svg.find('class="inset"')
    end = svg.find("</svg>", inset) if inset >= 0 else -1
    main = svg if inset < 0 else svg[:inset] + svg[end:]
    scale = None
    # The legend's circles are not in the inset, which is a picture in the picture: its areas are larger, its circles are not.
    circles = re.findall(r'<circle data-code="([^"]*)"[^>]* r="([\d.]+)"', svg)
    drawn = any(values.get(html.unescape(code)) for code, _ in circles)
    site.wrong.check(drawn or not any(values.values()), "circles of a map", lambda: f"{where}: none")
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
