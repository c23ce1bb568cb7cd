"""A Pleo of one job in memory, behind the doors of app/completion and app/jobs."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.errors import (
    AnswerLost,
    AnswerUnreadable,
    NotReachable,
    PleoProblem,
    Refused,
    ServerTrouble,
    ServerWords,
    TooManyRequests,
)
from app.models.export_job import ExportJob, ExportJobItem
from app.models.export_job_event import ExportJobEvent
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import STATUS_AFTER
from app.ports import ReadProgress


@dataclass(frozen=True)
class Post:
    """What the next event meets: a problem or none, and whether the job takes it on.

    `applied_after_reads`: the job shows it from that read on; None for never. `first`: what another actor does before.
    """

    problem: PleoProblem | None = None
    applied_after_reads: int | None = 0
    first: Callable[["FakePleo"], None] | None = None


class FakePleo:
    """`calls` names every call in order; `posted` are the events that were sent here, taken on or not."""

    def __init__(self, snapshot: JobSnapshot, *posts: Post) -> None:
        self.job: ExportJob = snapshot.job
        self.items: tuple[ExportJobItem, ...] = snapshot.items
        self.posts = deque(posts)
        self.read_problems: deque[PleoProblem | None] = deque()
        self.calls: list[str] = []
        self.posted: list[ExportJobEvent] = []
        self.applied: list[ExportJobEvent] = []
        self._due: list[tuple[int, ExportJobEvent]] = []
        self.before_call: Callable[[str], None] = lambda name: None

    async def get_job(self, job_id: str) -> ExportJob:
        self._note("get_job")
        problem = self.read_problems.popleft() if self.read_problems else None
        if problem:
            raise problem
        self._due = [(reads - 1, event) for reads, event in self._due]
        for reads, event in self._due:
            if reads < 0:
                self._apply(event)
        self._due = [(reads, event) for reads, event in self._due if reads >= 0]
        return self.job

    async def list_items(self, job_id: str, on_progress: ReadProgress | None = None) -> tuple[ExportJobItem, ...]:
        self._note("list_items")
        return self.items

    async def post_event(self, event: ExportJobEvent) -> None:
        self._note("post_event")
        self.posted.append(event)
        met = self.posts.popleft() if self.posts else Post()
        if met.first:
            met.first(self)
        if met.applied_after_reads is not None:
            self._due.append((met.applied_after_reads, event))
        if met.problem:
            raise met.problem

    def end_as(self, status: str, reason: str | None = None, kind: str | None = None) -> None:
        """Another actor, or Pleo itself, moves the job."""
        self.job = replace(self.job, status=status, failure_reason=reason, failure_reason_type=kind)

    def _note(self, name: str) -> None:
        self.before_call(name)
        self.calls.append(name)

    def _apply(self, event: ExportJobEvent) -> None:
        self.applied.append(event)
        self.end_as(STATUS_AFTER[event.event], event.failure_reason, event.failure_reason_type)


def declined(status: int, kind: str | None = None, message: str | None = None) -> Refused:
    return Refused("Pleo refused the request", ServerWords(status, kind, message))


def unreachable() -> NotReachable:
    return NotReachable("Pleo cannot be reached")


def unreadable() -> AnswerUnreadable:
    """Such as another job's answer, or an error under a 2xx."""
    return AnswerUnreadable("Pleo answered 200 with an error")


def lost() -> AnswerLost:
    return AnswerLost("Pleo did not answer in time")


def too_many(retry_after: float | None = None) -> TooManyRequests:
    return TooManyRequests("Pleo asks for fewer requests", ServerWords(429), retry_after=retry_after)


def in_trouble(status: int, retry_after: float | None = None) -> ServerTrouble:
    return ServerTrouble(f"The server answered {status}", ServerWords(status), retry_after=retry_after)
