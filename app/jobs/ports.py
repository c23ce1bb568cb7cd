"""What the jobs service needs from the outside."""

from collections.abc import Callable, Sequence
from typing import Protocol

from app.models.export_item import ExportItem
from app.models.export_job import ExportJob, ExportJobItem
from app.models.words import CompanyId, ItemStatus, JobId, JobStatus

# Rows read so far, and the whole where it is known.
Progress = Callable[[int, int | None], None]


class Pleo(Protocol):
    """Every method raises PleoProblem."""

    async def list_jobs(
        self, statuses: Sequence[JobStatus] = (), company_id: CompanyId | None = None
    ) -> tuple[ExportJob, ...]: ...

    async def get_job(self, job_id: JobId) -> ExportJob: ...

    async def list_items(self, job_id: JobId, on_progress: Progress | None = None) -> tuple[ExportJobItem, ...]: ...

    async def count_items(self, job_id: JobId, status: ItemStatus) -> int | None: ...

    async def list_export_items(self, job_id: JobId, on_progress: Progress | None = None) -> tuple[ExportItem, ...]: ...
