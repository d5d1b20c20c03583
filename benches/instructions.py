#!/usr/bin/env python3
"""Instructions that a request takes in the program itself, the kernel's left out: they do not depend on what else a machine does.

    benches/instructions.py target/release/choro [another/choro ...]

Each program makes the demo's workspace, each its own, and serves it under callgrind. One connection asks a number of times, then
many more times; the difference by the difference is a request. Prints a row for each kind of request, a column for each program.
Needs valgrind.
"""

import re
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

FEW, MANY = 500, 3500
TILES = [(0, 0, 0), (1, 1, 0), (2, 2, 1), (3, 5, 2), (4, 10, 4), (4, 11, 4)]
SET = "eaeu-subjects"
QUERIES = [f"?indicator={name}&period={year}" for name in ("population", "arrivals", "arrival_rate") for year in range(2015, 2025)]


def tiles(queries):
    return [f"/tiles/{SET}/WebMercatorQuad/{z}/{x}/{y}.mvt{query}" for query in queries for z, x, y in TILES]


KINDS = {
    "a tile of one selection": tiles(QUERIES[:1]),
    "a tile of 30 selections": tiles(QUERIES),
    "a tile of borders alone": tiles([""]),
    "a legend": [f"/legends/population.json?set={SET}&period=2015"],
    "health": ["/health/ready"],
}


class Server:
    """A running `choro`."""

    def __init__(self, command, folder):
        """Waits until it says where it listens; under callgrind that takes a while."""
        self.process = subprocess.Popen(
            [*command, "--addr", "127.0.0.1:0"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for line in self.process.stdout:
            if found := re.search(r"http://([\d.]+):(\d+)", line):
                self.address = found[1], int(found[2])
                break
        else:
            sys.exit(f"{command} ended before it named its address")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def ask(self, paths, count):
        """Asks for the paths in turn, and reads each answer whole before it asks for the next."""
        with socket.create_connection(self.address) as connection:
            stream = connection.makefile("rb")
            for number in range(count):
                path, length = paths[number % len(paths)], 0
                connection.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n".encode())
                status = stream.readline()
                if not status.startswith(b"HTTP/1.1 200"):
                    sys.exit(f"{path}: {status.decode()}")
                while (line := stream.readline()) != b"\r\n":
                    name, _, value = line.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                stream.read(length)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def counted(program, folder, paths, count):
    """Instructions of a whole run."""
    out = Path(folder, "callgrind.out")
    server = Server(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, "serve"], folder)
    server.ask(paths, count)
    server.stop()
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.MULTILINE)[1])


def measured(program):
    """Instructions of a request of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = str(Path(folder, "workspace"))
        Server([program, "demo", "--dir", workspace], folder).stop()
        for paths in KINDS.values():
            few, many = (counted(program, workspace, paths, count) for count in (FEW, MANY))
            yield (many - few) / (MANY - FEW)


def main():
    programs = [str(Path(program).resolve()) for program in sys.argv[1:]]
    if not programs:
        sys.exit(__doc__)
    print(f"| instructions of | {' | '.join(sys.argv[1:])} |\n|---|{'--:|' * len(programs)}")
    for kind, *figures in zip(KINDS, *map(measured, programs)):
        print(f"| {kind} | {' | '.join(f'{figure:,.0f}' for figure in figures)} |", flush=True)


main()
