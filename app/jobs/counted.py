"""A job's items as the list of jobs tells of them. Pure."""

from dataclasses import dataclass
from datetime import datetime

from app.completion.blockers import completion_blockers
from app.completion.tally import Tally, tally
from app.models.export_job import ExportJob, ExportJobItem
from app.models.snapshot import JobSnapshot
from app.models.words import EntryId, Item, Job


@dataclass(frozen=True, slots=True)
class Counted:
    """`failed` names the failed items; None where Pleo counted them and no row was read.

    `is_ready` is the gate's own judgement where the rows were read, else what the totals say: a hint, never the gate.
    """

    tally: Tally
    failed: tuple[EntryId, ...] | None = None
    is_ready: bool = False


def counted_rows(job: ExportJob, rows: tuple[ExportJobItem, ...], read_at: datetime) -> Counted:
    failed = tuple(row.accounting_entry_id for row in rows if row.status == Item.FAILED)
    return Counted(tally(rows), failed, not completion_blockers(JobSnapshot(job, rows, read_at)))


def counted_totals(job: ExportJob, totals: Tally) -> Counted:
    is_final = totals.final == totals.total == job.number_of_items > 0
    return Counted(totals, None, job.status == Job.IN_PROGRESS and is_final)
