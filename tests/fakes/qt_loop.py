"""One loop for each test, and the check that nothing of the test outlives it."""

import asyncio
import gc
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from typing import Any, Protocol

from PySide6.QtWidgets import QApplication

from app.platform.tasks import RunningTasks
from ui.common.event_loop import WindowLoop

Run = Callable[[Coroutine[Any, Any, None]], None]


async def until(is_so: Callable[[], object], seconds: float = 10) -> None:
    """Waits for what is to become true, a look at a time."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - widgets have no event for what they show
            await asyncio.sleep(0.01)


class Presenter(Protocol):
    _tasks: RunningTasks


async def at_rest(presenter: Presenter) -> None:
    """Until nothing of what the presenter has started runs any more."""
    await presenter._tasks.finished()


@contextmanager
def one_loop(app: QApplication) -> Iterator[Run]:
    app.setQuitOnLastWindowClosed(False)
    loop = WindowLoop(app)
    unhandled: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: unhandled.append(context))
    asyncio.set_event_loop(loop)
    try:
        yield loop.run_until_complete
    finally:
        tasks = [task for task in asyncio.all_tasks(loop) if not task.done()]
        windows = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        for window in windows:
            window.hide()
        loop.close()
        asyncio.set_event_loop(None)
        _close_logs()
        # Here, because Qt does not survive its objects being collected on a sandbox's thread.
        gc.collect()
    assert (tasks, windows, unhandled) == ([], [], []), "something outlives the test"


def _close_logs() -> None:
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, RotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()
