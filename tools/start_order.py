#!/usr/bin/env python3
"""Writes the order in which the linker shall lay out what a start of Taipan touches.

  tools/start_order.py TAIPAN OUTPUT

Runs a few short programs under valgrind's lackey, which prints the address of every instruction and of every byte read
or written, and lists the symbols that these lie in: what a plain start touches first, then what common imports add; of
each, the most used first. Laid out so, a start touches few pages, which saves memory and page faults. Takes some minutes.
"""
import argparse
import bisect
import collections
import subprocess
import tempfile

STARTS = ["pass", "import collections, functools, re", "import json, re, argparse, typing, dataclasses, asyncio"]


class Symbols:
    """Names of the program's functions and objects by address."""

    def __init__(self, program):
        listing = subprocess.run(["llvm-nm-19", "-n", "-S", program], capture_output=True, text=True, check=True).stdout
        rows = [line.split() for line in listing.splitlines()]
        # Link-time optimisation gives local functions that others call a suffix that changes with their file.
        self.rows = [(int(row[0], 16), int(row[1], 16), row[3].partition(".llvm.")[0]) for row in rows if len(row) == 4]
        self.starts = [row[0] for row in self.rows]

    def name_at(self, address):
        i = bisect.bisect_right(self.starts, address) - 1
        if i < 0:
            return None
        start, size, name = self.rows[i]
        return name if address < start + size else None


def addresses_touched(program, source):
    """How often each address inside the program was fetched, read or written."""
    counts = collections.Counter()
    with tempfile.NamedTemporaryFile("r", prefix="start-order-", errors="replace") as log:
        subprocess.run(["valgrind", "--tool=lackey", "--trace-mem=yes", f"--log-file={log.name}", program, "-c", source],
                       check=True, capture_output=True)
        for line in log:
            if line[:3] in ("I  ", " L ", " S ", " M "):
                counts[line[3:line.find(",")]] += 1
    return {int(address, 16): n for address, n in counts.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("taipan")
    parser.add_argument("output")
    options = parser.parse_args()
    symbols = Symbols(options.taipan)
    order = {}
    with tempfile.NamedTemporaryFile(prefix="taipan-") as stripped:  # valgrind does not read this compiler's debug information
        subprocess.run(["llvm-strip-19", "--strip-debug", "-o", stripped.name, options.taipan], check=True)
        subprocess.run(["chmod", "+x", stripped.name], check=True)
        for source in STARTS:
            uses = collections.Counter()
            for address, n in addresses_touched(stripped.name, source).items():
                if name := symbols.name_at(address):
                    uses[name] += n
            for name, _ in sorted(uses.items(), key=lambda row: (-row[1], row[0])):
                order.setdefault(name)
    with open(options.output, "w") as output:
        output.writelines(name + "\n" for name in order)
    print(f"{len(order)} symbols")


if __name__ == "__main__":
    main()
