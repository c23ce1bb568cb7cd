"""The journal as the services use it: awaited, and with one process at a time for each job."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.clock import Clock
from app.errors import JobBusy, JournalProblem
from app.journal.chain import Row
from app.journal.store import Entry, JournalStore

_LOOK_SECONDS = 0.2


class Journal:
    """Every method raises JournalProblem. Rows are written in a thread: a slow disk must not hold the window."""

    def __init__(self, folder: Path, clock: Clock, *, wait_for_job_seconds: float = 30) -> None:
        self._store = JournalStore(folder)
        self._locks = folder / "locks"
        self._clock = clock
        self._wait_seconds = wait_for_job_seconds

    async def append(self, attempt: str, kind: str, content: Mapping[str, Any]) -> None:
        await self.append_all(((attempt, kind, content),))

    async def append_all(self, entries: Sequence[Entry]) -> None:
        await asyncio.to_thread(self._store.append_all, entries, self._clock.now())

    async def rows(self, attempt: str | None = None) -> tuple[Row, ...]:
        return await asyncio.to_thread(self._store.rows, attempt)

    async def unsettled(self) -> tuple[str, ...]:
        """Nothing where no journal was ever begun."""
        return await asyncio.to_thread(self._store.unsettled) if self._store.path.exists() else ()

    async def intentions(self, job_id: str) -> tuple[Row, ...]:
        """Nothing where no journal was ever begun."""
        return await asyncio.to_thread(self._store.intentions, job_id) if self._store.path.exists() else ()

    @asynccontextmanager
    async def hold(self, job_id: str) -> AsyncIterator[None]:
        """Keeps every other process on this data folder from sending for the job; the system frees it with the process.

        Raises JobBusy where another one holds it for longer than the patience.
        """
        # Job ids are the server's text, so a hash of theirs is the name.
        name = hashlib.sha256(job_id.encode()).hexdigest()[:32]
        try:
            self._locks.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _no_lock(f"The folder {self._locks} cannot be made: {error.strerror}") from error
        lock = FileLock(self._locks / f"{name}.lock", thread_local=False)
        await self._acquire(lock)
        try:
            yield
        finally:
            lock.release()

    async def _acquire(self, lock: FileLock) -> None:
        waited = 0.0
        while True:
            try:
                lock.acquire(blocking=False)
            except Timeout:
                if waited >= self._wait_seconds:
                    raise JobBusy("Another Signoff is sending something for this job right now") from None
            except OSError as error:
                raise _no_lock(f"{lock.lock_file} cannot be locked: {error.strerror}") from error
            else:
                return
            await self._clock.sleep(_LOOK_SECONDS)
            waited += _LOOK_SECONDS

    def close(self) -> None:
        self._store.close()


def _no_lock(why: str) -> JournalProblem:
    return JournalProblem(
        why, advice="Nothing is sent without it. Make sure that the folder may be written, or use another data folder."
    )
