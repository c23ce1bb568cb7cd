"""How long the real window's event loop is held by a job of 100,000 items: while it is opened, read again (F5) and
watched, and while outcomes of all its items are drafted, with every screen beside the table: the gate, the causes, the
totals, the history, the list of jobs.

A hold is the time for which the window's thread works between two turns of the loop, as the system counts it for that
thread, so that other processes do not show in it.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING

from apart import ROOT, said_by

if TYPE_CHECKING:
    from app.models.item_outcome import ItemOutcome
    from ui.connections.connection_view import ConnectionView

SIZE = 100_000
_LONGEST_MS = 50
_USUAL_MS = 16
_AT_REST_SECONDS = 0.3

Figure = dict[str, object]


def figures(size: int = SIZE) -> list[Figure]:
    from served_pages import served_pages

    with served_pages(size) as pages:
        found: dict[str, dict[str, float]] = said_by(__file__, pages.url)
    return [
        {
            "figure": f"window's loop held while a long job is {act}, {which}, ms",
            "ours": round(held[which], 1),
            "bar": bar,
            "holds": held[which] <= bar,
        }
        for act, held in found.items()
        for which, bar in (("longest", _LONGEST_MS), ("99.9th percentile", _USUAL_MS))
    ]


async def _measure(url: str, folder: Path) -> dict[str, dict[str, float]]:
    from loop_holds import LoopHolds
    from shiboken6 import delete

    from app.composition.compose import compose
    from app.composition.sandbox_process import sandbox_sign_in
    from app.platform.clock import SystemClock
    from app.settings.credentials import SessionCredentials
    from app.watching.schedule import Watching
    from ui.connections.app_controller import AppController
    from ui.shell.main_window import MainWindow

    composition = compose(folder=folder, credentials=SessionCredentials(), environment={})
    composition.settings.save(
        sandbox_sign_in(url).connection, "a-key"
    )  # no limiter: nobody counts a sandbox's requests
    window = MainWindow()
    window.resize(1280, 720)
    window.show()
    controller = AppController(window, composition, Watching(base=3600, job_list=3600))
    running = asyncio.ensure_future(controller.run(None))
    while not (view := controller.view):  # noqa: ASYNC110 - a screen has no event for what it shows
        await asyncio.sleep(0)
    holds, found = LoopHolds(window, thread_time, idle=0), {}
    holds.start()
    await _at_rest(view)
    found["opened"] = holds.stop()
    drafts, outcomes = view.drafting.drafts, _all_failed(view)
    assert view.items.snapshot is not None
    job_id = view.items.snapshot.job.id
    acts: dict[str, Callable[[], None]] = {
        "read again": view.items.refresh,
        "watched": view.items.watch,
        "drafted whole": lambda: drafts.take_list(job_id, outcomes, {}, "Ann", SystemClock().now()),
        "taken back": drafts.undo,
        "drafted again": drafts.redo,
        "read again, all drafted": view.items.refresh,
    }
    for act, do in acts.items():
        table = view.items_page.table
        table.setCurrentIndex(table.model().index(5_000, 0))
        table.selectAll()
        await asyncio.sleep(_AT_REST_SECONDS)
        current, selected = table.current_id(), table.selected_count()
        holds.start()
        do()
        await _at_rest(view)
        found[act] = holds.stop()
        assert (table.current_id(), table.selected_count()) == (current, selected)
    window.quit_requested.emit()
    await running
    delete(window)
    return found


def _all_failed(view: "ConnectionView") -> list["ItemOutcome"]:
    from app.models.item_outcome import ItemOutcome
    from app.models.vocabulary import FailureType, Item

    said = {"failure_reason": "Account 4980 is closed", "failure_reason_type": FailureType("account_unknown")}
    snapshot = view.items.snapshot
    return [ItemOutcome(item.accounting_entry_id, Item.FAILED, **said) for item in snapshot.items] if snapshot else []


async def _at_rest(view: "ConnectionView") -> None:
    """Until everything is on screen, what comes after the last row too."""
    await asyncio.sleep(_AT_REST_SECONDS)
    while not view.items.is_at_rest:  # noqa: ASYNC110 - a screen has no event for what it shows
        await asyncio.sleep(0.02)
    await view.items._tasks.finished()
    await view.review._tasks.finished()
    await view.drafting.drafts._tasks.finished()
    await view.items._tasks.finished()
    await asyncio.sleep(_AT_REST_SECONDS)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from on_qt import on_qt

    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(on_qt(_measure(sys.argv[1], Path(folder)))))
