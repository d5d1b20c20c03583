"""Sums of the areas below."""

from recomputing.figures import Table


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
