"""An export job and its items, as Pleo tracks them."""

from dataclasses import KW_ONLY
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BeforeValidator
from pydantic.dataclasses import dataclass
from pydantic_core import core_schema

from app.models.vocabulary import FINISHED_JOB, CompanyId, EntryId, FailureType, Item, ItemStatus, JobId, JobStatus
from app.models.wire import WIRE, Flag, FromJson, Stamp, Whole


@dataclass(frozen=True, slots=True, config=WIRE)
class ExportJob:
    _: KW_ONLY
    id: JobId
    company_id: CompanyId
    status: JobStatus
    number_of_items: Whole
    is_interactive: Flag
    vendor_based_bookkeeping: Flag
    created_at: Stamp
    expires_in: Whole
    created_by: str | None = None
    started_at: Stamp | None = None
    completed_at: Stamp | None = None
    last_updated_at: Stamp | None = None
    expired_at: Stamp | None = None
    failure_reason: str | None = None
    failure_reason_type: FailureType | None = None

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED_JOB

    @property
    def deadline(self) -> datetime | None:
        """When Pleo lets the job expire unless it is updated before; None for a finished job, and where the sum leaves
        the calendar."""
        if self.is_finished:
            return None
        try:
            return (self.last_updated_at or self.created_at) + timedelta(seconds=self.expires_in)
        except OverflowError:
            return None


def _null_is_pending(status: object) -> object:
    """Older text of Pleo says that the status is null until the item is attempted."""
    return Item.PENDING if status is None else status


@dataclass(frozen=True, slots=True, config=WIRE)
class ExportJobItem:
    """One tracking row: what became of one accounting entry in this job."""

    _: KW_ONLY
    accounting_entry_id: EntryId
    export_job_id: JobId
    status: Annotated[ItemStatus, BeforeValidator(_null_is_pending), FromJson(core_schema.str_schema(strict=True))]
    exported_at: Stamp | None = None
    external_id: str | None = None
    external_url: str | None = None
    failure_reason: str | None = None
    failure_reason_type: FailureType | None = None
