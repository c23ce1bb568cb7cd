"""A job of 100,000 items, from the first request to the last entry, beside Calc of LibreOffice with the same columns.

Skipped where there is no `soffice`. Calc reads the CSV and writes it again without a window, which is what can be
measured of it from outside.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from apart import said_by

SIZE = 100_000


def figures(size: int = SIZE) -> list[dict[str, object]]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("no LibreOffice here: the comparison with Calc is left out", file=sys.stderr)
        return []
    from served_pages import served_pages

    with served_pages(size) as pages:
        ours = said_by(str(Path(__file__).with_name("loading_ratio.py")), "seconds", pages.url, pages.job_id)["seconds"]
    calc = _calc_seconds(office, size)
    ratio = round(ours / calc, 2)
    return [
        {
            "figure": "100,000 items read, s, beside LibreOffice Calc with a CSV of the same columns",
            "ours": round(ours, 2),
            "reference": round(calc, 2),
            "ratio": ratio,
            "bar": 1,
            "holds": ratio <= 1,
        }
    ]


def _calc_seconds(office: str, size: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "items.csv")
        with table.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            for number in range(size):
                rows.writerow(
                    ("Failed", "2026-03-02", f"Supplier {number % 977}", f"{number}.50", "SEK", "Konto 4980 saknas",
                     "Account unknown", "Åsa Öberg", "5800 Travel", f"JE-{number}")
                )  # fmt: skip
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "csv",
            "--outdir",
            str(Path(folder, "out")),
            str(table),
        ]
        empty = Path(folder, "empty.csv")
        empty.write_text("a\n", encoding="utf-8")
        # Once before, so that making its profile is not counted.
        subprocess.run([*command[:-1], str(empty)], check=True, capture_output=True, env=os.environ)
        began = perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=os.environ)
        return perf_counter() - began
