"""Collects the figures of the modules beside this file: `make bench`, or `make bench ARGS=journal` for some of them.

A module that measures has a function `figures` that returns a dict for each figure: `figure` says what it is, `ours`
and `reference` are in the unit that it names, `ratio` is the one over the other, `bar` what it must not exceed.
"""

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / "build" / "bench.json"
_COLUMNS = ("figure", "ours", "reference", "ratio", "bar", "holds")


def main(wanted: list[str]) -> int:
    """1 where a bar does not hold."""
    found = []
    for path in sorted(HERE.glob("*.py")):
        if path.stem == "run" or (wanted and path.stem not in wanted):
            continue
        measure = getattr(importlib.import_module(path.stem), "figures", None)
        if measure:
            print(f"measuring {path.stem} …", file=sys.stderr, flush=True)
            found += measure()
    rows = [_COLUMNS, *(tuple(_cell(line.get(name)) for name in _COLUMNS) for line in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0 if all(line.get("holds", True) for line in found) else 1


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:,}" if isinstance(value, int | float) else str(value or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
