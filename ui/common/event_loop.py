"""Qt's event loop as asyncio's, for the whole life of the window."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimerEvent
from qasync import QEventLoop

Callback = Callable[..., object]


class WindowLoop(QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync's loop, but for its timers.

    qasync starts a timer of Qt's for every callback, and leaves those that were cancelled alive until their time: a
    tenth of the work of reading a long list, and two timers for each of its requests. Here all that is to run soon
    waits for one timer, and a cancelled one is gone at once.
    """

    def __init__(self, app: QCoreApplication) -> None:
        self._soon = _Soon()
        self._later = _Later()
        super().__init__(app)

    def call_soon(self, callback: Callback, *args: Any, context: Context | None = None) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._soon.add(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callback, *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle = _Timer(self.time() + delay, callback, args, self, context)
        self._later.add(handle, delay)
        return handle

    def timers(self) -> int:
        """How many callbacks wait for their time."""
        return self._later.count()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        if isinstance(handle, _Timer):
            self._later.forget(handle)

    def close(self) -> None:
        self._soon.stop()
        self._later.stop()
        super().close()


class _Soon(QObject):
    """Runs callbacks in their order, all that wait in one turn of Qt's loop; those that they add have the next."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[asyncio.Handle] = deque()
        self._timer = 0

    def add(self, handle: asyncio.Handle) -> None:
        self._waiting.append(handle)
        self._wake()

    def stop(self) -> None:
        self._waiting.clear()
        self._rest()

    def timerEvent(self, _event: QTimerEvent) -> None:
        # Another timer for what comes now: Qt gives none its turn while it is in it, not even in a loop within.
        self._rest()
        try:
            for _ in range(len(self._waiting)):
                if self._waiting:
                    _run(self._waiting.popleft())
        finally:
            if self._waiting:
                self._wake()

    def _wake(self) -> None:
        if not self._timer:
            self._timer = self.startTimer(0)

    def _rest(self) -> None:
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0


class _Timer(asyncio.TimerHandle):
    __slots__ = ("timer_id",)
    timer_id: int


class _Later(QObject):
    """A timer of Qt's for each callback, in whole milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, _Timer] = {}

    def add(self, handle: _Timer, delay_seconds: float) -> None:
        handle.timer_id = self.startTimer(max(0, round(delay_seconds * 1000)))
        self._waiting[handle.timer_id] = handle

    def count(self) -> int:
        return len(self._waiting)

    def forget(self, handle: _Timer) -> None:
        if self._waiting.pop(handle.timer_id, None):
            self.killTimer(handle.timer_id)

    def stop(self) -> None:
        for handle in tuple(self._waiting.values()):
            self.forget(handle)

    def timerEvent(self, event: QTimerEvent) -> None:
        handle = self._waiting.get(event.timerId())
        if handle:
            self.forget(handle)
            _run(handle)


def _run(handle: asyncio.Handle) -> None:
    if not handle.cancelled():
        handle._run()  # noqa: SLF001 - what every loop calls on its handles
