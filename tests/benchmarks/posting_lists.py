"""Matching a posting list of 100,000 rows against a job of 100,000 items, beside reading that list alone.

Ours is from the path of the file to the result: read, recognised, matched. The reference is the list of rows that the
csv module, or openpyxl in its read-only way, makes of the same file. Each is measured in a process of its own, the
least of the turns counts. Letting go of what was read counts for neither, and is measured in the window. The rows stand
in another order than the items, as they do when a ledger is sorted by day.

Then the same in the window: read in another process, matched in slices on Qt's event loop, until the rows are painted.
"""

import asyncio
import csv
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from apart import ROOT, said_by

SIZE = 100_000
_TURNS = {"csv": 7, "xlsx": 2}
_BARS = {"csv": 3.0, "xlsx": 0.25}
_LONGEST_HOLD_MS = 50
_TODAY = date(2099, 1, 1)

Figure = dict[str, object]


def figures(size: int = SIZE) -> list[Figure]:
    from served_pages import served_pages

    with served_pages(size) as pages, tempfile.TemporaryDirectory() as folder:
        said_by(__file__, "write", pages.url, pages.job_id, folder)
        ours = said_by(__file__, "ours", pages.url, pages.job_id, folder)
        references = said_by(__file__, "reference", folder)
        window = said_by(__file__, "window", pages.url, pages.job_id, folder)
    again = _ratio("csv", ours["again"], references["csv"], " once the job's items are indexed,")
    ratios = [_ratio(kind, ours[kind], references[kind]) for kind in _BARS]
    return [*ratios, again, *(_hold(kind, window[kind]) for kind in _BARS), _hold_of_letting_go(window["closed"])]


def _ratio(kind: str, ours: float, reference: float, when: str = "") -> Figure:
    ratio = round(ours / reference, 2)
    return {
        "figure": f"matching a list of 100,000 rows, {kind.upper()},{when} beside reading it alone, s",
        "ours": round(ours, 3),
        "reference": round(reference, 3),
        "ratio": ratio,
        "bar": _BARS[kind],
        "holds": ratio <= _BARS[kind],
    }


def _hold(kind: str, held_ms: float) -> Figure:
    return {
        "figure": f"event loop held, such a {kind.upper()} in the window, longest, ms",
        "ours": round(held_ms, 1),
        "reference": "",
        "ratio": "",
        "bar": _LONGEST_HOLD_MS,
        "holds": held_ms <= _LONGEST_HOLD_MS,
    }


def _hold_of_letting_go(held_ms: float) -> Figure:
    return _hold("xlsx", held_ms) | {"figure": "event loop held while such a list is let go of, longest, ms"}


def _best(work: Callable[[], object], turns: int) -> float:
    """Seconds."""
    found = []
    for _ in range(turns):
        began = perf_counter()
        made = work()
        found.append(perf_counter() - began)
        del made
    return min(found)


def reference(folder: str) -> dict[str, float]:
    from openpyxl import load_workbook

    def with_csv() -> object:
        with Path(folder, "list.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file, delimiter=";"))

    def with_openpyxl() -> object:
        book = load_workbook(Path(folder, "list.xlsx"), read_only=True, data_only=True)
        return list(book.active.iter_rows(values_only=True))

    return {"csv": _best(with_csv, _TURNS["csv"]), "xlsx": _best(with_openpyxl, _TURNS["xlsx"])}


async def _job(url: str, job_id: str) -> tuple[Any, Any]:
    """As the window has it: snapshot and accounting data, kept packed."""
    from jobs_service import jobs_service

    from app.models.vocabulary import JobId
    from app.platform.clock import SystemClock
    from app.pleo.client import PleoClient
    from app.pleo.connection import Credential, open_channels
    from app.pleo.limiter import RequestLimiter

    channels = await open_channels(url, Credential("key"))
    service = jobs_service(PleoClient(channels, RequestLimiter(SystemClock(), window_seconds=0)), SystemClock())
    snapshot = await service.open_job(JobId(job_id))
    accounting = await service.read_accounting_data(JobId(job_id))
    await channels.close()
    return snapshot, accounting


def write(url: str, job_id: str, folder: str) -> dict[str, float]:
    from openpyxl import Workbook

    _, accounting = asyncio.run(_job(url, job_id))
    entries = sorted(accounting.entries.values(), key=lambda entry: (entry.date, entry.accounting_entry_id))
    head = ["Datum", "Beleg", "Referenz", "Text", "Betrag", "Währung", "Status", "Meldung"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Buchungen")
    sheet.append(head)
    with Path(folder, "list.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(head)
        for number, entry in enumerate(entries):
            money, failed = entry.amount.in_supplier_currency, number % 20 == 7
            says = ["Fehler", "Konto 4980 unbekannt"] if failed else ["gebucht", ""]
            told = [f"JE-{number}", entry.reconciliation_id, entry.supplier_name or "Kilometergeld"]
            places = 2 if money.exponent else 0
            amount = f"{abs(money.amount):.{places}f}".replace(".", ",")
            writer.writerow([f"{entry.date:%d.%m.%Y}", *told, amount, money.currency, *says])
            sheet.append([entry.date.date(), *told, float(abs(money.amount)), money.currency, *says])
    book.save(Path(folder, "list.xlsx"))
    return {}


def ours(url: str, job_id: str, folder: str) -> dict[str, float]:
    from app.platform.gc_tuning import many_arrive
    from app.posting_lists.job_index import job_index
    from app.posting_lists.mapping import propose
    from app.posting_lists.match_result import RowKind
    from app.posting_lists.matching import match
    from app.posting_lists.reader import read_posting_list
    from app.posting_lists.rows import listed_rows
    from app.slices import run_to_end

    snapshot, accounting = asyncio.run(_job(url, job_id))

    def matched(name: str, index: Any = None) -> Any:
        with many_arrive():
            table = read_posting_list(Path(folder, name))
            proposal = propose(table)
            rows = listed_rows(table, proposal.mapping, proposal.head_row, _TODAY)
            by = index or run_to_end(job_index(snapshot, accounting))
            return rows, by, run_to_end(match(rows, by, _TODAY))  # as the window keeps them

    for kind in _BARS:
        found = list(matched(f"list.{kind}")[-1])
        assert len(found) == len(snapshot.items)
        assert all(row.kind is RowKind.MATCHED for row in found)
        del found
    first = {kind: _best(lambda kind=kind: matched(f"list.{kind}"), _TURNS[kind]) for kind in _BARS}
    index = run_to_end(job_index(snapshot, accounting))
    return first | {"again": _best(lambda: matched("list.csv", index), _TURNS["csv"])}


async def _in_the_window(url: str, job_id: str, folder: str) -> dict[str, float]:
    from loop_holds import LoopHolds
    from PySide6.QtWidgets import QWidget

    from app.settings.mappings import MappingsFile
    from ui.common.locale_format import LocaleFormat
    from ui.posting_lists.presenter import PostingsPresenter

    snapshot, accounting = await _job(url, job_id)
    window = QWidget()
    window.show()
    mappings = MappingsFile(Path(folder, "never written"))
    presenter = PostingsPresenter(window, mappings, dict, lambda: datetime(2099, 1, 1, tzinfo=UTC), LocaleFormat())
    presenter.open(snapshot, accounting)
    assert presenter.dialog is not None
    found = presenter.dialog.found
    await asyncio.sleep(1)
    holds = LoopHolds(window)
    longest = {}
    for kind in _BARS:
        holds.start()
        presenter.open_file(Path(folder, f"list.{kind}"))
        await presenter._tasks.finished()
        found.table.viewport().repaint()
        await asyncio.sleep(0.2)
        held = holds.stop()
        assert found.model.rowCount() == len(snapshot.items)
        longest[kind] = held["longest"]
    holds.start()
    await presenter.aclose()
    await asyncio.sleep(0.2)
    longest["closed"] = holds.stop()["longest"]
    window.close()
    return longest


def window(url: str, job_id: str, folder: str) -> dict[str, float]:
    from on_qt import on_qt

    return on_qt(_in_the_window(url, job_id, folder))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    turn: Callable[..., dict[str, float]] = {"write": write, "ours": ours, "reference": reference, "window": window}[
        sys.argv[1]
    ]
    print(json.dumps(turn(*sys.argv[2:])))
