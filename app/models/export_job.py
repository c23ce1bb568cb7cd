"""An export job and its items, as Pleo tracks them."""

from dataclasses import KW_ONLY
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic.dataclasses import dataclass
from pydantic_core import core_schema

from app.models.vocabulary import FINISHED_JOB, CompanyId, EntryId, FailureType, Item, ItemStatus, JobId, JobStatus
from app.models.wire import UNREADABLE_FIELDS, WIRE, Count, FromJson, Hint, Stamp


@dataclass(frozen=True, slots=True, config=WIRE)
class ExportJob:
    """What cannot be read of it is None, and stands in `unreadable_fields` by Pleo's name."""

    _: KW_ONLY
    id: JobId
    company_id: CompanyId
    status: JobStatus
    number_of_items: Count
    is_interactive: Hint
    vendor_based_bookkeeping: Hint
    created_at: Stamp
    expires_in: Count
    created_by: str | None = None
    started_at: Stamp = None
    completed_at: Stamp = None
    last_updated_at: Stamp = None
    expired_at: Stamp = None
    failure_reason: str | None = None
    failure_reason_type: FailureType | None = None
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED_JOB

    @property
    def deadline(self) -> datetime | None:
        """When Pleo lets the job expire unless it is updated before; None for a finished job, and where a part of it
        cannot be read or the sum leaves the calendar."""
        since = None if self.is_unreadable("lastUpdatedAt") else self.last_updated_at or self.created_at
        if self.is_finished or since is None or self.expires_in is None:
            return None
        try:
            return since + timedelta(seconds=self.expires_in)
        except OverflowError:
            return None

    @property
    def has_unreadable_deadline(self) -> bool:
        return not self.is_finished and self.deadline is None

    def is_unreadable(self, field: str) -> bool:
        """By Pleo's name of the field."""
        return field in self.unreadable_fields


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
    exported_at: Stamp = None
    external_id: str | None = None
    external_url: str | None = None
    failure_reason: str | None = None
    failure_reason_type: FailureType | None = None
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)
