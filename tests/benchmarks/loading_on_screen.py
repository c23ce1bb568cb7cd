"""The same load as the window does it: the items on screen, on Qt's event loop, until the last row is painted.

The reference is httpx with json.loads alone in a plain asyncio loop over the same pages (loading_ratio.py). The time
and the loop's holds are of different turns: a timer of a millisecond takes its share.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from apart import ROOT
from loading_ratio import loading_figures

SIZE = 100_000
TURNS = 3

Figure = dict[str, object]


def figures(size: int = SIZE) -> list[Figure]:
    from served_pages import served_pages

    with served_pages(size) as pages:
        return loading_figures(
            "until the last row is painted, from a server that only sends", __file__, pages.url, pages.job_id, TURNS
        )


async def _load(what: str, url: str, job_id: str) -> dict[str, float]:
    from jobs_service import jobs_service
    from loop_holds import LoopHolds

    from app.models.vocabulary import JobId
    from app.platform.clock import SystemClock
    from app.pleo.client import PleoClient
    from app.pleo.connection import Credential, open_channels
    from app.pleo.limiter import RequestLimiter
    from app.storage.history.history import History
    from app.storage.history.store import HistoryStore
    from ui.common.locale_format import LocaleFormat
    from ui.items.columns import item_columns
    from ui.items.page import ItemsPage
    from ui.items.presenter import ItemsPresenter

    channels = await open_channels(url, Credential("key"))
    clock, words = SystemClock(), LocaleFormat()
    service = jobs_service(PleoClient(channels, RequestLimiter(clock, window_seconds=0)), clock)
    page = ItemsPage(item_columns(words))
    page.resize(1280, 720)
    page.show()
    history = History(HistoryStore(Path(tempfile.gettempdir(), "never written")), "here")
    presenter = ItemsPresenter(page, service, history, str, clock, words)
    await asyncio.sleep(0.3)
    holds = LoopHolds(page) if what == "holds" else None
    began = holds.start() if holds else perf_counter()
    presenter.open_job(JobId(job_id))
    while not presenter.is_at_rest:  # noqa: ASYNC110 - a screen has no event for what it shows
        await asyncio.sleep(0.005)
    page.table.viewport().repaint()
    seconds = perf_counter() - began
    await presenter._tasks.finished()
    held = holds.stop() if holds else {}
    assert page.model.rowCount() == page.model.total()
    await presenter.aclose()
    await channels.close()
    page.close()
    return held or {"seconds": seconds}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from on_qt import on_qt

    print(json.dumps(on_qt(_load(*sys.argv[1:]))))
