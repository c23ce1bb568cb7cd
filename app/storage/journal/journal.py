"""The journal as the services use it: awaited, and with one process at a time for each job."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from app.errors import JobBusy, JournalProblem
from app.models.journal_row import JournalEntry, JournalRow
from app.platform.clock import Clock
from app.platform.file_lock import hold_file
from app.storage.journal.remembered_head import HeadSafe
from app.storage.journal.store import IsReadable, JournalStore


class Journal:
    """Every method raises JournalProblem. Rows are written in a thread: a slow disk must not hold the window."""

    def __init__(self, folder: Path, clock: Clock, *, wait_for_job_seconds: float = 30) -> None:
        self._store = JournalStore(folder)
        self._locks = folder / "locks"
        self._clock = clock
        self._wait_seconds = wait_for_job_seconds

    def keep_head_in(self, safe: HeadSafe) -> None:
        """A second place for the head beside the file; the first one that is named counts."""
        self._store.keep_head_in(safe)

    async def append(self, attempt: str, kind: str, content: Mapping[str, Any]) -> None:
        await self.append_all(((attempt, kind, content),))

    async def append_all(self, entries: Sequence[JournalEntry]) -> None:
        await asyncio.to_thread(self._store.append_all, entries, self._clock.now())

    async def prove(self, job_id: str, is_readable: IsReadable) -> None:
        await asyncio.to_thread(self._store.prove, job_id, is_readable)

    async def confirm(self, job_id: str, code: str, witness: Mapping[str, str], is_readable: IsReadable) -> None:
        await asyncio.to_thread(self._store.confirm, job_id, code, witness, is_readable, self._clock.now())

    async def rows(self, attempt: str | None = None) -> tuple[JournalRow, ...]:
        return await asyncio.to_thread(self._store.rows, attempt)

    async def rows_of_job(self, job_id: str) -> tuple[JournalRow, ...]:
        """Nothing where no journal was ever begun."""
        return await asyncio.to_thread(self._store.rows_of_job, job_id) if self._store.path.exists() else ()

    async def unsettled(self) -> tuple[str, ...]:
        """Nothing where no journal was ever begun."""
        return await asyncio.to_thread(self._store.unsettled) if self._store.path.exists() else ()

    async def intentions(self, job_id: str) -> tuple[JournalRow, ...]:
        """Nothing where no journal was ever begun."""
        return await asyncio.to_thread(self._store.intentions, job_id) if self._store.path.exists() else ()

    @asynccontextmanager
    async def hold(self, job_id: str) -> AsyncIterator[None]:
        """Keeps every other process on this data folder from sending for the job; the system frees it with the process.

        Raises JobBusy where another one holds it for longer than the patience.
        """
        # Job ids are the server's text, so a hash of theirs is the name.
        name = hashlib.sha256(job_id.encode()).hexdigest()[:32]
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(hold_file(self._locks / f"{name}.lock", self._clock, self._wait_seconds))
            except TimeoutError:
                raise JobBusy("Another Signoff is sending something for this job right now") from None
            except OSError as error:
                what = "locked" if self._locks.is_dir() else "made"
                raise _no_lock(f"{error.filename or self._locks} cannot be {what}: {error.strerror}") from error
            yield

    def close(self) -> None:
        self._store.close()


def _no_lock(why: str) -> JournalProblem:
    return JournalProblem(
        why, advice="Nothing is sent without it. Make sure that the folder may be written, or use another data folder."
    )
