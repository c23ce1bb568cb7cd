"""A job's items by outcome, with few requests: its rows where they are few, else Pleo's own totals."""

from typing import Final, Protocol

from app.completion.tally import Tally, tally
from app.models.export_job import ExportJob, ExportJobItem
from app.models.vocabulary import FINAL_ITEM, OPEN_ITEM, ItemStatus, JobId

# Above this many items a job is counted by Pleo's own totals: five requests instead of one for every 100 rows.
COUNTED_WHOLE: Final = 500

_OTHER: Final = ItemStatus("unknown")


def is_counted_whole(job: ExportJob) -> bool:
    """A job whose number of items cannot be read may be a long one."""
    return job.number_of_items is not None and job.number_of_items <= COUNTED_WHOLE


class Counting(Protocol):
    """Every method raises PleoProblem."""

    async def list_items(self, job_id: JobId) -> tuple[ExportJobItem, ...]: ...

    async def count_items(self, job_id: JobId, status: ItemStatus) -> int | None: ...


async def count_outcomes(pleo: Counting, job: ExportJob) -> Tally | None:
    """None where Pleo gives no totals for a long job. Raises PleoProblem."""
    if is_counted_whole(job):
        return tally(await pleo.list_items(job.id))
    return await pleos_totals(pleo, job)


async def pleos_totals(pleo: Counting, job: ExportJob) -> Tally | None:
    """By Pleo's own count of each status; None where it gives none. Raises PleoProblem."""
    counted: dict[ItemStatus, int] = {}
    for status in (*FINAL_ITEM, *OPEN_ITEM):
        total = await pleo.count_items(job.id, status)
        if total is None:
            return None
        if total:
            counted[status] = total
    rest = (job.number_of_items or 0) - sum(counted.values())
    # Pleo cannot be asked for words that nobody knows: what no known status accounts for has an unknown one.
    return Tally(counted | ({_OTHER: rest} if rest > 0 else {}))
