"""Jobs as a list, in the order of need. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.models.export_job import ExportJob
from app.models.vocabulary import FINISHED_JOB, RUNNING_JOB, JobStatus


class JobScope(Enum):
    """Which jobs a list holds."""

    NEEDS_ATTENTION = "needs attention"
    FINISHED = "finished"
    ALL = "all"

    @property
    def statuses(self) -> tuple[JobStatus, ...]:
        """What Pleo is asked for; nothing asks for all of them."""
        return _STATUSES.get(self, ())


_STATUSES = {JobScope.NEEDS_ATTENTION: RUNNING_JOB, JobScope.FINISHED: FINISHED_JOB}


@dataclass(frozen=True, slots=True)
class JobList:
    """`jobs` are in the order of need; `read_at` is this machine's time."""

    scope: JobScope
    jobs: tuple[ExportJob, ...]
    read_at: datetime


def in_order_of_need(jobs: Iterable[ExportJob]) -> tuple[ExportJob, ...]:
    """Jobs in progress and pending by the soonest deadline; then the rest, the newest first."""
    return tuple(sorted(jobs, key=need_of))


def need_of(job: ExportJob) -> tuple[int, float]:
    """By which jobs stand in order."""
    deadline = job.deadline if job.status in RUNNING_JOB else None
    if deadline:
        return 0, deadline.timestamp()
    ended = job.completed_at or job.last_updated_at or job.created_at
    if job.status in RUNNING_JOB or ended is None:
        return 0, 0.0  # when it ends cannot be read: it may be the next
    return 1, -ended.timestamp()
