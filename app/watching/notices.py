"""What is worth a notice, and was not told yet. Pure: facts, time and what was told are arguments."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.models.export_job import ExportJob
from app.models.vocabulary import JOB_EXPIRED, EntryId, Item, JobId
from app.watching.facts import JobFacts


class NoticeKind(StrEnum):
    READY = "ready"
    FAILURES = "failures"
    DEADLINE = "deadline"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """`count` is of newly failed items, of minutes left, or of abandoned items; `entry_id` is where to look first.

    `facts` are what it tells, each in a form that is the same at every run of the program.
    """

    kind: NoticeKind
    job: ExportJob
    facts: tuple[str, ...]
    count: int = 0
    entry_id: EntryId | None = None

    @property
    def job_id(self) -> JobId:
        return self.job.id


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which notices are wanted. A fact that is not wanted counts as told: a later wish is about later facts."""

    failures: bool = True
    deadlines: bool = True
    ready: bool = False
    ended: bool = False
    warnings_minutes: tuple[int, ...] = (15, 5)

    def want(self, kind: NoticeKind) -> bool:
        match kind:
            case NoticeKind.READY:
                return self.ready
            case NoticeKind.FAILURES:
                return self.failures
            case NoticeKind.DEADLINE | NoticeKind.EXPIRED:
                return self.deadlines
            case NoticeKind.ENDED:
                return self.ended


def notices(
    known: Iterable[JobFacts], told: Container[str], now: datetime, warnings_minutes: Iterable[int]
) -> tuple[Notice, ...]:
    """The most pressing first."""
    warnings = sorted(set(warnings_minutes), reverse=True)
    found = [notice for facts in known for notice in _about(facts, told, now, warnings)]
    order = list(_ORDER)
    return tuple(sorted(found, key=lambda notice: order.index(notice.kind)))


_ORDER = (NoticeKind.DEADLINE, NoticeKind.EXPIRED, NoticeKind.FAILURES, NoticeKind.ENDED, NoticeKind.READY)


def _about(facts: JobFacts, told: Container[str], now: datetime, warnings: list[int]) -> Iterator[Notice]:
    if facts.is_running:
        yield from _of_deadline(facts.job, told, now, warnings)
        yield from _of_failures(facts, told)
        yield from _of_readiness(facts, told)
    elif facts.job.is_finished:
        yield from _of_end(facts, told)


def _of_deadline(job: ExportJob, told: Container[str], now: datetime, warnings: list[int]) -> Iterator[Notice]:
    """Only the nearest warning is given; those before it are then told with it. A deadline that moved is another."""
    if job.deadline is None or now >= job.deadline:
        return
    left = job.deadline - now
    due = [minutes for minutes in warnings if left <= timedelta(minutes=minutes)]
    if not due:
        return
    facts = tuple(f"deadline {job.id} {job.deadline.isoformat()} {minutes}" for minutes in due)
    if facts[-1] not in told:
        yield Notice(NoticeKind.DEADLINE, job, facts, int(left.total_seconds() // 60))


def _of_failures(facts: JobFacts, told: Container[str]) -> Iterator[Notice]:
    counted, job = facts.counted, facts.job
    if counted is None:
        return
    if counted.failed is None:
        # Without rows nobody knows which items they are; a number of failures is told once.
        number = counted.tally.of(Item.FAILED)
        fact = f"failures {job.id} {number}"
        if number and fact not in told:
            yield Notice(NoticeKind.FAILURES, job, (fact,), number)
        return
    new = {fact: entry for entry in counted.failed if (fact := f"failed {job.id} {entry}") not in told}
    if new:
        yield Notice(NoticeKind.FAILURES, job, tuple(new), len(new), next(iter(new.values())))


def _of_readiness(facts: JobFacts, told: Container[str]) -> Iterator[Notice]:
    fact = f"ready {facts.job.id}"
    if facts.counted and facts.counted.is_ready and fact not in told:
        yield Notice(NoticeKind.READY, facts.job, (fact,), facts.counted.tally.total)


def _of_end(facts: JobFacts, told: Container[str]) -> Iterator[Notice]:
    job = facts.job
    fact = f"ended {job.id}"
    if fact in told:
        return
    abandoned = facts.counted.tally.of(Item.ABANDONED) if facts.counted else 0
    kind = NoticeKind.EXPIRED if job.failure_reason_type == JOB_EXPIRED else NoticeKind.ENDED
    yield Notice(kind, job, (fact,), abandoned)


def own_end(job_id: JobId) -> str:
    """The fact of an end that the user brought about: it needs no telling."""
    return f"ended {job_id}"
