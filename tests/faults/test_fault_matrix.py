"""Whatever breaks on the way: at most one final event, nothing twice, and what is shown is what Pleo holds.

Every trouble of troubles.py at each place, over real sockets. The table that comes out is compared with fault-matrix.md
beside this file, so that a change of behaviour shows in review; WRITE_FAULT_MATRIX=1 writes it anew. A copy with the
results of the last run lies in build/.
"""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from fakes.running_sandbox import RunningSandbox
from fakes.wire_faults import WireFaults
from faults.cells import HEADER, ITEMS, SCENARIOS, Cell
from faults.troubles import FINAL_EVENT, PLACES, TROUBLES, Line, Trouble
from filelock import FileLock

HERE = Path(__file__).parent
AGREED = HERE / "fault-matrix.md"
BUILT = HERE.parents[1] / "build" / "fault-matrix.md"
AT_ONCE = 6

INTRODUCTION = """\
# What comes of every trouble

Made by `tests/faults/test_fault_matrix.py`, which runs every row over real sockets against the sandbox; write it anew
with `WRITE_FAULT_MATRIX=1 .venv/bin/pytest tests/faults`. A try is: settle what an earlier one left open, read, send,
read back. The second try follows at once when the trouble is over, but for reads that are behind; the third when the
wait after the send is over. *Applied* counts what the sandbox carried out of Signoff's own requests.
"""


async def cells_at(place: str, folder: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows of the table in the order of the troubles, and every fault that was found."""
    waiting = [(at, trouble) for at, trouble in enumerate(TROUBLES) if place in trouble.places]
    rows: dict[int, tuple[str, ...]] = {}
    faults: list[str] = []

    async def work() -> None:
        with RunningSandbox(SCENARIOS[place], size=ITEMS, pace_seconds=9_999) as sandbox:
            while waiting:
                at, trouble = waiting.pop(0)
                sandbox.load(SCENARIOS[place], size=ITEMS, pace_seconds=9_999)
                rows[at] = await one_cell(sandbox, place, trouble, folder / str(at), faults)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return [rows[at] for at in sorted(rows)], faults


async def one_cell(
    sandbox: RunningSandbox, place: str, trouble: Trouble, folder: Path, faults: list[str]
) -> tuple[str, ...]:
    with WireFaults(sandbox.url) as wire:
        cell = Cell(Line(sandbox, wire, place), trouble, folder)
        row = await cell.run()
    faults += cell.faults
    return row


def table_of(rows: Iterable[tuple[str, ...]]) -> str:
    lines = [HEADER, tuple("---" for _ in HEADER), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def sections_of(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = (part.partition("\n") for part in text.split("\n## ")[1:])
    return {name.strip(): body.strip() for name, _, body in parts}


def write_section(path: Path, place: str, table: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with FileLock(BUILT.with_name("fault-matrix.lock")):
        sections = sections_of(path) | {place: table}
        text = "".join(f"\n## {name}\n\n{sections[name]}\n" for name in PLACES if name in sections)
        path.write_text(INTRODUCTION + text, encoding="utf-8")


@pytest.mark.parametrize("place", PLACES)
async def test_whatever_breaks_nothing_is_done_twice_and_what_is_shown_is_true(place: str, tmp_path: Path):
    rows, faults = await cells_at(place, tmp_path)
    table = table_of(rows)
    BUILT.parent.mkdir(exist_ok=True)
    write_section(BUILT, place, table)
    assert faults == []
    if os.environ.get("WRITE_FAULT_MATRIX"):
        write_section(AGREED, place, table)
    assert sections_of(AGREED).get(place, "").splitlines() == table.splitlines()


def test_the_matrix_has_every_trouble_that_was_agreed_at_the_final_event():
    assert len([trouble for trouble in TROUBLES if FINAL_EVENT in trouble.places]) >= 22
