"""Leaves the window watching three companies while their Pleo breaks and mends, items move and the network goes.

    .venv/bin/python tests/soak/watch.py --minutes 30

The window is the real one, offscreen; each company's Pleo is a sandbox in a process of its own, whose control door
switches the faults on and off. Prints requests, errors shown, notices, memory at start and end. It fails where the
window does not come back to rest once everything is mended, where anything was sent, where a mistake of the program's
own came up, or where memory grew.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.composition.compose import Composition, compose
from app.composition.sandbox_process import SandboxProcess
from app.composition.services import Tuning
from app.pleo.connection import Timeouts
from app.pleo.retrying import ReadPatience
from app.settings.connections import Connection, ConnectionId
from app.settings.credentials import SessionCredentials
from app.watching.schedule import Watching

COMPANIES = ("Acme", "Beta", "Fjäll")
SCENARIO = "everyday"
# Everything often, so that half an hour holds what a week does.
WATCHING = Watching(base=1, for_each_request=0, job_list=2, unknown=1)
TUNING = Tuning(timeouts=Timeouts(connect=1, read=1), reads=ReadPatience(attempts=2, first_pause=0.05, timeout=3))
FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 500},
    {"status": 429, "headers": {"Retry-After": "1"}},
    {"status": 401, "body": '{"type": "UNAUTHORIZED", "message": "The credential has expired."}'},
    {"status": 200, "body": "<html>Sign in to the hotel's network</html>", "headers": {"content-type": "text/html"}},
    {"answer_after_seconds": 2},
)
PLACES = ("list_jobs", "read_job", "read_items", "read_export_items")
_GROWTH = 1.1
_REST_SECONDS = 60


@dataclass
class Report:
    """What came of it. `faults` is empty where everything is as it must be."""

    requests: int = 0
    events: int = 0
    errors_shown: Counter[str] = field(default_factory=Counter)
    notices: int = 0
    bugs: int = 0
    start_mb: float = 0
    end_mb: float = 0
    most_timers: int = 0
    is_at_rest: bool = False

    def faults(self) -> list[str]:
        found = []
        if self.events:
            found.append(f"{self.events} events were sent by a window that only watched")
        if self.bugs:
            found.append(f"{self.bugs} mistakes of the program's own came up")
        if not self.is_at_rest:
            found.append("the window did not come back to rest when everything was mended")
        if self.end_mb > self.start_mb * _GROWTH:
            found.append("memory grew")
        if not self.requests or not self.errors_shown:
            found.append("nothing was watched, or nothing went wrong: this proves nothing")
        return found

    def lines(self) -> list[str]:
        return [
            f"requests        {self.requests:,}",
            f"errors shown    {self.errors_shown.total():,}",
            *(f"  {count:>6,}  {title}" for title, count in self.errors_shown.most_common()),
            f"notices         {self.notices:,}",
            f"memory, MB      {self.start_mb:.1f} at start, {self.end_mb:.1f} at end",
            f"timers, most    {self.most_timers}",
            *(f"FAULT {fault}" for fault in self.faults()),
        ]


class Pleo:
    """One company's sandbox, and its control door."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self.url = url
        self._client = client
        self.requests = self.events = 0

    async def arm(self, dice: random.Random) -> None:
        fault = dice.choice(FAULTS)
        places = PLACES if dice.random() < 0.5 else (dice.choice(PLACES),)
        await self._post("faults", [fault | {"place": place, "times": dice.randint(1, 6)} for place in places])

    async def arm_one(self, fault: dict[str, Any]) -> None:
        await self._post("faults", fault)

    async def disarm(self) -> None:
        (await self._client.delete(f"{self.url}/sandbox/faults")).raise_for_status()

    async def move(self, dice: random.Random) -> None:
        """Somebody else settles some items, or a job expires."""
        job_id = dice.choice(await self._running())
        rows = (await self._client.get(f"{self.url}/v3/export-jobs/{job_id}/items", auth=("k", ""))).json()["data"]
        still_open = [row["accountingEntryId"] for row in rows if row["status"] in ("pending", "in_progress")]
        if dice.random() < 0.1 or not still_open:
            await self._post("act", {"act": "expire", "job_id": job_id})
        else:
            status = dice.choice(("successful", "failed"))
            await self._post("act", {"act": "settle", "job_id": job_id, "item_ids": still_open[:2], "status": status})

    async def begin_anew(self) -> None:
        """The sandbox counts from there on."""
        await self.count()
        await self._post("act", {"act": "load", "scenario": SCENARIO})

    async def count(self) -> None:
        received = (await self._client.get(f"{self.url}/sandbox/received")).json()
        self.requests += sum(received["places"].values())
        self.events += sum(event["actor"] == "api" for event in received["events"])

    async def _running(self) -> list[str]:
        query = {"statuses": ["in_progress", "pending"]}
        answer = await self._client.get(f"{self.url}/v3/export-jobs", params=query, auth=("k", ""))
        jobs = answer.json()["data"] if answer.status_code == 200 and "json" in answer.headers["content-type"] else []
        if not jobs:
            await self.begin_anew()
            return await self._running()
        return [job["id"] for job in jobs]

    async def _post(self, door: str, value: object) -> None:
        (await self._client.post(f"{self.url}/sandbox/{door}", json=value)).raise_for_status()


async def watch(seconds: float, seed: int) -> Report:
    report, dice = Report(), random.Random(seed)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10))
        pleos = []
        for _ in COMPANIES:
            child = SandboxProcess()
            stack.callback(child.stop)
            pleos.append(Pleo(await asyncio.to_thread(child.start, SCENARIO), client))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        await _with_window(folder, pleos, report, seconds, dice)
        for pleo in pleos:
            await pleo.count()
            report.requests += pleo.requests
            report.events += pleo.events
    return report


async def _with_window(folder: Path, pleos: list[Pleo], report: Report, seconds: float, dice: random.Random) -> None:
    from fakes.machine import FakeMachine, FakeTray
    from shiboken6 import delete

    from ui.connections.app_controller import AppController
    from ui.shell.main_window import MainWindow

    window, machine, tray = MainWindow(), FakeMachine(), FakeTray()
    window.show()
    controller = AppController(window, _composition(folder, pleos), WATCHING, machine, tray)
    sys.excepthook = lambda kind, error, trace: _note_bug(report, kind, error, trace)
    running = asyncio.ensure_future(controller.run(None))
    eyes = Eyes(controller, report)
    await _until(eyes.see_rest)
    # Whatever chance brings later, one error is seen and mended.
    await pleos[0].arm_one({"status": 500, "place": "list_jobs", "times": 1_000})
    await _until(lambda: eyes.look() or report.errors_shown)
    await pleos[0].disarm()
    await _live(eyes, pleos, machine, seconds, dice)
    for pleo in pleos:
        await pleo.disarm()
    machine.go(online=True)
    window.show()
    controller.manager.refresh()
    report.is_at_rest = await _until(eyes.see_rest, is_needed=False)
    report.end_mb = _memory_mb()
    report.notices = len(tray.told)
    window.quit_requested.emit()
    await running
    delete(window)
    sys.excepthook = sys.__excepthook__


def _composition(folder: Path, pleos: list[Pleo]) -> Composition:
    composition = compose(folder=folder, credentials=SessionCredentials(), environment={}, tuning=TUNING)
    for name, pleo in zip(COMPANIES, pleos, strict=True):
        composition.settings.save(Connection(id=ConnectionId(name), name=name, base_url=pleo.url), "a-key")
    composition.settings.preferences.change(notify_ready=True, notify_ended=True, use_tray=True)
    return composition


class Eyes:
    """What the user sees at one moment and the next."""

    def __init__(self, controller: Any, report: Report) -> None:
        self._controller = controller
        self._report = report
        self._shown: set[str] = set()

    @property
    def window(self) -> Any:
        return self._controller.window

    def look(self) -> None:
        """An error that stays is one."""
        bars = {bar.title() for bar in self._controller.manager.jobs_page.troubles.bars().values()}
        self._report.errors_shown.update(bars - self._shown)
        self._shown = bars
        loop: Any = asyncio.get_running_loop()
        self._report.most_timers = max(self._report.most_timers, loop.timers())

    def see_rest(self) -> bool:
        watches = self._controller.manager.monitor.watches.values()
        return len(watches) == len(COMPANIES) and not any(watch.known.is_old for watch in watches)

    def note_start(self) -> None:
        self._report.start_mb = self._report.start_mb or _memory_mb()


async def _until(is_so: Callable[[], object], *, is_needed: bool = True) -> bool:
    try:
        async with asyncio.timeout(_REST_SECONDS):
            while not is_so():  # noqa: ASYNC110 - a window has no event for what it shows
                await asyncio.sleep(0.1)
    except TimeoutError:
        if is_needed:
            raise
        return False
    return True


async def _live(eyes: Eyes, pleos: list[Pleo], machine: Any, seconds: float, dice: random.Random) -> None:
    """Memory counts from when the first sixth has passed: what is made once has been made by then."""
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        if time.monotonic() > began + seconds / 6:
            eyes.note_start()
        await _weather(pleos, eyes.window, machine, dice)
        for _ in range(dice.randint(3, 12)):
            await asyncio.sleep(0.1)
            eyes.look()


async def _weather(pleos: list[Pleo], window: Any, machine: Any, dice: random.Random) -> None:
    """One thing happens."""
    pleo = dice.choice(pleos)
    acts: tuple[tuple[float, Callable[[], Awaitable[None]]], ...] = (
        (4, lambda: pleo.arm(dice)),
        (2, pleo.disarm),
        (5, lambda: pleo.move(dice)),
        (0.5, pleo.begin_anew),
        (1, lambda: _at_once(lambda: machine.go(online=not machine.is_online))),
        (1, lambda: _at_once(lambda: window.setVisible(not window.isVisible()))),
    )
    (act,) = dice.choices([act for _, act in acts], [weight for weight, _ in acts])
    try:
        await act()
    except (httpx.HTTPError, KeyError, ValueError):
        return  # the driver's own read met a fault that was armed for the window


async def _at_once(act: Callable[[], object]) -> None:
    act()


def _note_bug(report: Report, kind: Any, error: Any, trace: Any) -> None:
    report.bugs += 1
    sys.__excepthook__(kind, error, trace)


def _memory_mb() -> float:
    """What the process holds of the machine's memory now; nothing where the machine does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> int:
    sys.path.insert(0, str(Path(__file__).parents[1]))  # fakes
    from PySide6.QtWidgets import QApplication

    from ui.common.event_loop import WindowLoop
    from ui.common.main_thread_gc import MainThreadCollector

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    loop = WindowLoop(app)
    asyncio.set_event_loop(loop)
    collector = MainThreadCollector()
    with loop:
        report = loop.run_until_complete(watch(asked.minutes * 60, asked.seed))
    collector.stop()
    print("\n".join(report.lines()))
    return 1 if report.faults() else 0


if __name__ == "__main__":
    sys.exit(main())
