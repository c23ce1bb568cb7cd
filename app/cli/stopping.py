"""Ctrl+C while several things are done one after another: the first one ends it after the one that is on its way."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from app.cli.output import say
from app.messages import said


@dataclass(slots=True)
class StopWish:
    """Whether somebody asked to stop."""

    is_asked: bool = False

    def may_go_on(self) -> bool:
        return not self.is_asked


@contextmanager
def stopped_by_the_first_interrupt() -> Iterator[StopWish]:
    """The second Ctrl+C is what it was before. Only the main thread can ask for it, as signals reach no other."""
    wish = StopWish()
    if threading.current_thread() is not threading.main_thread():
        yield wish
        return
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)

    def ask(_number: int, _frame: FrameType | None) -> None:
        wish.is_asked = True
        signal.signal(signal.SIGINT, before)
        loop.call_soon_threadsafe(_say_that_it_stops)  # a handler may interrupt what is being printed

    signal.signal(signal.SIGINT, ask)
    try:
        yield wish
    finally:
        if signal.getsignal(signal.SIGINT) is ask:
            signal.signal(signal.SIGINT, before)


def _say_that_it_stops() -> None:
    say(said("Stopping after the job that is on its way. Interrupt it once more to stop at once."))
