"""What the completion service needs of Pleo; the journal's door is in evidence.py."""

from typing import Protocol

from app.models.export_job import ExportJob, ExportJobItem
from app.models.export_job_event import ExportJobEvent
from app.models.vocabulary import ItemStatus, JobId


class Pleo(Protocol):
    """Every method raises PleoProblem."""

    async def get_job(self, job_id: JobId) -> ExportJob: ...

    async def list_items(self, job_id: JobId) -> tuple[ExportJobItem, ...]: ...

    async def count_items(self, job_id: JobId, status: ItemStatus) -> int | None: ...

    async def post_event(self, event: ExportJobEvent) -> None:
        """Sends once, never again by itself."""
