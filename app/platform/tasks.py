"""The tasks of one owner: nothing is lost unseen, and nothing goes on once the owner has closed."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Hashable

ErrorHandler = Callable[[BaseException], None]
Work = Coroutine[object, object, object]


class RunningTasks:
    """An error goes to the handler of the call, else to that of these tasks, else to `sys.excepthook`."""

    def __init__(self, on_error: ErrorHandler | None = None) -> None:
        self._on_error = on_error
        self._running: set[asyncio.Task[object]] = set()
        self._by_key: dict[Hashable, asyncio.Task[object]] = {}

    def start(
        self, coroutine: Work, on_error: ErrorHandler | None = None, *, name: str | None = None
    ) -> asyncio.Task[object]:
        task = asyncio.get_event_loop().create_task(coroutine, name=name)
        self._running.add(task)
        task.add_done_callback(lambda done: self._let_go(done, on_error))
        return task

    def replace(self, key: Hashable, coroutine: Work, on_error: ErrorHandler | None = None) -> asyncio.Task[object]:
        """The older task of this key is cancelled first: only the last wish counts."""
        self.cancel(key)
        task = self.start(coroutine, on_error, name=str(key))
        self._by_key[key] = task
        task.add_done_callback(lambda done: self._forget(key, done))
        return task

    def cancel(self, key: Hashable) -> None:
        older = self._by_key.pop(key, None)
        if older is not None:
            older.cancel()

    async def cancel_and_wait(self, key: Hashable) -> None:
        """Nothing of the task runs any more when this returns."""
        older = self._by_key.pop(key, None)
        if older is not None:
            older.cancel()
            await asyncio.wait([older])

    async def ended(self, key: Hashable) -> None:
        """Waits for the task of this key, where there is one; what it raised is its own handler's."""
        running = self._by_key.get(key)
        if running is not None:
            await asyncio.wait([running])

    def cancel_all(self) -> None:
        for task in tuple(self._running):
            if not task.get_loop().is_closed():
                task.cancel()

    def is_running(self, key: Hashable) -> bool:
        return key in self._by_key

    def running(self) -> int:
        return len(self._running)

    async def finished(self) -> None:
        """Waits for all, and for what these start in turn."""
        while waiting := self._running - {asyncio.current_task()}:
            await asyncio.wait(waiting)

    async def aclose(self) -> None:
        """Nothing runs any more when this returns."""
        self.cancel_all()
        await self.finished()

    def _let_go(self, done: asyncio.Task[object], on_error: ErrorHandler | None) -> None:
        self._running.discard(done)
        error = None if done.cancelled() else done.exception()
        if error is not None:
            handle = on_error or self._on_error or _report
            handle(error)

    def _forget(self, key: Hashable, done: asyncio.Task[object]) -> None:
        if self._by_key.get(key) is done:
            del self._by_key[key]


def _report(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
