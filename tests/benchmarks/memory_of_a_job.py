"""Memory of a job of 100,000 items with its accounting data, the table's rows, the model and the search index included,
against the bytes of JSON that were received. In a process of its own: what the program takes before it reads is not
part of it."""

import asyncio
import gc
import json
import sys
from pathlib import Path

from apart import ROOT, said_by

SIZE = 100_000
_RATIO = 1.5

Figure = dict[str, object]


def figures(size: int = SIZE) -> list[Figure]:
    from served_pages import served_pages

    with served_pages(size) as pages:
        taken = said_by(__file__, pages.url, pages.job_id)
    received = pages.json_bytes
    return [_figure("at most while loading", taken["peak"], received), _figure("at rest", taken["rest"], received)]


def _figure(when: str, taken: int, received: int) -> Figure:
    ratio = round(taken / received, 2)
    return {
        "figure": f"memory of 100,000 items {when}, MB beside MB of JSON",
        "ours": round(taken / 1e6),
        "reference": round(received / 1e6),
        "ratio": ratio,
        "bar": _RATIO,
        "holds": ratio <= _RATIO,
    }


def _resident() -> int:
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


async def _measure(url: str, job_id: str) -> dict[str, int]:
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    from jobs_service import jobs_service

    from app.jobs.job_list import JobScope
    from app.models.vocabulary import JobId
    from app.platform.clock import SystemClock
    from app.platform.gc_tuning import many_arrive
    from app.pleo.client import PleoClient
    from app.pleo.connection import Credential, open_channels
    from app.pleo.limiter import RequestLimiter
    from app.review.search import SearchIndex
    from ui.common.locale_format import LocaleFormat
    from ui.items.columns import item_columns, search_columns
    from ui.items.view_model import item_rows
    from ui.tables.model import RecordTableModel

    channels = await open_channels(url, Credential("key"))
    service = jobs_service(PleoClient(channels, RequestLimiter(SystemClock(), window_seconds=0)), SystemClock())
    columns = item_columns(LocaleFormat())
    model = RecordTableModel(columns, lambda row: row.key)
    index = SearchIndex(search_columns(columns))
    await service.list_jobs(JobScope.ALL)
    before = peak = _resident()

    def look(*_: object) -> None:
        nonlocal peak
        peak = max(peak, _resident())

    snapshot = await service.open_job(JobId(job_id), look)
    accounting = await service.read_accounting_data(JobId(job_id), look)
    with many_arrive() as arrivals:
        rows = item_rows(snapshot.items, accounting.entries)
        model.set_rows(rows)
        arrivals.count = len(rows)
        for _ in index.build(rows):
            look()
    assert model.rowCount() == len(snapshot.items)
    assert index.positions("hetzner")
    look()
    await channels.close()
    gc.collect()
    rest = _resident()
    app.quit()
    return {"peak": peak - before, "rest": rest - before}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(json.dumps(asyncio.run(_measure(*sys.argv[1:]))))
