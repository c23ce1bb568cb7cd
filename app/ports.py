"""What the services need of the outside: of Pleo, of the journal, of the drafts and of the history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from app.errors import HistoryProblem
from app.models.cause import CauseKey, Sighting
from app.models.draft import Changes, Draft
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.export_job_event import ExportJobEvent
from app.models.journal_row import JournalEntry, JournalRow
from app.models.page import ExportJobItemUpdate
from app.models.snapshot import AccountingData, JobSnapshot, Remembered, RememberedJob
from app.models.vocabulary import CompanyId, EntryId, ItemStatus, JobId, JobStatus

# Rows read so far, and the whole where it is known.
ReadProgress = Callable[[int, int | None], None]


class JobSource(Protocol):
    """Pleo, as far as one job is read from it. Every method raises PleoProblem."""

    async def get_job(self, job_id: JobId) -> ExportJob: ...

    async def list_items(self, job_id: JobId, on_progress: ReadProgress | None = None) -> tuple[ExportJobItem, ...]: ...


class ReadingPleo(JobSource, Protocol):
    """Pleo, as far as it is read. Every method raises PleoProblem."""

    async def list_jobs(
        self, statuses: Sequence[JobStatus] = (), company_id: CompanyId | None = None
    ) -> tuple[ExportJob, ...]: ...

    async def count_items(self, job_id: JobId, status: ItemStatus) -> int | None: ...

    async def list_export_items(
        self, job_id: JobId, on_progress: ReadProgress | None = None
    ) -> tuple[ExportItem, ...]: ...

    async def find_export_item(self, job_id: JobId, entry_id: EntryId) -> ExportItem | None:
        """Reads no further than the entry."""


class EventTaker(JobSource, Protocol):
    """Pleo, as far as it takes the events of jobs."""

    async def count_items(self, job_id: JobId, status: ItemStatus) -> int | None:
        """By Pleo's own total, None where it gives none. Raises PleoProblem."""

    async def post_event(self, event: ExportJobEvent) -> None:
        """Sends once, never again by itself. Raises PleoProblem."""


class OutcomeTaker(JobSource, Protocol):
    """Pleo, as far as it takes the outcomes of items."""

    async def put_items(self, job_id: JobId, body: str) -> ExportJobItemUpdate:
        """Sends once, never again by itself. `body` is a JSON array of at most 100 outcomes. Raises PleoProblem."""


class Journal(Protocol):
    """The evidence of what was sent. Every method raises JournalProblem."""

    async def append(self, attempt: str, kind: str, content: Mapping[str, Any]) -> None:
        """On disk when this returns."""

    async def append_all(self, entries: Sequence[JournalEntry]) -> None:
        """All of these rows or none; on disk when this returns."""

    async def prove(self, job_id: str, is_readable: Callable[[JournalRow], bool]) -> None:
        """Before each send: raises JournalInDoubt where this is not the journal that was written last, or rows about
        the job are not as they were written."""

    async def confirm(
        self, job_id: str, code: str, witness: Mapping[str, str], is_readable: Callable[[JournalRow], bool]
    ) -> None:
        """Goes on from what `code` names, on the word of somebody who looked in Pleo. Raises JournalInDoubt where
        something else is found by now."""

    async def rows(self, attempt: str | None = None) -> tuple[JournalRow, ...]:
        """All rows in order, or those of one attempt."""

    async def rows_of_job(self, job_id: str) -> tuple[JournalRow, ...]:
        """All rows of every attempt for the job, in order."""

    async def unsettled(self) -> tuple[str, ...]:
        """The attempts without a final judgement, oldest first."""

    async def intentions(self, job_id: str) -> tuple[JournalRow, ...]:
        """The *intended* row of every attempt for the job, oldest first."""

    def hold(self, job_id: str) -> AbstractAsyncContextManager[None]:
        """Nobody else on this data folder sends for the job meanwhile. Raises JobBusy."""


class DraftStore(Protocol):
    """The drafts of one connection. Every method raises DraftsProblem."""

    async def read(self, job_id: JobId) -> Mapping[EntryId, Draft]: ...

    async def write(self, job_id: JobId, changes: Changes) -> None:
        """All of them or none; on disk when this returns. None removes a draft."""

    async def close(self) -> None: ...


class History(Protocol):
    """What was read before, as a convenience: it never raises, `problem` says what went wrong last."""

    @property
    def problem(self) -> HistoryProblem | None: ...

    async def remember(
        self, snapshot: JobSnapshot, accounting: AccountingData | None, causes: Mapping[CauseKey, int]
    ) -> HistoryProblem | None:
        """Keeps a job that was read whole, and how many of its items have which cause, the most frequent first; None
        where that went well."""

    async def sightings(self, keys: Iterable[CauseKey], *, but_for: JobId) -> Mapping[CauseKey, Sighting]:
        """What is known of these causes from other jobs than this one; a new cause is not among them."""

    async def last_snapshot(self, job_id: JobId) -> Remembered | None:
        """The job as it was read last, with the accounting data it had while it ran."""

    async def remembered_jobs(self) -> Sequence[RememberedJob]:
        """Every job that was read whole before, without its items."""
