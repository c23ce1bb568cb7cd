import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine, Iterator
from time import perf_counter
from types import TracebackType

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.slices import Slices, run_to_end
from ui.common.event_loop import WindowLoop
from ui.common.tasks import Tasks, in_slices

Run = Callable[[Coroutine[object, object, None]], None]


@pytest.fixture(params=["asyncio", "window"])
def run(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Run]:
    loop = WindowLoop(qapp) if request.param == "window" else asyncio.new_event_loop()
    unhandled: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _loop, context: unhandled.append(context))
    asyncio.set_event_loop(loop)
    yield loop.run_until_complete
    gc.collect()
    loop.close()
    asyncio.set_event_loop(None)
    assert unhandled == []


async def fail(words: str) -> None:
    await asyncio.sleep(0)
    raise ValueError(words)


async def forever() -> None:
    await asyncio.Event().wait()


async def test_an_error_reaches_the_handler_of_its_call() -> None:
    heard: list[str] = []
    tasks = Tasks(on_error=lambda error: heard.append(f"general {error}"))
    tasks.start(fail("one"), lambda error: heard.append(f"own {error}"))
    tasks.start(fail("two"))
    await tasks.finished()
    assert tasks.running() == 0
    assert heard == ["own one", "general two"]


async def test_an_error_without_a_handler_is_a_bug_and_reaches_the_excepthook(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        heard.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    tasks = Tasks()
    tasks.start(fail("lost"))
    await tasks.finished()
    assert [str(error) for error in heard] == ["lost"]


async def test_only_the_last_wish_of_a_key_counts() -> None:
    done: list[str] = []

    async def note(words: str) -> None:
        await asyncio.sleep(0)
        done.append(words)

    tasks = Tasks()
    first = tasks.replace("job", note("first"))
    tasks.replace("other", note("other"))
    tasks.replace("job", note("second"))
    await tasks.finished()
    assert first.cancelled()
    assert done == ["other", "second"]


async def test_what_still_runs_is_cancelled_with_its_window() -> None:
    window = QObject()
    tasks = Tasks(window)
    running = tasks.start(forever())
    begun = tasks.replace("key", forever())
    await asyncio.sleep(0)
    shiboken6.delete(window)
    await tasks.finished()
    assert running.cancelled()
    assert begun.cancelled()


async def test_finished_waits_for_what_a_task_starts_in_turn() -> None:
    done: list[str] = []
    tasks = Tasks()

    async def inner() -> None:
        await asyncio.sleep(0)
        done.append("inner")

    async def outer() -> None:
        await asyncio.sleep(0)
        tasks.start(inner())

    tasks.start(outer())
    await tasks.finished()
    assert done == ["inner"]


async def test_long_work_lets_others_run_between_its_slices() -> None:
    ran: list[str] = []

    def work() -> Slices[str]:
        for _ in range(20):
            until = perf_counter() + 0.001
            while perf_counter() < until:
                pass
            yield
        ran.append("the work's end")
        return "found"

    asyncio.get_event_loop().call_soon(ran.append, "another")
    assert await in_slices(work()) == "found"
    assert ran == ["another", "the work's end"]
    assert run_to_end(work()) == "found"


async def test_long_work_can_be_cancelled_between_two_slices() -> None:
    ended: list[str] = []

    def endless() -> Slices[None]:
        try:
            while True:
                yield
        finally:
            ended.append("with its task")

    async def scene() -> None:
        tasks = Tasks()
        work = tasks.start(in_slices(endless()))
        await asyncio.sleep(0.01)
        work.cancel()
        await tasks.finished()

    await scene()
    gc.collect()
    assert ended == ["with its task"]


async def test_a_key_can_be_cancelled() -> None:
    tasks = Tasks()
    task = tasks.replace("key", forever())
    tasks.cancel("key")
    tasks.cancel("unknown")
    await tasks.finished()
    assert task.cancelled()
