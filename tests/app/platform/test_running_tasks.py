"""The tasks of one owner, on asyncio's own loop."""

import asyncio

import pytest

from app.platform.tasks import RunningTasks


async def test_what_is_closed_has_ended_with_all_that_it_did_at_its_end() -> None:
    ended = []

    async def work() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0)
            ended.append("work")

    tasks = RunningTasks()
    tasks.start(work())
    await asyncio.sleep(0)
    await tasks.aclose()
    assert (ended, tasks.running()) == (["work"], 0)


async def test_what_is_closed_waits_for_what_its_tasks_start_at_their_end() -> None:
    ended = []
    tasks = RunningTasks()

    async def last_word() -> None:
        await asyncio.sleep(0)
        ended.append("last word")

    async def work() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            tasks.start(last_word())

    tasks.start(work())
    await asyncio.sleep(0)
    await tasks.aclose()
    assert ended == ["last word"]


async def test_an_error_that_nobody_handles_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    reported = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: reported.append(str(error)))

    async def mistake() -> None:
        raise RuntimeError("a mistake")

    tasks = RunningTasks()
    tasks.start(mistake())
    await tasks.finished()
    await asyncio.sleep(0)
    assert reported == ["a mistake"]
