"""Reading a job whole: what every service that judges one, shows one or sends for one begins with."""

from app.models.snapshot import JobSnapshot
from app.models.vocabulary import JobId
from app.platform.clock import Clock
from app.ports import JobSource, ReadProgress


async def read_job_whole(
    pleo: JobSource, job_id: JobId, clock: Clock, on_progress: ReadProgress | None = None
) -> JobSnapshot:
    """The job and all its item rows. Progress is of as many rows as the job says where Pleo gives no total.

    Raises PleoProblem.
    """
    job = await pleo.get_job(job_id)

    def report(read: int, total: int | None) -> None:
        if on_progress:
            on_progress(read, total or job.number_of_items)

    items = await pleo.list_items(job_id, report)
    return JobSnapshot(job, items, clock.now())
