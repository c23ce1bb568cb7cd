"""Read, compare, send once, look: the thin shell around the pure judgements of this room."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.clock import Clock
from app.completion.attempt import (
    Answer,
    Outcome,
    answer_to,
    is_worth_waiting_for,
    judge,
    judge_after_patience,
)
from app.completion.blockers import Blocker, start_blockers
from app.completion.derive import NotReady, derive
from app.completion.failure import IntegrationSpecification
from app.completion.ports import Pleo
from app.completion.preview import Preview, what_changed
from app.errors import PleoProblem, Refused, UsageProblem
from app.models.export_job import ExportJob
from app.models.export_job_event import ExportJobEvent
from app.models.snapshot import JobSnapshot
from app.models.words import Event, JobId


class Step(Enum):
    """Where a submission is, for the progress that the user sees."""

    READING_AGAIN = "Reading the job and its items again"
    SENDING = "Sending the event"
    WAITING = "Pleo asked to wait before trying again"
    READING_BACK = "Reading the job back"


@dataclass(frozen=True, slots=True)
class Changed:
    """Nothing was sent, because `fresh` no longer implies what the preview showed."""

    fresh: JobSnapshot
    changes: tuple[str, ...]
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is read into before it is called missing or unknown. Seconds."""

    reads: tuple[float, ...] = (0, 0.5, 1, 2, 4, 8)
    sends: int = 3
    between_sends: float = 1
    longest_wait: float = 30


class CompletionService:
    def __init__(
        self,
        pleo: Pleo,
        clock: Clock,
        specification: IntegrationSpecification,
        patience: Patience | None = None,
    ) -> None:
        self._pleo = pleo
        self._clock = clock
        self.specification = specification
        self._patience = patience or Patience()
        self._in_flight: set[JobId] = set()

    async def read(self, job_id: JobId) -> JobSnapshot:
        """The job and all its items. Raises PleoProblem."""
        job = await self._pleo.get_job(job_id)
        items = await self._pleo.list_items(job_id)
        return JobSnapshot(job, items, self._clock.now())

    def preview(self, snapshot: JobSnapshot) -> Preview | NotReady:
        found = derive(snapshot, self.specification)
        return found if isinstance(found, NotReady) else Preview(snapshot, found.tally, found.event)

    async def submit(self, preview: Preview, on_step: Callable[[Step], None]) -> Outcome | Changed:
        """Sends the preview's event, at most once as far as Pleo can have seen it, and says what became of it.

        Raises PleoProblem where the read before sending fails (nothing was sent), UsageProblem while another
        submission for the same job is under way.
        """
        job_id = preview.event.job_id
        if job_id in self._in_flight:
            raise UsageProblem("An event for this job is on its way already")
        self._in_flight.add(job_id)
        try:
            return await self._submit(preview, on_step)
        finally:
            self._in_flight.discard(job_id)

    async def look_again(self, outcome: Outcome) -> Outcome:
        """Reads once more for an attempt that is still unknown."""
        return await self._read_back(outcome.event, outcome.answer, outcome.problem)

    async def _submit(self, preview: Preview, on_step: Callable[[Step], None]) -> Outcome | Changed:
        for sends_left in reversed(range(self._patience.sends)):
            on_step(Step.READING_AGAIN)
            fresh = await self.read(preview.event.job_id)
            changed = self._compared(preview, fresh)
            if changed:
                return changed
            on_step(Step.SENDING)
            problem = await self._send(preview.event)
            pause = self._pause_before_sending_again(problem)
            if answer_to(problem) is not Answer.NEVER_ARRIVED or pause is None or not sends_left:
                break
            on_step(Step.WAITING)
            await self._clock.sleep(pause)
        return await self._settle(preview.event, answer_to(problem), problem, on_step)

    def _compared(self, preview: Preview, fresh: JobSnapshot) -> Changed | None:
        """None only where the fresh read implies the very event that was shown."""
        changes = what_changed(preview.snapshot, fresh)
        if preview.event.event == Event.STARTED:
            blockers = start_blockers(fresh.job)
        else:
            found = derive(fresh, self.specification)
            blockers = found.blockers if isinstance(found, NotReady) else ()
            if not isinstance(found, NotReady) and found.event.event != preview.event.event:
                changes = (*changes, "The items now imply another event")
        return Changed(fresh, changes, blockers) if changes or blockers else None

    async def _send(self, event: ExportJobEvent) -> PleoProblem | None:
        try:
            await self._pleo.post_event(event)
        except PleoProblem as problem:
            return problem
        return None

    def _pause_before_sending_again(self, problem: PleoProblem | None) -> float | None:
        """Seconds to wait, or None where Pleo asks for more patience than a user at a dialog has."""
        wished = problem.retry_after if isinstance(problem, Refused) else None
        pause = self._patience.between_sends if wished is None else wished
        return pause if pause <= self._patience.longest_wait else None

    async def _settle(
        self, event: ExportJobEvent, answer: Answer, problem: PleoProblem | None, on_step: Callable[[Step], None]
    ) -> Outcome:
        on_step(Step.READING_BACK)
        for pause in self._patience.reads:
            await self._clock.sleep(pause)
            outcome = await self._read_back(event, answer, problem)
            if not is_worth_waiting_for(answer, problem, outcome.standing):
                return outcome
        standing = judge_after_patience(event, answer, outcome.standing, outcome.job)
        return Outcome(standing, event, answer, outcome.job, problem, outcome.read_problem)

    async def _read_back(self, event: ExportJobEvent, answer: Answer, problem: PleoProblem | None) -> Outcome:
        job: ExportJob | None = None
        read_problem: PleoProblem | None = None
        try:
            job = await self._pleo.get_job(event.job_id)
        except PleoProblem as met:
            read_problem = met
        return Outcome(judge(event, answer, problem, job), event, answer, job, problem, read_problem)
