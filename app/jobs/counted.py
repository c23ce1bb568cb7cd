"""A job's items as the list of jobs tells of them. Pure."""

from dataclasses import dataclass
from datetime import datetime

from app.completion.blockers import completion_blockers
from app.completion.counting import is_counted_whole
from app.completion.tally import Tally, tally
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, Item, Job


@dataclass(frozen=True, slots=True)
class Counted:
    """`failed` names the failed items; None for a long job, whose rows only somebody who opens it reads.
    `ended_from_here` tells of a job that an event has ended whether this machine's journal has it; None where nobody
    asked.

    `is_ready` is the gate's own judgement where the rows were read, else what the totals say: a hint, never the gate.
    """

    tally: Tally
    failed: tuple[EntryId, ...] | None = None
    is_ready: bool = False
    ended_from_here: bool | None = None


def counted_rows(job: ExportJob, rows: tuple[ExportJobItem, ...], read_at: datetime) -> Counted:
    snapshot = JobSnapshot(job, rows, read_at)
    return counted_snapshot(snapshot, tally(rows), is_ready=not completion_blockers(snapshot))


def counted_snapshot(snapshot: JobSnapshot, counts: Tally, *, is_ready: bool) -> Counted:
    """Of a job that was read whole and judged already. A long one tells no more than where it is only counted, so that
    the same failures are the same fact."""
    if not is_counted_whole(snapshot.job):
        return Counted(counts, None, is_ready)
    failed = tuple(row.accounting_entry_id for row in snapshot.items if row.status == Item.FAILED)
    return Counted(counts, failed, is_ready)


def counted_totals(job: ExportJob, totals: Tally) -> Counted:
    is_final = totals.final == totals.total == job.number_of_items and totals.total > 0
    return Counted(totals, None, job.status == Job.IN_PROGRESS and is_final)
