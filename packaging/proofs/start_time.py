"""From the start of the process to the first frame: the frozen program beside the environment's, turn by turn.

start_time.py [TURNS]      needs dist/signoff, .venv and a screen
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {"frozen": ROOT / "dist" / "signoff" / "signoff", "environment": ROOT / ".venv" / "bin" / "signoff"}
_RATIO = 1.2
_PATIENCE_SECONDS = 60


def milliseconds(program: Path, folder: str) -> float:
    """`folder` takes what the program would write."""
    began = time.time()
    said = subprocess.run(  # noqa: S603 - our own programs
        [program, "first-frame"],
        check=True,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        env=os.environ | {"SIGNOFF_DATA_DIR": folder},
    )
    return (json.loads(said.stdout)["drawn_at"] - began) * 1e3


def main(turns: int) -> int:
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as folder:
        for program in PROGRAMS.values():  # what is read from the disk once
            milliseconds(program, folder)
        for _ in range(turns):
            for name, program in PROGRAMS.items():
                times[name].append(milliseconds(program, folder))
    for name, found in times.items():
        print(f"{name}: {median(found):.0f} ms ({min(found):.0f} to {max(found):.0f})")
    ratio = median(times["frozen"]) / median(times["environment"])
    print(f"ratio {ratio:.2f}, at most {_RATIO}")
    return ratio > _RATIO


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:] or ["9"])))
