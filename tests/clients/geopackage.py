"""A GeoPackage as SQLite and as GDAL read it: python geopackage.py URL, where URL is that of a .gpkg of a running server.

Prints what is wrong and ends with 1, or prints the number of areas.
"""

import sqlite3
import subprocess
import sys
import tempfile
import urllib.request


def main(url: str) -> int:
    wrong: list[str] = []

    def check(held: bool, what: str) -> None:
        if not held:
            wrong.append(what)

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/areas.gpkg"
        urllib.request.urlretrieve(url, path)
        database = sqlite3.connect(path)
        one = lambda sql: database.execute(sql).fetchone()
        check(one("PRAGMA application_id")[0] == 0x47504B47, "the application id is not GPKG")
        check(one("PRAGMA integrity_check")[0] == "ok", "the file is damaged")
        table, kind, srs = one("SELECT table_name, data_type, srs_id FROM gpkg_contents")
        check((kind, srs) == ("features", 4326), f"{table} is {kind} in {srs}")
        types = {name: kind for _, name, kind, *_ in database.execute(f'PRAGMA table_info("{table}")')}
        check(types["code"] == "TEXT" and types["parent"] == "TEXT" and types["value"] == "REAL", f"columns: {types}")
        style = one("SELECT f_table_name, useAsDefault, styleQML FROM layer_styles")
        check(style[:2] == (table, 1) and "<renderer-v2" in style[2], "there is no style that is taken by default")
        rows = database.execute(f'SELECT code, value, state, geom FROM "{table}"').fetchall()
        check(all((value is None) == (state is not None) for _, value, state, _ in rows), "a row has value and state, or neither")
        told = subprocess.run(["ogrinfo", "-ro", "-al", "-geom=NO", path], capture_output=True, text=True, check=True).stdout
        check(f"Feature Count: {len(rows)}" in told and "4326" in told, f"GDAL reads another table: {told[:400]}")
        check("ERROR" not in told and "Warning" not in told, told[:400])
    print("\n".join(wrong) or f"{len(rows)} areas")
    return 1 if wrong else 0


sys.exit(main(sys.argv[1]))
