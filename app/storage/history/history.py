"""The history as the screens use it: awaited, and never in their way."""

import asyncio
import zlib
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TypeVar

from app.errors import HistoryProblem
from app.messages import said
from app.models.cause import CauseKey, Sighting
from app.models.snapshot import AccountingData, JobSnapshot, Remembered, RememberedJob
from app.models.vocabulary import JobId
from app.storage.history.parts import digest_of_cause, remembered, remembered_job, stored
from app.storage.history.store import HistoryStore

Result = TypeVar("Result")

# The most frequent ones: a job whose every reason is its own tells nothing about the next.
_CAUSES_OF_A_JOB = 200


class History:
    """What was read over one connection.

    It is a convenience, not evidence, and keeps personal data: jobs, items with their reasons and the entries in the
    books, and the accounting data behind them as Pleo sent it (suppliers, people, notes, amounts, addresses of receipts
    that die after a day). All of it lies in one file of the data folder, which only this user may read and which may be
    deleted at any time; the oldest jobs leave it by themselves. No credential is in it.
    """

    def __init__(self, store: HistoryStore, connection: str) -> None:
        self._store = store
        self._connection = connection
        self.problem: HistoryProblem | None = None

    async def remember(
        self, snapshot: JobSnapshot, accounting: AccountingData | None, causes: Mapping[CauseKey, int]
    ) -> HistoryProblem | None:
        """Keeps a job that was read whole, and how many of its items have which cause, the most frequent first.

        What did not change is not written again.
        """
        counts = {digest_of_cause(key): count for key, count in islice(causes.items(), _CAUSES_OF_A_JOB)}

        def work() -> None:
            self._store.remember(self._connection, snapshot.job.id, stored(snapshot, accounting), counts)

        await self._try(work, None)
        return self.problem

    async def sightings(self, keys: Iterable[CauseKey], *, but_for: JobId) -> dict[CauseKey, Sighting]:
        """By cause, how often it was seen before this job; nothing where it was never seen, or in trouble."""
        digests = {key: digest_of_cause(key) for key in keys}
        found = await self._try(
            lambda: self._store.sightings(self._connection, digests.values(), but_for), dict[bytes, Sighting]()
        )
        return {key: found[digest] for key, digest in digests.items() if digest in found}

    async def last_snapshot(self, job_id: JobId) -> Remembered | None:
        """The job as it was read last, with the accounting data of the last read that had any."""

        def work() -> Remembered | None:
            found = self._store.last(self._connection, job_id)
            try:
                return remembered(found) if found else None
            except (ValueError, zlib.error) as error:
                raise HistoryProblem(said("What was read of this job before is not understood any more")) from error

        return await self._try(work, None)

    async def remembered_jobs(self) -> tuple[RememberedJob, ...]:
        """Every job that was read whole over this connection and is kept, without the items; nothing in trouble."""

        def work() -> tuple[RememberedJob, ...]:
            try:
                return tuple(remembered_job(found) for found in self._store.jobs(self._connection))
            except ValueError as error:
                raise HistoryProblem(said("What was read of these jobs before is not understood any more")) from error

        return await self._try(work, ())

    async def close(self) -> None:
        await asyncio.to_thread(self._store.close)

    async def _try(self, work: Callable[[], Result], instead: Result) -> Result:
        """In a thread: a slow disk must not hold the window."""
        try:
            result = await asyncio.to_thread(work)
        except HistoryProblem as problem:
            self.problem = problem
            return instead
        self.problem = None
        return result
