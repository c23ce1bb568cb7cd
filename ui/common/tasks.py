"""The tasks of a screen, and long work in slices."""

import asyncio
from collections.abc import Generator
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject

from app.platform.tasks import ErrorHandler, RunningTasks

T = TypeVar("T")
_SLICE_SECONDS = 0.004


class Tasks(RunningTasks):
    """Nothing outlives the screen: when `owner` is destroyed, all that still runs is cancelled."""

    def __init__(self, owner: QObject | None = None, on_error: ErrorHandler | None = None) -> None:
        super().__init__(on_error)
        if owner is not None:
            owner.destroyed.connect(lambda: self.cancel_all())  # noqa: PLW0108 - PySide holds a bound method only weakly


async def in_slices(work: Generator[object, None, T]) -> T:
    """What sliced work ends with. The loop turns every few milliseconds, and there the caller can be cancelled."""
    until = perf_counter() + _SLICE_SECONDS
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: T = end.value
            return found
        if perf_counter() >= until:
            await asyncio.sleep(0)
            until = perf_counter() + _SLICE_SECONDS
