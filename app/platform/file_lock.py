"""A lock between processes that the event loop can wait for; the operating system frees it with the process.

filelock's own asynchronous lock waits by the machine's clock, so that a bounded wait could be tested only by waiting,
and asks in a pool of threads, four times as slow as asking here: a quarter of a millisecond.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.platform.clock import Clock

_LOOK_SECONDS = 0.2
_LOOK_AT_ONCE_SECONDS = 0.002


@asynccontextmanager
async def hold_file(path: Path, clock: Clock, wait_seconds: float) -> AsyncIterator[None]:
    """Raises TimeoutError where another process holds it for longer than that, OSError where it cannot be locked."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(path, mode=0o600, thread_local=False)
    await _acquire(lock, clock, wait_seconds)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def held_file(path: Path, wait_seconds: float) -> Iterator[None]:
    """For what takes milliseconds, so that the thread may wait. Raises OSError, also where another process holds it for
    longer than that."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(path, wait_seconds, mode=0o600, poll_interval=_LOOK_AT_ONCE_SECONDS):
        yield


async def _acquire(lock: FileLock, clock: Clock, wait_seconds: float) -> None:
    waited = 0.0
    while True:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            if waited >= wait_seconds:
                raise TimeoutError(f"{lock.lock_file} is held") from None
        else:
            return
        await clock.sleep(_LOOK_SECONDS)
        waited += _LOOK_SECONDS
