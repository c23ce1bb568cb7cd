"""Threads for work that blocks, and waits with an end: what never answers holds neither its asker nor the program."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from time import monotonic
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
_Work = tuple["Future[Any]", Callable[[], Any]]


class DaemonThreads(ThreadPoolExecutor):
    """An event loop's threads, of which none is waited for longer than `grace_seconds` at the end of the program.

    Python's own would be waited for without an end: a keyring or a disk that hangs would keep a closed program alive.
    An event loop takes no other kind than Python's, whose threads are never started here.
    """

    def __init__(self, most: int = 16, grace_seconds: float = 3) -> None:
        super().__init__(max_workers=most)
        self._grace_seconds = grace_seconds
        self._waiting: SimpleQueue[_Work | None] = SimpleQueue()
        self._free = threading.Semaphore(0)
        self._started: list[threading.Thread] = []
        self._turn = threading.Lock()
        self._is_over = False

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> "Future[Result]":
        future: Future[Result] = Future()
        with self._turn:
            if self._is_over:
                raise RuntimeError("the program is ending")
            self._waiting.put((future, lambda: fn(*args, **kwargs)))
            if not self._free.acquire(blocking=False) and len(self._started) < self._max_workers:
                thread = threading.Thread(target=self._serve, name=f"work-{len(self._started)}", daemon=True)
                self._started.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """What has not begun is dropped; what is under way has its time of grace."""
        with self._turn:
            self._is_over = True
            while not self._waiting.empty():
                work = self._waiting.get()
                if work:
                    work[0].cancel()
            for _ in self._started:
                self._waiting.put(None)
        last = monotonic() + self._grace_seconds
        for thread in self._started if wait else ():
            thread.join(max(0.0, last - monotonic()))

    def _serve(self) -> None:
        while work := self._waiting.get():
            future, call = work
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(call())
                except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits it
                    future.set_exception(error)
            del work, future, call
            self._free.release()


class _Answer(Generic[Result]):
    def __init__(self) -> None:
        self.is_there = threading.Event()
        self.value: Result | None = None
        self.error: BaseException | None = None


def answer_within(seconds: float, ask: Callable[[], Result]) -> Result:
    """What `ask` answers, or raises, in a thread of its own; TimeoutError where it takes longer. It may then go on."""
    answer: _Answer[Result] = _Answer()

    def asking() -> None:
        try:
            answer.value = ask()
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            answer.error = error
        answer.is_there.set()

    threading.Thread(target=asking, daemon=True).start()
    if not answer.is_there.wait(seconds):
        raise TimeoutError(f"no answer within {seconds:g} s")
    if answer.error is not None:
        raise answer.error
    return answer.value  # type: ignore[return-value]
