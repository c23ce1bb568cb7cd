"""The fixture that every test of the window stands on notices what a test leaves behind."""

import asyncio

import pytest
from fakes.qt_loop import one_loop, until
from PySide6.QtWidgets import QApplication, QWidget


def test_a_task_that_is_left_running_fails(qapp: QApplication) -> None:
    async def leaves_a_task() -> None:
        asyncio.get_running_loop().left = asyncio.ensure_future(asyncio.Event().wait())

    with pytest.raises(AssertionError, match="outlives"), one_loop(qapp) as run:
        run(leaves_a_task())


def test_a_window_that_is_left_open_fails(qapp: QApplication) -> None:
    left: list[QWidget] = []

    async def leaves_a_window() -> None:
        left.append(QWidget())
        left[0].show()

    with pytest.raises(AssertionError, match="outlives"), one_loop(qapp) as run:
        run(leaves_a_window())


def test_waiting_for_what_never_comes_ends(qapp: QApplication) -> None:
    async def waits() -> None:
        with pytest.raises(TimeoutError):
            await until(lambda: False, seconds=0.02)

    with one_loop(qapp) as run:
        run(waits())
