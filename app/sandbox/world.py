"""The state of the simulation: jobs, its clock, armed faults and the record of what was received.

Thread-safe by one lock: whoever looks at `jobs` while a server runs holds `world.lock`.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from app.sandbox import rules
from app.sandbox.faults import ArmedFaults, Fault
from app.sandbox.grants import Grants
from app.sandbox.job import Job
from app.sandbox.received import Received
from app.sandbox.reply import not_found

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class World:
    """A simulated Pleo. Time comes from `now` and moves only where it is looked at: whatever became due in between
    (expiry, outcomes of a waiting job, delayed effects) is made true by `settle` before the next look."""

    def __init__(self, jobs: Iterable[Job], *, now: Clock = utc_now, strict: bool = False) -> None:
        self.lock = threading.RLock()
        self.strict = strict
        self.names_itself = True  # whether it says that it is the sandbox, or stands in for Pleo without a word
        self.clock = now  # the injected time, without what `advance` added
        self.load(jobs)

    def load(self, jobs: Iterable[Job]) -> None:
        """Begins anew with these jobs: nothing received, no consents, no faults, no moved clock."""
        with self.lock:
            self.jobs = {job.id: job for job in jobs}
            self.faults = ArmedFaults()
            self.grants = Grants()
            self.record = Received()
            self.refused_items: dict[str, str] = {}  # entry id → the message with which its update is refused
            self._later: list[tuple[datetime, Callable[[datetime], None]]] = []
            self._moved = timedelta()

    def now(self) -> datetime:
        """The world's time: the injected clock plus what `advance` added."""
        return self.clock() + self._moved

    def advance(self, seconds: float) -> None:
        """Moves the world's clock ahead."""
        with self.lock:
            self._moved += timedelta(seconds=seconds)

    def later(self, seconds: float, effect: Callable[[datetime], None]) -> None:
        """Has `effect` happen once the world's clock is `seconds` further."""
        self._later.append((self.now() + timedelta(seconds=seconds), effect))

    def settle(self) -> None:
        """Makes true what became due since the last look."""
        with self.lock:
            now = self.now()
            due = sorted((each for each in self._later if each[0] <= now), key=lambda each: each[0])
            self._later = [each for each in self._later if each[0] > now]
            for at, effect in due:
                effect(at)
            for job in self.jobs.values():
                rules.unfold(job, now)
                rules.expire_if_due(job, now)

    @property
    def job_id(self) -> str:
        """The id of the only job; LookupError where there is not exactly one."""
        if len(self.jobs) != 1:
            raise LookupError(f"the world has {len(self.jobs)} jobs")
        return next(iter(self.jobs))

    def job(self, job_id: str) -> Job:
        """Refusal 404 where there is no such job."""
        if job_id not in self.jobs:
            raise not_found(f"There is no export job {job_id}.")
        return self.jobs[job_id]

    def arm(self, fault: Fault) -> None:
        with self.lock:
            self.faults.arm(fault)

    def disarm(self) -> None:
        with self.lock:
            self.faults.disarm()

    def received(self) -> dict[str, object]:
        """What `GET /sandbox/received` shows."""
        with self.lock:
            self.settle()
            return self.record.summary()

    def job_body(self, job_id: str) -> dict[str, object]:
        """The job as Pleo would show it now; not counted as a request."""
        with self.lock:
            self.settle()
            return self.job(job_id).body()

    def item_bodies(self, job_id: str) -> list[dict[str, object]]:
        """The items as Pleo would show them now; neither counted nor the first read of a waiting job."""
        with self.lock:
            self.settle()
            return [item.body(job_id) for item in self.job(job_id).items]
