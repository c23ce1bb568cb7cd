"""Pleo's rules for a running job, as pure judgements: what a wish would change, without changing it.

Decisions where the reference is silent: `failed` is legal for a job that was never started (an integration has no other
way to give up); item updates are legal for a pending job; `completed` is not refused while items are open (the record
of what was received marks it `early`); an item may go from failed to successful while the job runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.sandbox.job import Item, Job
from app.sandbox.reply import Refusal
from app.sandbox.shapes import EventBody, ReportedItem

_LEGAL: Final[Mapping[str, Mapping[str, str]]] = {
    "pending": {"started": "in_progress", "failed": "failed"},
    "in_progress": {"completed": "completed", "completed_with_errors": "completed_with_errors", "failed": "failed"},
}


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one row of an update was not taken."""

    accounting_entry_id: str
    type: str
    message: str

    def body(self) -> dict[str, str]:
        return {"accountingEntryId": self.accounting_entry_id, "type": self.type, "message": self.message}


def status_after(job: Job, event: EventBody) -> str:
    """The job's status once `event` is applied; Refusal 422 when the move is illegal."""
    try:
        return _LEGAL[job.status][event.event]
    except KeyError:
        message = f"The export job is {job.status} and cannot be changed by the event {event.event}."
        raise Refusal(422, "INVALID_EXPORT_JOB_STATUS_CHANGE", message) from None


def apply_event(job: Job, event: EventBody, at: datetime) -> None:
    """Moves the job; Refusal 422 when the move is illegal."""
    job.status = status_after(job, event)
    job.last_updated_at = at
    if job.status == "in_progress":
        job.started_at = at
        return
    job.completed_at = at
    if job.status == "failed":
        job.failure_reason, job.failure_reason_type = event.failure_reason, event.failure_reason_type
        abandon_open_items(job)


def abandon_open_items(job: Job) -> None:
    """What was not processed when a job fails or expires is given up; the rest keeps its outcome."""
    for item in job.items:
        if not item.is_final:
            item.status = "abandoned"


def demand_running(job: Job) -> None:
    """Refusal 422 for a job that has ended."""
    if not job.is_running:
        message = f"The export job has finished, its status is {job.status}."
        raise Refusal(422, "EXPORT_JOB_STATUS_UNPROCESSABLE", message)


def demand_contra_accounts(job: Job) -> None:
    """Refusal 400 where the company has not mapped its contra accounts."""
    if job.lacks_contra_accounts:
        message = "Contra accounts are not mapped for: Pleo wallet (DKK), Reimbursements. Map them in Pleo's settings."
        raise Refusal(400, "MISSING_CONTRA_ACCOUNTS", message)


def judge_rows(
    job: Job, rows: list[ReportedItem], refused: Mapping[str, str]
) -> tuple[dict[int, Item], list[RowError]]:
    """What each position of `job.items` would become, and the rows that are refused. `refused` maps entry ids to a
    message. Refusal 422 when the job has ended."""
    demand_running(job)
    changed: dict[int, Item] = {}
    errors: list[RowError] = []
    for row in rows:
        error = _row_error(job, row, refused)
        if error is not None:
            errors.append(error)
            continue
        position = job.index[row.accounting_entry_id]
        changed[position] = _reported(changed.get(position, job.items[position]), row)
    return changed, errors


def _row_error(job: Job, row: ReportedItem, refused: Mapping[str, str]) -> RowError | None:
    entry = row.accounting_entry_id
    if entry not in job.index:
        message = f"The accounting entry {entry} does not exist in this export job."
        return RowError(entry, "ACCOUNTING_ENTRY_DOES_NOT_EXIST", message)
    if entry in refused:
        return RowError(entry, "EXPORT_ENTRY_STATUS_UPDATE_FAILED", refused[entry])
    if row.status == "failed" and not (row.failure_reason and row.failure_reason_type):
        message = "A failed item needs failureReason and failureReasonType."
        return RowError(entry, "EXPORT_ENTRY_STATUS_UPDATE_FAILED", message)
    return None


def _reported(item: Item, row: ReportedItem) -> Item:
    is_failed = row.status == "failed"
    return replace(
        item,
        status=row.status,
        exported_at=row.exported_at or item.exported_at,
        external_id=row.external_id or item.external_id,
        external_url=row.external_url or item.external_url,
        failure_reason=row.failure_reason if is_failed else None,
        failure_reason_type=row.failure_reason_type if is_failed else None,
    )


def put_items(job: Job, changed: Mapping[int, Item], at: datetime) -> None:
    """Takes over what judge_rows worked out; an update without one accepted row leaves the job's clock alone."""
    for position, item in changed.items():
        job.items[position] = item
    if changed:
        job.last_updated_at = at


def unfold(job: Job, now: datetime) -> None:
    """Lets the outcomes that are due by `now` become true, one every pace_seconds."""
    script = job.unfolding
    if script is None or script.began_at is None:
        return
    while script.outcomes and job.is_running:
        due = script.began_at + timedelta(seconds=script.pace_seconds)
        if due > now:
            return
        position, outcome = script.outcomes.pop(0)
        script.began_at = due
        if not job.items[position].is_final:
            put_items(job, {position: outcome}, due)


def expire_if_due(job: Job, now: datetime) -> None:
    """A running job that nobody updated for `expires_in` seconds fails at its deadline."""
    if job.is_running and now > job.deadline:
        expire(job, job.deadline)


def expire(job: Job, at: datetime) -> None:
    """Ends the job as Pleo does when nothing was heard of it."""
    job.status = "failed"
    job.expired_at = job.last_updated_at = at
    job.failure_reason = f"The export job expired: no update for {job.expires_in} seconds."
    job.failure_reason_type = "job_expired"
    abandon_open_items(job)
