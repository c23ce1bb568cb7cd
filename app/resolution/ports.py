"""What sending outcomes needs from the outside."""

from typing import Protocol

from app.models.export_job import ExportJob, ExportJobItem
from app.models.page import ExportJobItemUpdate
from app.models.words import JobId


class Pleo(Protocol):
    """Every method raises PleoProblem."""

    async def get_job(self, job_id: JobId) -> ExportJob: ...

    async def list_items(self, job_id: JobId) -> tuple[ExportJobItem, ...]: ...

    async def put_items(self, job_id: JobId, body: str) -> ExportJobItemUpdate:
        """Sends once, never again by itself. `body` is a JSON array of at most 100 outcomes."""
