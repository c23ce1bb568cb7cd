"""What the jobs service needs from the outside."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from app.errors import HistoryProblem
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.page import Progress
from app.models.snapshot import AccountingData, JobSnapshot, Remembered, RememberedJob
from app.models.vocabulary import CompanyId, EntryId, ItemStatus, JobId, JobStatus
from app.review.causes import Cause, CauseKey
from app.review.sightings import Sighting


class Pleo(Protocol):
    """Every method raises PleoProblem."""

    async def list_jobs(
        self, statuses: Sequence[JobStatus] = (), company_id: CompanyId | None = None
    ) -> tuple[ExportJob, ...]: ...

    async def get_job(self, job_id: JobId) -> ExportJob: ...

    async def list_items(self, job_id: JobId, on_progress: Progress | None = None) -> tuple[ExportJobItem, ...]: ...

    async def count_items(self, job_id: JobId, status: ItemStatus) -> int | None: ...

    async def list_export_items(self, job_id: JobId, on_progress: Progress | None = None) -> tuple[ExportItem, ...]: ...

    async def find_export_item(self, job_id: JobId, entry_id: EntryId) -> ExportItem | None:
        """Reads no further than the entry."""


class History(Protocol):
    """What was read before, as a convenience: it never raises, `problem` says what went wrong last."""

    @property
    def problem(self) -> HistoryProblem | None: ...

    async def remember(
        self, snapshot: JobSnapshot, accounting: AccountingData | None, causes: Iterable[Cause] = ()
    ) -> HistoryProblem | None:
        """Keeps a job that was read whole, and the causes found in it; None where that went well."""

    async def sightings(self, keys: Iterable[CauseKey], *, but_for: JobId) -> Mapping[CauseKey, Sighting]:
        """What is known of these causes from other jobs than this one; a new cause is not among them."""

    async def last_snapshot(self, job_id: JobId) -> Remembered | None:
        """The job as it was read last, with the accounting data it had while it ran."""

    async def remembered_jobs(self) -> Sequence[RememberedJob]:
        """Every job that was read whole before, without its items."""
