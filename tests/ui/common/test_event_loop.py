"""The window's loop runs what asyncio asks of it, in asyncio's order, beside Qt's own events."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from ui.common.event_loop import WindowLoop


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[WindowLoop]:
    made = WindowLoop(qapp)
    asyncio.set_event_loop(made)
    yield made
    made.close()
    asyncio.set_event_loop(None)


def test_callbacks_run_in_the_order_in_which_they_were_given(loop: WindowLoop) -> None:
    ran: list[int] = []

    async def scene() -> None:
        for number in range(100):
            loop.call_soon(ran.append, number)
        await asyncio.sleep(0)

    loop.run_until_complete(scene())
    assert ran == list(range(100))


def test_what_a_callback_adds_has_the_next_turn_so_that_qt_comes_between(loop: WindowLoop) -> None:
    ran: list[str] = []

    async def scene() -> None:
        done = loop.create_future()
        QTimer.singleShot(0, lambda: ran.append("qt"))

        def again(turns: int) -> None:
            ran.append("asyncio")
            if turns:
                loop.call_soon(again, turns - 1)
            else:
                done.set_result(None)

        loop.call_soon(again, 5)
        await done

    loop.run_until_complete(scene())
    assert ran.count("asyncio") == 6
    assert "qt" in ran[:-1]


def test_a_cancelled_callback_does_not_run(loop: WindowLoop) -> None:
    ran: list[str] = []

    async def scene() -> None:
        loop.call_soon(ran.append, "soon").cancel()
        loop.call_later(0.001, ran.append, "later").cancel()
        await asyncio.sleep(0.02)

    loop.run_until_complete(scene())
    assert ran == []


def test_a_time_out_that_was_not_needed_leaves_no_timer_behind(loop: WindowLoop) -> None:
    async def scene() -> None:
        before = loop.timers()
        for _ in range(50):
            async with asyncio.timeout(60):
                await asyncio.sleep(0)
        assert loop.timers() == before

    loop.run_until_complete(scene())


def test_later_callbacks_run_the_earliest_first(loop: WindowLoop) -> None:
    ran: list[str] = []

    async def scene() -> None:
        loop.call_later(0.03, ran.append, "last")
        loop.call_later(0.01, ran.append, "first")
        await asyncio.sleep(0.06)

    loop.run_until_complete(scene())
    assert ran == ["first", "last"]


def test_a_callback_that_fails_is_told_and_the_others_run(loop: WindowLoop) -> None:
    told: list[str] = []
    ran: list[str] = []
    loop.set_exception_handler(lambda _loop, context: told.append(str(context["exception"])))

    def fail() -> None:
        raise ValueError("no")

    async def scene() -> None:
        loop.call_soon(fail)
        loop.call_soon(ran.append, "after")
        await asyncio.sleep(0)

    loop.run_until_complete(scene())
    assert (told, ran) == (["no"], ["after"])


def test_another_thread_can_call(loop: WindowLoop) -> None:
    async def scene() -> None:
        done: asyncio.Future[int] = loop.create_future()
        worker = threading.Thread(target=lambda: loop.call_soon_threadsafe(done.set_result, threading.get_ident()))
        worker.start()
        assert await asyncio.wait_for(done, 5) == worker.ident
        assert await asyncio.to_thread(lambda: 17) == 17
        worker.join()

    loop.run_until_complete(scene())


def test_callbacks_go_on_in_a_loop_of_qts_within_one(loop: WindowLoop) -> None:
    """A file dialog of the system's runs such a loop."""
    ran: list[str] = []

    async def scene() -> None:
        done = loop.create_future()

        def within() -> None:
            inner = QEventLoop()
            loop.call_soon(ran.append, "asyncio")
            loop.call_soon(inner.quit)
            inner.exec()
            ran.append("within ends")
            done.set_result(None)

        loop.call_soon(within)
        await done

    loop.run_until_complete(scene())
    assert ran == ["asyncio", "within ends"]


def test_nothing_runs_after_the_loop_was_closed(qapp: QApplication) -> None:
    ran: list[str] = []
    made = WindowLoop(qapp)
    made.call_later(0, ran.append, "later")
    made.call_soon(ran.append, "soon")
    made.close()
    inner = QEventLoop()
    QTimer.singleShot(5, inner.quit)
    inner.exec()
    assert ran == []
