"""Fifty companies with twenty jobs each, all read in one round by the window that watches them.

The reference is the same requests, sent by one httpx client in a plain asyncio loop with the same number on the way at
a time, its answers not even parsed. Both ask a server that only sends answers made before. The window is the real one,
on Qt's loop, and its round ends when the last card is on screen.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from apart import ROOT, said_by

COMPANIES, JOBS = 50, 20
TURNS = 3
# As app/watching: so many companies at a time, each with so many requests.
_COMPANIES_AT_ONCE, _AT_ONCE_PER_COMPANY = 6, 4
_RATIO = 1.5
_LONGEST_HOLD_MS = 50

Figure = dict[str, object]


def figures() -> list[Figure]:
    with served_jobs(JOBS) as url:
        turns = [(said_by(__file__, "ours", url), said_by(__file__, "reference", url)) for _ in range(TURNS)]
    ours = min((turn[0] for turn in turns), key=lambda found: found["seconds"])
    reference = min(turn[1]["seconds"] for turn in turns)
    ratio = round(ours["seconds"] / reference, 2)
    held = round(min(turn[0]["longest"] for turn in turns), 1)
    return [
        {
            "figure": f"one round of {COMPANIES} connections with {JOBS} jobs each, s",
            "ours": round(ours["seconds"], 2),
            "reference": round(reference, 2),
            "ratio": ratio,
            "bar": _RATIO,
            "holds": ratio <= _RATIO,
        },
        {
            "figure": "event loop of the window held in that round, longest, ms",
            "ours": held,
            "reference": "",
            "ratio": "",
            "bar": _LONGEST_HOLD_MS,
            "holds": held <= _LONGEST_HOLD_MS,
        },
    ]


@contextmanager
def served_jobs(jobs: int) -> Iterator[str]:
    """A server of its own process that ends with its standard input; every company finds the same jobs there."""
    with subprocess.Popen(
        [sys.executable, __file__, "serve", str(jobs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.communicate()


async def _serve(count: int) -> None:
    from served_pages import _answer, _Sender

    whole = {"hasNextPage": False, "currentRequestPagination": {}}
    jobs = list(_jobs(count))
    answers = {"/v3/export-jobs": _answer({"data": [job.body() for job in jobs], "pagination": whole})}
    for job in jobs:
        rows = [item.body(job.id) for item in job.items]
        answers[f"/v3/export-jobs/{job.id}"] = _answer({"data": job.body()})
        answers[f"/v3/export-jobs/{job.id}/items?"] = _answer({"data": rows, "pagination": whole})
        answers["/v3/export-items?"] = _answer({"data": [], "pagination": whole})
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Sender(answers), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(f"http://{host}:{port}", flush=True)
    await asyncio.to_thread(sys.stdin.read)


def _jobs(count: int) -> Iterator[Any]:
    """Jobs of 42 items."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from app.sandbox.scenarios import build_jobs

    (job,) = build_jobs("mixed", datetime.now(UTC))
    for number in range(count):
        yield replace(job, id=f"{job.id[:-4]}{number:04}")


async def reference(url: str) -> dict[str, float]:
    import httpx

    most = _COMPANIES_AT_ONCE * _AT_ONCE_PER_COMPANY
    limits = httpx.Limits(max_connections=most, max_keepalive_connections=most)
    async with httpx.AsyncClient(base_url=url, trust_env=False, auth=("key", ""), limits=limits) as client:
        companies = asyncio.Semaphore(_COMPANIES_AT_ONCE)

        async def read_company() -> None:
            async with companies:
                await read_jobs()

        async def read_jobs() -> None:
            listed = await client.get("/v3/export-jobs", params={"statuses": "in_progress", "limit": 100})
            turn = asyncio.Semaphore(_AT_ONCE_PER_COMPANY)

            async def count(job_id: str) -> None:
                async with turn:
                    await client.get(f"/v3/export-jobs/{job_id}/items", params={"limit": 100})

            await asyncio.gather(*(count(job["id"]) for job in listed.json()["data"]))

        await asyncio.gather(*(read_company() for _ in range(COMPANIES)))  # the connections are open before the clock
        began = perf_counter()
        await asyncio.gather(*(read_company() for _ in range(COMPANIES)))
        return {"seconds": perf_counter() - began}


async def ours(url: str) -> dict[str, float]:
    from loop_holds import LoopHolds
    from shiboken6 import delete

    from app.composition.compose import compose
    from app.settings.connections import Connection, ConnectionId
    from app.settings.credentials import SessionCredentials
    from app.watching.schedule import Watching
    from ui.connections.app_controller import AppController
    from ui.shell.main_window import MainWindow

    with tempfile.TemporaryDirectory() as folder:
        composition = compose(folder=Path(folder), credentials=SessionCredentials(), environment={})
        for number in range(COMPANIES):
            name = f"Company {number}"
            composition.settings.save(Connection(id=ConnectionId(name), name=name, base_url=url), "a-key")
        window = MainWindow()
        window.resize(1280, 720)
        window.show()
        controller = AppController(window, composition, Watching(base=3600, job_list=3600))
        running = asyncio.ensure_future(controller.run(None))
        monitor = controller.manager.monitor

        def is_read() -> bool:
            """Every job of every company is counted and on screen."""
            watches = monitor.watches.values()
            rows = controller.manager.jobs_page.model.rows()
            return (
                len(watches) == COMPANIES
                and not any(watch.is_looking for watch in watches)
                and sum(row.counts is not None for row in rows) == COMPANIES * JOBS
            )

        async with asyncio.timeout(120):
            while not is_read() or not (controller.view and controller.view.items.is_at_rest):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await asyncio.sleep(2)  # what the first round brought along has come to rest
        holds = LoopHolds(window)
        began = holds.start()
        monitor.look_again()
        await asyncio.sleep(0.005)
        while any(watch.is_looking for watch in monitor.watches.values()):  # noqa: ASYNC110 - a screen has no event
            await asyncio.sleep(0.002)
        controller.manager.jobs_page.list.viewport().repaint()
        seconds = perf_counter() - began
        held = holds.stop()
        window.quit_requested.emit()
        await running
        delete(window)
    return {"seconds": seconds, "longest": held["longest"]}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    what, url = sys.argv[1:]
    if what == "serve":
        asyncio.run(_serve(int(url)))
    elif what == "reference":
        print(json.dumps(asyncio.run(reference(url))))
    else:
        from on_qt import on_qt

        print(json.dumps(on_qt(ours(url))))
