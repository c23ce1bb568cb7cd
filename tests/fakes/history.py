"""A history in memory, behind the door of app/jobs."""

from collections.abc import Iterable, Mapping

from app.errors import HistoryProblem
from app.models.cause import CauseKey, Sighting
from app.models.snapshot import AccountingData, JobSnapshot, Remembered, RememberedJob
from app.models.vocabulary import JobId


class FakeHistory:
    """`known` are the sightings it tells of; `remembered` are the jobs it was given, in order.

    `snapshots` are what an earlier run left, put there by the test.
    """

    def __init__(self) -> None:
        self.problem: HistoryProblem | None = None
        self.known: dict[CauseKey, Sighting] = {}
        self.remembered: list[JobSnapshot] = []
        self.snapshots: dict[JobId, Remembered] = {}

    async def remember(
        self, snapshot: JobSnapshot, accounting: AccountingData | None, causes: Mapping[CauseKey, int]
    ) -> HistoryProblem | None:
        self.remembered.append(snapshot)
        return self.problem

    async def sightings(self, keys: Iterable[CauseKey], *, but_for: JobId) -> Mapping[CauseKey, Sighting]:
        return {key: self.known[key] for key in keys if key in self.known}

    async def last_snapshot(self, job_id: JobId) -> Remembered | None:
        return self.snapshots.get(job_id)

    async def remembered_jobs(self) -> tuple[RememberedJob, ...]:
        return tuple(RememberedJob(kept.job, kept.read_at) for kept in self.remembered)
