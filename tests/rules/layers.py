#!/usr/bin/env python3
"""Fails when a file of src/ includes a folder that src/LAYERS does not allow it to include.

Every spelling counts: "object/x.h", <object/x.h>, "../object/x.h", "src/object/x.h", an include split over
lines, in .def and .inc files too. A relative path is followed to the file that it means.
"""
import pathlib
import re
import sys

src = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2] / "src").resolve()


def read_layers(file):
    allowed = {}
    for line in file.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            folder, _, below = line.partition(":")
            allowed[folder.strip()] = set(below.split())
            # A folder may name only folders already listed, so the order is the proof of no cycles.
            if unknown := allowed[folder.strip()] - allowed.keys():
                sys.exit(f"LAYERS: {folder} names {unknown} before they are declared")
    return allowed


INCLUDE = re.compile(r"^[ \t]*(?:#|%:|\?\?=)(?:[ \t]|\\\n)*(?:include|include_next|import|embed)(?:[ \t]|\\\n|/\*.*?\*/)*[\"<]([^\">\n]+)[\">]",
                     re.MULTILINE)


def main():
    allowed = read_layers(src / "LAYERS")
    good = bad = 0
    for file in sorted(f for f in src.rglob("*") if f.suffix in (".h", ".hpp", ".cpp", ".c", ".def", ".inc", ".S")):
        folder = file.relative_to(src).parts[0]
        problems = []
        if folder not in allowed:
            problems.append(f"{file}: the folder {folder}/ is not in LAYERS")
        text = file.read_text()
        for match in INCLUDE.finditer(text):
            spelled = match[1]
            for base in (file.parent, src, src.parent):
                target = (base / spelled).resolve()
                if target.exists() and src in target.parents:
                    other = target.relative_to(src).parts[0]
                    break
            else:                                   # not there (generated?): the first folder named counts
                other = next((part for part in spelled.split("/")[:-1] if part in allowed), None)
            if other and other != folder and other not in allowed.get(folder, ()):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{file.relative_to(src.parent)}:{line}: {folder}/ may not include {other}/")
        for problem in problems:
            print(problem)
        good, bad = good + (not problems), bad + bool(problems)
    print(f"{good} passed, {bad} failed")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
