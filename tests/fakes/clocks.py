"""Time that passes only when somebody waits for it."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from fakes.builders import NINE

Result = TypeVar("Result")


class FakeClock:
    """A Clock whose `sleep` moves its time on at once. `pauses` are the seconds that were asked for."""

    def __init__(self, start: datetime = NINE) -> None:
        self._now = start
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return self._now

    def pass_seconds(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.pass_seconds(seconds)
        await asyncio.sleep(0)


class _SkippingSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def select(self, timeout=None):
        if timeout is None:
            return super().select(None)
        found = super().select(0)
        if not found:
            self.skipped += max(timeout, 0)
        return found


class SkippingLoop(asyncio.SelectorEventLoop):
    """A loop that jumps to the next timer where a real one would wait. For code without sockets and threads."""

    def __init__(self) -> None:
        self._skipping = _SkippingSelector()
        super().__init__(self._skipping)

    def time(self) -> float:
        return super().time() + self._skipping.skipped


def run_at_once(work: Coroutine[Any, Any, Result]) -> Result:
    """What the coroutine returns, without the time that it waits for."""
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return runner.run(work)
