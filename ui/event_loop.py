"""One event loop for Qt and asyncio, whose timers end when what they would call is cancelled."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Any

from PySide6.QtCore import QObject, QTimerEvent
from qasync import QEventLoop


class EventLoop(QEventLoop):  # type: ignore[misc]  # qasync says nothing of its types
    """qasync's own keeps a timer of Qt's alive until it fires, whether or not its call was cancelled in between. Each
    request sets time-outs of many seconds and cancels them as the answer comes: a program that polls all day would
    carry thousands of them."""

    def __init__(self, app: object = None) -> None:
        super().__init__(app)
        self._timer = _Timers()

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        call = _Call(callback, args, self, context)
        call.timers = self._timer
        return self._timer.add_callback(call, delay)

    @property
    def live_timers(self) -> int:
        """How many calls wait for their time."""
        return len(self._timer.waiting)


class _Call(asyncio.Handle):
    __slots__ = ("timer_id", "timers")

    timers: "_Timers"
    timer_id: int

    def cancel(self) -> None:
        super().cancel()
        self.timers.forget(self.timer_id)


class _Timers(QObject):
    """In place of qasync's: the loop calls `add_callback`, `stop` and `set_debug`."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: dict[int, asyncio.Handle] = {}
        self._is_stopped = False

    def add_callback(self, call: "_Call", delay_seconds: float = 0) -> asyncio.Handle:
        call.timer_id = self.startTimer(int(max(0, delay_seconds) * 1000))
        self.waiting[call.timer_id] = call
        return call

    def forget(self, timer_id: int) -> None:
        if self.waiting.pop(timer_id, None) is not None:
            self.killTimer(timer_id)

    def timerEvent(self, event: QTimerEvent) -> None:
        call = self.waiting.pop(event.timerId(), None)
        self.killTimer(event.timerId())
        if call is not None and not self._is_stopped:
            call._run()  # noqa: SLF001 - as every event loop runs its handles

    def stop(self) -> None:
        self._is_stopped = True
        for timer_id in tuple(self.waiting):
            self.forget(timer_id)

    def set_debug(self, _is_on: bool) -> None:
        """Slow calls are not looked for."""
