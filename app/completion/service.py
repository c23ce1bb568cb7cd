"""Read, compare, write down, send once, look: the thin shell around the pure judgements of this room."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.completion.attempt import (
    Answer,
    Departure,
    Outcome,
    Standing,
    answer_to,
    beside,
    has_the_last_word,
    is_worth_waiting_for,
    judge,
    was_overtaken,
)
from app.completion.attempt_record import (
    AttemptRecord,
    as_read,
    attempts_of,
    intentions_of,
    jobs_left_open,
    open_attempts_of,
    recorded_attempt,
)
from app.completion.blockers import start_blockers
from app.completion.counting import count_outcomes
from app.completion.derive import NotReady, derive, implied_event
from app.completion.evidence import (
    BATCH,
    EVENT,
    ITEMS_IMPLY,
    OpenAttempt,
    Origin,
    basis_of,
    intended_event,
    may_have_arrived,
    witnessed,
)
from app.completion.failure import IntegrationSpecification
from app.completion.four_eyes import Confirmation
from app.completion.job_reading import JobReader
from app.completion.patience import Patience, pause_before_sending_again
from app.completion.preview import Preview, what_changed
from app.completion.progress import Changed, OnStep, Step
from app.completion.release import Witness, must_be_waited_out, releasable_from
from app.completion.row_shapes import is_readable
from app.errors import JobBusy, JournalProblem, PleoProblem, SecondPersonNeeded
from app.messages import joined, said
from app.models.export_job import ExportJob
from app.models.export_job_event import ExportJobEvent
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Event, EventType, JobId
from app.platform.clock import Clock
from app.ports import EventTaker, Journal


class CompletionService:
    """Methods that send raise PleoProblem, JournalProblem or JobBusy only while nothing has left.

    With `four_eyes`, a job of which outcomes were reported by hand is completed only where a second person confirms it;
    without, where they were asked for when outcomes were reported.
    """

    def __init__(
        self,
        pleo: EventTaker,
        journal: Journal,
        clock: Clock,
        specification: IntegrationSpecification,
        *,
        origin: Origin | None = None,
        patience: Patience | None = None,
        four_eyes: bool = False,
        reader: JobReader | None = None,
    ) -> None:
        self._pleo = pleo
        self._journal = journal
        self._clock = clock
        self.specification = specification
        self.four_eyes = four_eyes
        self._origin = origin or Origin()
        self._patience = patience or Patience()
        self._reader = reader or JobReader(pleo, journal, clock, self._origin, self._patience.settle_seconds)
        self._in_flight: set[JobId] = set()

    async def read(self, job_id: JobId) -> JobSnapshot:
        """The job and all its items. Raises PleoProblem."""
        return await self._reader.read(job_id)

    def preview(self, snapshot: JobSnapshot) -> Preview | NotReady:
        found = derive(snapshot, self.specification)
        return found if isinstance(found, NotReady) else Preview(snapshot, found.tally, found.event)

    async def drafters(self, job_id: JobId) -> tuple[str, ...]:
        """Who reported outcomes of the job by hand; nobody where one pair of eyes is enough. Raises JournalProblem."""
        found = await self._confirmation(job_id, "")
        return found.drafters if found.is_needed else ()

    async def asks_for_four_eyes(self, job_id: JobId) -> bool:
        """Now, or when outcomes of the job were reported. Raises JournalProblem."""
        return (await self._confirmation(job_id, "")).is_needed

    async def _confirmation(self, job_id: JobId, confirmed_by: str) -> Confirmation:
        rows = await intentions_of(self._journal, job_id)
        return Confirmation.recorded_in(rows, self._origin, confirmed_by, now=self.four_eyes)

    async def submit(
        self, preview: Preview, on_step: OnStep, *, confirmed_by: str = "", batch: str = ""
    ) -> Outcome | Changed:
        """Sends the preview's event, at most once as far as Pleo can have seen it, and says what became of it. `batch`
        names the jobs that are completed together, for the journal.

        An earlier attempt of the same job that is not settled is settled first; where that ends the job, or leaves it
        unknown, the outcome is the earlier one's and nothing is sent. Raises SecondPersonNeeded too, and JournalInDoubt
        where the journal has to be confirmed first.
        """
        job_id = preview.event.job_id
        if job_id in self._in_flight:
            raise JobBusy(said("An event for this job is on its way already"))
        self._in_flight.add(job_id)
        try:
            async with self._journal.hold(job_id):
                earlier = await self._settle_earlier(job_id, preview.event.event, on_step)
                if earlier:
                    return earlier
                confirmation = await self._confirmed(preview, confirmed_by)
                more = confirmation.as_content() | ({BATCH: batch} if batch else {})
                return await self._submit(preview, more, on_step)
        finally:
            self._in_flight.discard(job_id)

    async def settle_earlier(self, job_id: JobId, wanted: EventType, on_step: OnStep) -> Outcome | None:
        """What became of an unsettled attempt of the job; None where the way is free for the wanted event. Raises
        JournalInDoubt as `submit` does."""
        async with self._journal.hold(job_id):
            return await self._settle_earlier(job_id, wanted, on_step)

    async def confirm_journal(self, job_id: JobId, code: str, witness: Witness) -> None:
        """Goes on from a journal in doubt, on the word of somebody who looked in Pleo. `code` names what was found.

        Raises JournalInDoubt where something else is found by now.
        """
        async with self._journal.hold(job_id):
            await self._journal.confirm(job_id, code, witnessed(witness, self._origin), is_readable)

    async def has_left_open(self) -> bool:
        """Whether an earlier run left anything to recover. Raises JournalProblem."""
        return bool(await self.left_open())

    async def left_open(self) -> tuple[JobId, ...]:
        """The jobs of which nobody knows yet what became of an event. Raises JournalProblem."""
        return await jobs_left_open(self._journal, EVENT, self._origin)

    async def recover(self, on_step: OnStep) -> tuple[Outcome, ...]:
        """Settles what an earlier run of the program left open. Jobs that another process is busy with are left to it.

        Raises JournalProblem; an attempt whose job cannot be read stays open and is among the outcomes as unknown.
        """
        outcomes: list[Outcome] = []
        for job_id in await self.left_open():
            if job_id in self._in_flight:
                continue
            try:
                async with self._journal.hold(job_id):
                    outcomes += await self._settle_all(job_id, on_step)
            except JobBusy:
                continue
        return tuple(outcomes)

    async def look_again(self, outcome: Outcome) -> Outcome:
        """Reads once more for an attempt that is still unknown, and whose patience was used up before.

        The same outcome where another process is busy with the job; what that one judged is not judged again.
        """
        try:
            async with self._journal.hold(outcome.event.job_id):
                return await self._look_again(outcome, recorded_attempt(await self._journal.rows(outcome.attempt)))
        except JobBusy:
            return outcome
        except JournalProblem as problem:
            return replace(await self._look_again(outcome, None), journal_problem=problem)

    def releasable_from(self, outcome: Outcome) -> datetime | None:
        """When what is still unknown may be released; None for what is known, and for what never left."""
        sent_at = outcome.departure.at
        return releasable_from(sent_at, self._patience.release_seconds) if sent_at and not outcome.is_settled else None

    async def release(self, job_id: JobId, witness: Witness, on_step: OnStep) -> tuple[Outcome, ...]:
        """Takes what a fresh read still leaves unknown out of the wait, on the word of somebody who looked in Pleo.
        What the read settles is settled instead; all of it is answered.

        Raises NotReleased where there is nothing to release, or not yet; PleoProblem where the job cannot be read.
        """
        async with self._journal.hold(job_id):
            outcomes = await self._settle_all(job_id, on_step)
            unknown = [outcome for outcome in outcomes if not outcome.is_settled]
            if unknown or not outcomes:
                sent = [outcome.departure.at for outcome in unknown if outcome.departure.at]
                must_be_waited_out(sent, self._patience.release_seconds, self._clock.now())
            for outcome in unknown:
                if outcome.read_problem:
                    raise outcome.read_problem
            for outcome in unknown:
                await AttemptRecord(self._journal, outcome.attempt).released(witness.by.strip(), witness.saw.strip())
            return tuple(
                outcome if outcome.is_settled else replace(outcome, standing=Standing.RELEASED) for outcome in outcomes
            )

    async def _look_again(self, outcome: Outcome, attempt: OpenAttempt | None) -> Outcome:
        record = AttemptRecord.of(self._journal, attempt) if attempt else AttemptRecord(self._journal, outcome.attempt)
        fresh = await self._read_back(record, outcome.event, outcome.answer, outcome.problem, outcome.departure)
        if attempt and attempt.judged:
            return replace(fresh, standing=beside(attempt.judged, fresh))
        return await self._judged(record, fresh)

    async def _settle_earlier(self, job_id: JobId, wanted: EventType, on_step: OnStep) -> Outcome | None:
        await self._journal.prove(job_id, is_readable)
        for outcome in await self._settle_all(job_id, on_step):
            if has_the_last_word(outcome, wanted):
                return outcome
        return None

    async def _settle_all(self, job_id: JobId, on_step: OnStep) -> list[Outcome]:
        outcomes = []
        for attempt in await open_attempts_of(self._journal, EVENT, job_id, self._origin):
            on_step(Step.SETTLING)
            outcomes.append(await self._settle_open(attempt, on_step))
        return outcomes

    async def _settle_open(self, attempt: OpenAttempt, on_step: OnStep) -> Outcome:
        record = AttemptRecord.of(self._journal, attempt)
        if not attempt.was_sent:
            await record.judged(Standing.NOT_SENT, why="the program ended before it was sent")
            never, trouble = Answer.NEVER_ARRIVED, record.problem
            return Outcome(Standing.NOT_SENT, attempt.event, never, None, attempt=attempt.id, journal_problem=trouble)
        # A crash between sending and hearing is the same as an answer that was lost.
        answer = attempt.answer or Answer.LOST
        departure = Departure(attempt.sent_at, await self._was_lost_before(attempt.event, but_for=attempt.id))
        return await self._settle(record, attempt.event, answer, attempt.problem, departure, on_step)

    async def _was_lost_before(self, event: ExportJobEvent, but_for: str = "") -> bool:
        """Whether another attempt of the job, of the same kind, may have arrived. Raises JournalProblem."""
        earlier = await attempts_of(self._journal, EVENT, event.job_id, self._origin)
        is_start = event.event == Event.STARTED
        return any(
            may_have_arrived(each)
            for each in earlier
            if each.id != but_for and (each.event.event == Event.STARTED) == is_start
        )

    async def _confirmed(self, preview: Preview, confirmed_by: str) -> Confirmation:
        """To start a job, no second person is needed."""
        confirmation = await self._confirmation(preview.event.job_id, confirmed_by)
        if confirmation.fault and preview.event.event != Event.STARTED:
            raise SecondPersonNeeded(
                said(
                    "Outcomes of this job were reported by hand by {names}, so a second person has to confirm it",
                    names=joined(", ", confirmation.drafters),
                ),
                advice=confirmation.fault,
            )
        return confirmation

    async def _submit(self, preview: Preview, more: dict[str, Any], on_step: OnStep) -> Outcome | Changed:
        """`more` stands in the intended row beside the event."""
        record = AttemptRecord(self._journal)
        after_lost = await self._was_lost_before(preview.event)
        await record.intended(intended_event(preview.event, preview.snapshot, self._origin) | more)
        problem: PleoProblem | None = None
        sent_at = self._clock.now()
        for sends_left in reversed(range(self._patience.sends)):
            on_step(Step.READING_AGAIN)
            fresh = await self._read_for(record, preview)
            changed = self._compared(preview, fresh)
            if changed and problem and was_overtaken(preview.event, problem, fresh.job):
                break  # by somebody else, or by what Pleo said it had not acted on
            if changed:
                await record.judged(Standing.NOT_SENT, why="the job changed", changes=list(changed.changes))
                return changed
            on_step(Step.SENDING)
            await record.sent(basis_of(fresh))
            sent_at = self._clock.now()
            problem = await self._send(preview.event)
            await record.answered(answer_to(problem), problem)
            pause = pause_before_sending_again(problem, self._patience)
            if answer_to(problem) is not Answer.NEVER_ARRIVED or pause is None or not sends_left:
                break
            on_step(Step.WAITING)
            await self._clock.sleep(pause)
        departure = Departure(sent_at, after_lost)
        return await self._settle(record, preview.event, answer_to(problem), problem, departure, on_step)

    async def _read_for(self, record: AttemptRecord, preview: Preview) -> JobSnapshot:
        """The fresh read before a send. Where it fails the attempt ends, since nothing has been sent."""
        try:
            return await self._reader.read(preview.event.job_id, journal_too=True)
        except (PleoProblem, JournalProblem) as problem:
            await record.judged(Standing.NOT_SENT, why=problem.title)
            raise

    def _compared(self, preview: Preview, fresh: JobSnapshot) -> Changed | None:
        """None only where the fresh read implies the very event that was shown."""
        changes = what_changed(preview.snapshot, fresh)
        if preview.event.event == Event.STARTED:
            blockers = start_blockers(fresh)
        else:
            found = derive(fresh, self.specification)
            blockers = found.blockers if isinstance(found, NotReady) else ()
            if not isinstance(found, NotReady) and found.event.event != preview.event.event:
                changes = (*changes, said("The items now imply another event"))
        return Changed(fresh, changes, blockers) if changes or blockers else None

    async def _send(self, event: ExportJobEvent) -> PleoProblem | None:
        try:
            await self._pleo.post_event(event)
        except PleoProblem as problem:
            return problem
        return None

    async def _settle(
        self,
        record: AttemptRecord,
        event: ExportJobEvent,
        answer: Answer,
        problem: PleoProblem | None,
        departure: Departure,
        on_step: OnStep,
    ) -> Outcome:
        on_step(Step.READING_BACK)
        outcome = await self._read_patiently(record, event, answer, problem, departure)
        return await self._judged(record, outcome)

    async def _judged(self, record: AttemptRecord, outcome: Outcome) -> Outcome:
        """An item can turn between the last read and the event's arrival, which is told and written down after it. The
        items are read while the disk is waited for."""
        told = record.ended(as_read(outcome), outcome.standing)
        _, outcome = await asyncio.gather(told, self._with_items(outcome))
        if outcome.items_imply:
            await record.read(as_read(outcome) | {ITEMS_IMPLY: outcome.items_imply})
        return replace(outcome, journal_problem=record.problem)

    async def _read_patiently(
        self,
        record: AttemptRecord,
        event: ExportJobEvent,
        answer: Answer,
        problem: PleoProblem | None,
        departure: Departure,
    ) -> Outcome:
        for pause in self._patience.reads:
            await self._clock.sleep(pause)
            outcome = await self._read_back(record, event, answer, problem, departure)
            if not is_worth_waiting_for(event, answer, problem, outcome.standing):
                break
            await record.read(as_read(outcome))
        return outcome

    async def _read_back(
        self,
        record: AttemptRecord,
        event: ExportJobEvent,
        answer: Answer,
        problem: PleoProblem | None,
        departure: Departure,
    ) -> Outcome:
        job: ExportJob | None = None
        read_problem: PleoProblem | None = None
        asked_at = self._clock.now()
        try:
            job = await self._reader.read_back(event.job_id)
        except PleoProblem as met:
            read_problem = met
        is_waited_out = self._patience.is_waited_out(departure.at, asked_at)
        standing = judge(event, answer, problem, job, after_lost=departure.after_lost, is_waited_out=is_waited_out)
        return Outcome(standing, event, answer, job, problem, read_problem, attempt=record.id, departure=departure)

    async def _with_items(self, outcome: Outcome) -> Outcome:
        """With the other event that Pleo's items imply now, where they imply another than it holds for good."""
        is_end = outcome.standing is Standing.CONFIRMED and outcome.event.event != Event.STARTED
        if not is_end or outcome.job is None:
            return outcome
        try:
            counted = await count_outcomes(self._pleo, outcome.job)
        except PleoProblem:
            return outcome  # nothing is claimed of what could not be read
        implied = implied_event(counted) if counted and counted.total else outcome.event.event
        return replace(outcome, items_imply=None if implied == outcome.event.event else implied)
