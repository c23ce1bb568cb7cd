"""The loop's timers: none outlives the request that it was set for."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from fakes.qt_loop import Run, one_loop
from fakes.running_sandbox import RunningSandbox
from PySide6.QtWidgets import QApplication

from ui.common.event_loop import WindowLoop


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    with one_loop(qapp) as run_until_complete:
        yield run_until_complete


def live_timers() -> int:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, WindowLoop)
    return loop.timers()


async def test_requests_leave_no_timers_however_many_they_are() -> None:
    with RunningSandbox("mixed") as sandbox:
        async with httpx.AsyncClient(base_url=sandbox.url, auth=("key", ""), trust_env=False) as client:
            counts = []
            for _ in range(60):
                await client.get("/v3/export-jobs", timeout=20)
                counts.append(live_timers())
    assert max(counts[30:]) <= max(counts[:30])
    assert max(counts) < 10
