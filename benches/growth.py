#!/usr/bin/env python3
"""Measures how import and publish grow with areas and vertices: a square of side x side areas with curved borders.

    benches/growth.py target/release/choro 32:250 100:25      side:vertices of one edge, as often as wanted

Prints areas, vertices, and for import and publish the processor time and the most memory.
"""

import math
import subprocess
import sys
import tempfile
from pathlib import Path


def curve(start, along, steps, amplitude, phase):
    """The points of an edge but its last; both neighbours compute the same ones."""
    for t in range(steps):
        at = t / steps
        bend = amplitude * math.sin(math.pi * at) * (math.sin(44 * at + phase) + 0.4 * math.sin(250 * at + 2 * phase))
        x, y = (at, bend) if along == "x" else (bend, at)
        yield start[0] + x, start[1] + y


def ring(i, j, steps):
    """An area's border, in units of a side."""
    south, north = list(curve((i, j), "x", steps, 0.1, i + j)), list(curve((i, j + 1), "x", steps, 0.1, i + j + 1))
    west, east = list(curve((i, j), "y", steps, 0.1, i - j)), list(curve((i + 1, j), "y", steps, 0.1, i + 1 - j))
    back = [(i + 1, j + 1)] + north[:0:-1]
    return south + east + back + [(i, j + 1)] + west[:0:-1] + south[:1]


def write(path, side, steps):
    with path.open("w") as out:
        out.write('{"type":"FeatureCollection","features":[\n')
        for index in range(side * side):
            i, j = divmod(index, side)
            points = ",".join(f"[{60 * x / side:.7f},{60 * y / side - 30:.7f}]" for x, y in ring(i, j, steps))
            geometry = f'{{"type":"Polygon","coordinates":[[{points}]]}}'
            comma = "," if index else ""
            out.write(f'{comma}{{"type":"Feature","properties":{{"code":"{i}-{j}"}},"geometry":{geometry}}}\n')
        out.write("]}")


def measure(command, folder):
    """Seconds of processor time and MB of memory of a command; memory is that of a process of its own."""
    report = "import resource as r,subprocess as s,sys; c=s.call(sys.argv[1:],stdout=s.DEVNULL); u=r.getrusage(r.RUSAGE_CHILDREN);"
    report += "print(u.ru_utime+u.ru_stime,u.ru_maxrss//1024); sys.exit(c)"
    done = subprocess.run([sys.executable, "-c", report, *command], cwd=folder, check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()
    return f"{float(seconds):.1f} s {megabytes} MB"


def main():
    program = str(Path(sys.argv[1]).resolve())
    for spec in sys.argv[2:]:
        side, steps = map(int, spec.split(":"))
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder, "areas.geojson"), side, steps)
            subprocess.run([program, "init", "ws"], cwd=folder, check=True, capture_output=True)
            workspace = Path(folder, "ws")
            with (workspace / "choro.toml").open("a") as settings:
                settings.write('\n[boundary_sets.areas]\ngrids = ["WebMercatorQuad"]\n')
            options = ["--set", "areas", "--vintage", "1", "--code", "code"]
            imported = measure([program, "import", "boundaries", "../areas.geojson", *options], workspace)
            published = measure([program, "publish"], workspace)
            print(f"{side * side} areas, {4 * steps * side * side} vertices: import {imported}, publish {published}", flush=True)


main()
