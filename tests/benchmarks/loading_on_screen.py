"""The same load as the window does it: the items on screen, on Qt's event loop, until the last row is painted.

The reference is httpx with json.loads alone in a plain asyncio loop over the same pages (loading_ratio.py).
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
SIZE = 100_000
TURNS = 3

Figure = dict[str, object]


def figures(size: int = SIZE) -> list[Figure]:
    from loading_ratio import measured, ratio_figure
    from served_pages import served_pages

    ours, references = [], []
    with served_pages(size) as pages:
        for _ in range(TURNS):
            references.append(measured("reference", pages.url, pages.job_id))
            command = [sys.executable, __file__, pages.url, pages.job_id]
            said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=OFFSCREEN).stdout
            ours.append(json.loads(said))
    return ratio_figure("until the last row is painted, from a server that only sends", ours, references)


async def _load(url: str, job_id: str) -> dict[str, float]:
    from loop_holds import LoopHolds

    from app.clock import SystemClock
    from app.history.history import History
    from app.history.store import HistoryStore
    from app.jobs.service import JobsService
    from app.models.words import JobId
    from app.pleo.client import PleoClient
    from app.pleo.connection import Credential, open_channels
    from app.pleo.limiter import RequestLimiter
    from ui.format import LocaleFormat
    from ui.items.columns import item_columns
    from ui.items.page import ItemsPage
    from ui.items.presenter import ItemsPresenter

    channels = await open_channels(url, Credential("key"))
    clock, words = SystemClock(), LocaleFormat()
    service = JobsService(PleoClient(channels, RequestLimiter(clock, window_seconds=0)), clock)
    page = ItemsPage(item_columns(words))
    page.resize(1280, 720)
    page.show()
    history = History(HistoryStore(Path(tempfile.gettempdir(), "never written")), "here")
    presenter = ItemsPresenter(page, service, history, str, clock, words)
    await asyncio.sleep(0.3)
    holds = LoopHolds(page)
    began = holds.start()
    presenter.open_job(JobId(job_id))
    while not presenter.is_at_rest:  # noqa: ASYNC110 - a screen has no event for what it shows
        await asyncio.sleep(0.005)
    page.table.viewport().repaint()
    seconds = perf_counter() - began
    await presenter.finished()
    held = holds.stop()
    assert page.model.rowCount() == page.model.total()
    presenter.close()
    await channels.close()
    page.close()
    return {"seconds": seconds} | held


def _main(url: str, job_id: str) -> None:
    from PySide6.QtWidgets import QApplication

    from ui.collector import MainThreadCollector
    from ui.event_loop import WindowLoop
    from ui.theme.apply import apply_theme
    from ui.theme.tokens import Scheme

    app = QApplication([])
    apply_theme(app, Scheme.LIGHT)
    app.setQuitOnLastWindowClosed(False)
    loop = WindowLoop(app)
    asyncio.set_event_loop(loop)
    collector = MainThreadCollector()
    with loop:
        print(json.dumps(loop.run_until_complete(_load(url, job_id))))
    collector.stop()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    _main(*sys.argv[1:])
