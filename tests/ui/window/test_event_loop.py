"""The loop's timers: none outlives what it was set for."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from fakes.qt_loop import Run, one_loop
from PySide6.QtWidgets import QApplication

from app.sandbox.running import RunningSandbox
from ui.event_loop import EventLoop


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    with one_loop(qapp) as run_until_complete:
        yield run_until_complete


def live_timers() -> int:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, EventLoop)
    return loop.live_timers


def test_a_time_out_that_was_not_needed_leaves_no_timer(run: Run) -> None:
    async def polls() -> None:
        before = live_timers()
        for _ in range(200):
            async with asyncio.timeout(60):
                await asyncio.sleep(0)
        assert live_timers() <= before + 1

    run(polls())


def test_requests_leave_no_timers_however_many_they_are(run: Run) -> None:
    async def polls() -> None:
        with RunningSandbox("mixed") as sandbox:
            async with httpx.AsyncClient(base_url=sandbox.url, auth=("key", ""), trust_env=False) as client:
                counts = []
                for _ in range(60):
                    await client.get("/v3/export-jobs", timeout=20)
                    counts.append(live_timers())
        assert max(counts[30:]) <= max(counts[:30])
        assert max(counts) < 10

    run(polls())


def test_calls_come_in_their_order_and_a_cancelled_one_never(run: Run) -> None:
    async def calls() -> None:
        loop, came = asyncio.get_running_loop(), []
        for name in "abc":
            loop.call_soon(came.append, name)
        cancelled = loop.call_later(0.01, came.append, "cancelled")
        loop.call_later(0.02, came.append, "later")
        cancelled.cancel()
        cancelled.cancel()
        while "later" not in came:  # noqa: ASYNC110 - the list is no event
            await asyncio.sleep(0.005)
        assert came == ["a", "b", "c", "later"]

    run(calls())


def test_a_call_that_cancels_itself_is_called_once(run: Run) -> None:
    async def calls() -> None:
        loop, came = asyncio.get_running_loop(), []

        def cancel() -> None:
            came.append(handle)
            handle.cancel()

        handle = loop.call_later(0, cancel)
        await asyncio.sleep(0.02)
        assert came == [handle]

    run(calls())


def test_a_closed_loop_has_no_timers(qapp: QApplication) -> None:
    loop = EventLoop(qapp)
    loop.call_later(60, print)
    loop.close()
    assert loop.live_timers == 0
