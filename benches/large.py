#!/usr/bin/env python3
"""Measures import and publish of a large boundary set: 2,492 municipalities, 3.1 million vertices, zooms 0 to 8 in one grid.

    benches/large.py target/release/choro      with choro-gdal beside it, and the data in CHORO_TEST_DATA or ../shared/data

Prints for each step the processor time of choro and choro-gdal together and the sum of the most memory of either, and exits 1
where all steps together take more than 30 s, or one of them more than 1.5 GB.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS, MEGABYTES = 30.0, 1500.0
DATA = Path(os.environ.get("CHORO_TEST_DATA", Path(__file__).resolve().parents[1] / "../shared/data"))
FILE = DATA / "russia_adm2/russia_municipalities_osm.gpkg"


def family(pid):
    """A process and what it has started."""
    try:
        children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:  # it has ended
        children = []
    return [pid, *(process for child in children for process in family(int(child)))]


def most(pid):
    """The most memory that a process has had so far, in kB; none where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(name, command, folder):
    """Seconds and MB of a command and of what it starts. The kernel keeps the most memory, so a look now and then is enough."""
    before, peaks = processor_time(), {}
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    while running.poll() is None:
        for pid in family(running.pid):
            peaks[pid] = max(peaks.get(pid, 0), most(pid))
        time.sleep(0.005)
    if running.returncode:
        raise SystemExit(f"{name} ended with exit code {running.returncode}")
    seconds, megabytes = processor_time() - before, sum(peaks.values()) / 1024
    print(f"{name}: {seconds:.1f} s, {megabytes:.0f} MB in {len(peaks)} processes", flush=True)
    return seconds, megabytes


def main():
    program = str(Path(sys.argv[1]).resolve())
    if not FILE.exists():
        raise SystemExit(f"{FILE} is not there: CHORO_TEST_DATA names the folder of real data")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "init", "ws"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        workspace = Path(folder, "ws")
        with (workspace / "choro.toml").open("a") as settings:
            settings.write('\n[boundary_sets.municipalities]\ngrids = ["WebMercatorQuad"]\n')
        options = ["--set", "municipalities", "--vintage", "osm", "--code", "source_file+source_index"]
        imported = measure("import", [program, "import", "boundaries", str(FILE.resolve()), *options], workspace)
        published = measure("publish", [program, "publish"], workspace)
    seconds, megabytes = imported[0] + published[0], max(imported[1], published[1])
    print(f"together {seconds:.1f} s, at most {megabytes:.0f} MB; limits {SECONDS:.0f} s, {MEGABYTES:.0f} MB")
    return 1 if seconds > SECONDS or megabytes > MEGABYTES else 0


sys.exit(main())
