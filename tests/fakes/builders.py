"""Pleo's nouns with plain values, for tests that care about one or two of them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, JobId

JOB_ID = JobId("3f0c8a52-0d4b-4a59-9c1e-6f6f0d3b7a01")
OTHER_JOB_ID = JobId("3f0c8a52-0d4b-4a59-9c1e-6f6f0d3b7a02")
COMPANY_ID = "9b1f8c2e-5a77-4f0e-8c55-2f5b9f2f4c10"
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def entry_id(number: int) -> EntryId:
    return EntryId(f"00000000-0000-4000-8000-{number:012d}")


def a_job(status: str = "in_progress", items: int = 1, **changes: Any) -> ExportJob:
    usual = {
        "id": JOB_ID,
        "company_id": COMPANY_ID,
        "status": status,
        "number_of_items": items,
        "is_interactive": True,
        "vendor_based_bookkeeping": False,
        "created_at": NINE,
        "expires_in": 3600,
    }
    return ExportJob(**(usual | changes))


def an_item(number: int, status: str = "successful", **changes: Any) -> ExportJobItem:
    usual = {"accounting_entry_id": entry_id(number), "export_job_id": JOB_ID, "status": status}
    return ExportJobItem(**(usual | changes))


def a_failed_item(number: int, reason: str | None = None, kind: str | None = None) -> ExportJobItem:
    return an_item(number, "failed", failure_reason=reason, failure_reason_type=kind)


def items_of(*statuses: str) -> tuple[ExportJobItem, ...]:
    return tuple(an_item(number, status) for number, status in enumerate(statuses))


def snapshot_of(read: Iterable[ExportJobItem], job_status: str = "in_progress", **changes: Any) -> JobSnapshot:
    """A job with these rows; `items` is what Pleo says their number is, by default the truth."""
    rows = tuple(read)
    return JobSnapshot(a_job(job_status, **({"items": len(rows)} | changes)), rows, NINE)


def a_snapshot(*statuses: str, job_status: str = "in_progress", **changes: Any) -> JobSnapshot:
    """A job with an item of each status, and a count that agrees."""
    return snapshot_of(items_of(*statuses), job_status, **changes)
