"""What drafting and sending outcomes needs from the outside."""

from collections.abc import Mapping
from typing import Protocol

from app.models.export_job import ExportJob, ExportJobItem
from app.models.page import ExportJobItemUpdate
from app.models.vocabulary import EntryId, JobId
from app.outcomes.drafts import Changes, Draft


class Pleo(Protocol):
    """Every method raises PleoProblem."""

    async def get_job(self, job_id: JobId) -> ExportJob: ...

    async def list_items(self, job_id: JobId) -> tuple[ExportJobItem, ...]: ...

    async def put_items(self, job_id: JobId, body: str) -> ExportJobItemUpdate:
        """Sends once, never again by itself. `body` is a JSON array of at most 100 outcomes."""


class DraftStore(Protocol):
    """The drafts of one connection. Every method raises DraftsProblem."""

    async def read(self, job_id: JobId) -> Mapping[EntryId, Draft]: ...

    async def write(self, job_id: JobId, changes: Changes) -> None:
        """All of them or none; on disk when this returns. None removes a draft."""

    async def close(self) -> None: ...
