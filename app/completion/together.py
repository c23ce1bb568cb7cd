"""Completes several jobs one after another, each exactly as it is completed on its own."""

import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.completion.attempt import Outcome, Standing
from app.completion.progress import Changed, OnStep
from app.completion.ready_jobs import JobReading, Judgement, Wishes, judge_ready
from app.completion.service import CompletionService
from app.errors import JournalProblem, PleoProblem, SignoffError
from app.models.export_job import ExportJob
from app.models.vocabulary import Event, JobId


class Ended(StrEnum):
    """What a batch came to for one job."""

    DOES_NOT_JOIN = "does_not_join"
    CONFIRMED = "confirmed"  # plainly: nothing about it has to be read
    SURPRISE = "surprise"  # anything else that an attempt can come to
    NOT_TRIED = "not_tried"  # left out after a surprise, or once it was asked to stop


@dataclass(frozen=True, slots=True)
class JobResult:
    """`found` is what submitting led to, `problem` what kept it from being submitted; neither without an attempt."""

    judgement: Judgement
    ended: Ended
    found: Outcome | Changed | None = None
    problem: SignoffError | None = None


OnResult = Callable[[JobResult], None]
MayGoOn = Callable[[], bool]


def _always() -> bool:
    return True


def _to_be_looked_at(recovered: Iterable[Outcome]) -> frozenset[JobId]:
    """Jobs whose event surely never left are as if nothing had been tried."""
    return frozenset(
        outcome.event.job_id
        for outcome in recovered
        if outcome.standing is not Standing.NOT_SENT and outcome.event.event != Event.STARTED
    )


class CompletingTogether:
    """`count_set_by_hand` tells how many items of a job people set from here, and raises JournalProblem."""

    def __init__(self, completion: CompletionService, count_set_by_hand: Callable[[JobId], Awaitable[int]]) -> None:
        self._completion = completion
        self._count_set_by_hand = count_set_by_hand

    async def judge(
        self,
        jobs: Iterable[ExportJob],
        wishes: Wishes,
        *,
        recovered: Iterable[Outcome] = (),
        may_go_on: MayGoOn = _always,
    ) -> tuple[Judgement, ...]:
        """Reads each job whole and sends nothing; a job that cannot be read does not join. `recovered` is what settling
        an earlier run's attempts came to just before. Where it may not go on, nothing is judged.

        Raises JournalProblem where nobody can tell what an earlier run left open.
        """
        left_open = frozenset(await self._completion.left_open()) | _to_be_looked_at(recovered)
        readings = []
        for job in jobs:
            if not may_go_on():
                return ()
            readings.append(await self._reading(job, is_left_open=job.id in left_open))
        return judge_ready(readings, wishes)

    async def complete(
        self,
        judgements: Sequence[Judgement],
        on_step: OnStep,
        on_result: OnResult,
        *,
        goes_on: bool = False,
        may_go_on: MayGoOn = _always,
        batch: str = "",
    ) -> tuple[JobResult, ...]:
        """Submits what joins, in this order, and tells of each job once. A surprise ends its company; with `goes_on`
        the other companies go on. Between two jobs it asks whether it may go on. Raises no SignoffError: what each job
        met is in its result.
        """
        batch = batch or uuid.uuid4().hex
        stopped: set[str] = set()
        is_over = False
        results = []
        for judgement in judgements:
            is_over = is_over or not may_go_on()
            company = judgement.reading.job.company_id
            if judgement.preview is None:
                result = JobResult(judgement, Ended.DOES_NOT_JOIN)
            elif is_over or company in stopped:
                result = JobResult(judgement, Ended.NOT_TRIED)
            else:
                result = await self._submitted(judgement, on_step, batch)
            if result.ended is Ended.SURPRISE:
                stopped.add(company)
                is_over = is_over or not goes_on
            results.append(result)
            on_result(result)
        return tuple(results)

    async def _reading(self, job: ExportJob, *, is_left_open: bool) -> JobReading:
        try:
            snapshot = await self._completion.read(job.id)
        except PleoProblem as problem:
            return JobReading(job, problem=problem, is_left_open=is_left_open)
        found = self._completion.preview(snapshot)
        try:
            set_by_hand = await self._count_set_by_hand(job.id)
            drafters = await self._completion.drafters(job.id)
        except JournalProblem as problem:
            return JobReading(job, snapshot, found, problem, is_left_open=is_left_open)
        return JobReading(job, snapshot, found, None, set_by_hand, drafters, is_left_open)

    async def _submitted(self, judgement: Judgement, on_step: OnStep, batch: str) -> JobResult:
        preview = judgement.preview
        assert preview
        try:
            found = await self._completion.submit(preview, on_step, batch=batch)
        except SignoffError as problem:
            return JobResult(judgement, Ended.SURPRISE, problem=problem)
        is_plain = isinstance(found, Outcome) and found.is_plainly_confirmed and found.event == preview.event
        return JobResult(judgement, Ended.CONFIRMED if is_plain else Ended.SURPRISE, found)
