"""Sends the outcomes of items so that each reaches Pleo once: what did not arrive is sent again, nothing else."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.completion.attempt import Answer, Standing
from app.completion.attempt_record import AttemptRecord, attempts_among, jobs_left_open, open_attempts_of
from app.completion.evidence import BEFORE, ITEM_UPDATE, OpenAttempt, Origin, witnessed
from app.completion.job_reading import JobReader, older_read
from app.completion.patience import Patience
from app.completion.release import Witness, must_be_waited_out, releasable_from
from app.completion.row_shapes import is_readable
from app.errors import JobBusy, JournalProblem, PleoProblem
from app.models.draft import NO_DRAFTS, Drafts
from app.models.item_outcome import ItemOutcome, outcome_from
from app.models.page import ItemUpdateError
from app.models.vocabulary import EntryId, JobId
from app.outcomes.batches import ItemsById, batches, shows_all_of
from app.outcomes.reports import NO_REPORTS, Reports, reports_in
from app.outcomes.sender import Answered, BatchSender, SendContext, Settled
from app.outcomes.set_by import SetBy, set_by
from app.platform.clock import Clock
from app.ports import Journal, OutcomeTaker

# Rows that have been through, and how many there are.
SendProgress = Callable[[int, int], None]
MayGoOn = Callable[[], bool]


@dataclass(slots=True)
class UpdateResult:
    """Each outcome is in exactly one of the lists, but that `already` are those of `arrived` that Pleo showed before
    anything was sent.

    `unknown` was taken by Pleo, or may have been, and does not show yet: it is not sent again before a later read has
    told. `not_sent` is surely not with Pleo. `changed` was not sent, because its items are no longer as the user saw
    them. `released` was unknown until somebody looked in Pleo. `problem`, or `journal_problem`, is what ended the
    sending before its end, or `was_stopped` by the user; a `journal_problem` without anything not sent means that the
    journal does not hold all of this. From `releasable_from` on, what is unknown may be released.
    """

    arrived: list[EntryId] = field(default_factory=list)
    already: list[EntryId] = field(default_factory=list)
    refused: list[ItemUpdateError] = field(default_factory=list)
    unknown: list[ItemOutcome] = field(default_factory=list)
    not_sent: list[ItemOutcome] = field(default_factory=list)
    changed: list[ItemOutcome] = field(default_factory=list)
    released: list[ItemOutcome] = field(default_factory=list)
    was_stopped: bool = False
    problem: PleoProblem | None = None
    journal_problem: JournalProblem | None = None
    releasable_from: datetime | None = None

    @property
    def reported(self) -> int:
        """How many outcomes have come to Pleo by this sending."""
        return len(self.arrived) - len(self.already)

    @property
    def is_of_any(self) -> bool:
        return bool(self.arrived or self.refused or self.unknown or self.not_sent)

    def take(self, settled: Settled) -> None:
        self.arrived += settled.report.arrived
        self.refused += settled.report.refused
        is_open = settled.standing is Standing.UNKNOWN
        (self.unknown if is_open else self.not_sent).extend(settled.report.missing)
        self.journal_problem = self.journal_problem or settled.journal_problem


@dataclass(slots=True)
class Recovered:
    """What became of what an earlier run left open, of all jobs together; `still_open` holds what was found
    of each job of which something stays unknown."""

    result: UpdateResult = field(default_factory=UpdateResult)
    still_open: dict[JobId, UpdateResult] = field(default_factory=dict)

    def take(self, job_id: JobId, found: UpdateResult) -> None:
        self.result.arrived += found.arrived
        self.result.refused += found.refused
        self.result.unknown += found.unknown
        self.result.not_sent += found.not_sent
        if found.unknown:
            self.still_open[job_id] = found


class ItemUpdateService:
    """Methods raise PleoProblem, JournalProblem or JobBusy only while nothing has left.

    The journal keeps of each report whether `four_eyes` held, which is so to the job's end.
    """

    def __init__(
        self,
        pleo: OutcomeTaker,
        journal: Journal,
        clock: Clock,
        *,
        origin: Origin | None = None,
        patience: Patience | None = None,
        reader: JobReader | None = None,
        four_eyes: bool = False,
    ) -> None:
        self._pleo = pleo
        self._journal = journal
        self._clock = clock
        self._origin = origin or Origin()
        self._patience = patience or Patience()
        self._reader = reader or JobReader(pleo, journal, clock, self._origin, self._patience.settle_seconds)
        self._sender = BatchSender(
            pleo, self._reader, journal, clock, self._origin, self._patience, four_eyes=four_eyes
        )

    async def send(
        self,
        job_id: JobId,
        outcomes: Sequence[ItemOutcome],
        on_progress: SendProgress,
        *,
        drafts: Drafts = NO_DRAFTS,
        seen: ItemsById | None = None,
        may_go_on: MayGoOn = lambda: True,
    ) -> UpdateResult:
        """Sends every outcome that Pleo does not show already, and says what became of each.

        Rows of an earlier attempt that is still unknown stay unknown: they are not sent again. The journal says of each
        outcome what its draft in `drafts` knows. `seen` are the items as the user saw them. `may_go_on` is asked before
        each batch.

        Raises JournalInDoubt where the journal has to be confirmed first.
        """
        async with self._journal.hold(job_id):
            await self._journal.prove(job_id, is_readable)
            earlier = UpdateResult()
            await self._settle_all(job_id, earlier)
            basis = await self._reader.read(job_id, journal_too=True)
            if basis.older:
                raise older_read(basis.older.newer_seen_at, basis.read_at)
            send_context = SendContext.based_on(basis, drafts, self._journal)
            result, todo = _sorted_out(outcomes, send_context.items, seen, earlier)
            accepted = await self._send_all(send_context, todo, result, _Pace(on_progress, len(outcomes), may_go_on))
            await self._finish_rows(send_context, result)
            for answered, settled in zip(accepted, await self._settled(job_id, accepted), strict=True):
                result.take(settled)
                self._note_release(result, answered, settled)
            return result

    async def confirm_journal(self, job_id: JobId, code: str, witness: Witness) -> None:
        """Goes on from a journal in doubt, as CompletionService does."""
        async with self._journal.hold(job_id):
            await self._journal.confirm(job_id, code, witnessed(witness, self._origin), is_readable)

    async def set_by(self, job_id: JobId) -> tuple[SetBy, ...]:
        """Who set outcomes of the job, as the journal has it. Raises JournalProblem."""
        rows = await self._journal.rows_of_job(job_id)
        # A row can hold a hundred outcomes.
        return await asyncio.to_thread(lambda: set_by(attempts_among(rows, ITEM_UPDATE, self._origin)))

    async def count_set_by_people(self, job_id: JobId) -> int:
        """How many items of the job have their outcome from here, by hand or from a list. Raises JournalProblem."""
        return sum(each.by_hand + each.from_lists for each in await self.set_by(job_id))

    async def has_left_open(self) -> bool:
        """Whether an earlier run left anything to recover. Raises JournalProblem."""
        return bool(await jobs_left_open(self._journal, ITEM_UPDATE, self._origin))

    async def recover(self) -> Recovered:
        """Settles what an earlier run left open: reads and judges, sends nothing."""
        recovered = Recovered()
        for job_id in await jobs_left_open(self._journal, ITEM_UPDATE, self._origin):
            try:
                result = await self.settle(job_id)
            except JobBusy:
                continue
            recovered.take(job_id, result)
        return recovered

    async def settle(self, job_id: JobId) -> UpdateResult:
        """What became of every batch of the job that is still unknown: reads and judges, sends nothing.

        Raises JournalProblem, and JobBusy where another process is at it.
        """
        result = UpdateResult()
        async with self._journal.hold(job_id):
            await self._settle_all(job_id, result)
        return result

    async def reports_of(self, job_id: JobId) -> Reports:
        """Who set the outcomes of the job's items and why, as the journal tells it. Raises JournalProblem."""
        rows = await self._journal.rows_of_job(job_id)
        return await asyncio.to_thread(reports_in, rows, self._origin) if rows else NO_REPORTS

    async def release(self, job_id: JobId, witness: Witness) -> UpdateResult:
        """Takes what a fresh read still leaves unknown out of the wait, on the word of somebody who looked in Pleo: it
        can be sent again, as far as Pleo does not show it then. What the read settles is settled instead.

        Raises NotReleased where there is nothing to release, or not yet; PleoProblem where the job cannot be read.
        """
        result = UpdateResult()
        async with self._journal.hold(job_id):
            unknown = await self._settle_all(job_id, result)
            if unknown or not result.is_of_any:
                sent = [answered.sent_at for answered in unknown if answered.sent_at]
                must_be_waited_out(sent, self._patience.release_seconds, self._clock.now())
                await self._reader.read_back(job_id)
            for answered in unknown:
                await answered.record.released(witness.by.strip(), witness.saw.strip())
            result.released, result.unknown = result.unknown, []
        return result

    async def _settle_all(self, job_id: JobId, result: UpdateResult) -> list[Answered]:
        """Every open attempt of the job, with one patience for all; answers those that stay open."""
        sent = []
        for attempt in await open_attempts_of(self._journal, ITEM_UPDATE, job_id, self._origin):
            answered = self._as_told(attempt)
            if attempt.was_sent:
                sent.append(answered)
            else:
                await answered.record.judged(Standing.NOT_SENT, why="the program ended before it was sent")
                result.not_sent += answered.batch
        unknown = []
        for answered, settled in zip(sent, await self._settled(job_id, sent), strict=True):
            result.take(settled)
            self._note_release(result, answered, settled)
            if settled.standing is Standing.UNKNOWN:
                unknown.append(answered)
        return unknown

    async def _settled(self, job_id: JobId, sent: Sequence[Answered]) -> Sequence[Settled]:
        return await self._sender.settle(job_id, sent) if sent else ()

    def _note_release(self, result: UpdateResult, answered: Answered, settled: Settled) -> None:
        if settled.standing is Standing.UNKNOWN and answered.sent_at:
            due = releasable_from(answered.sent_at, self._patience.release_seconds)
            result.releasable_from = max(due, result.releasable_from or due)

    def _as_told(self, attempt: OpenAttempt) -> Answered:
        record = AttemptRecord.of(self._journal, attempt)
        batch = tuple(outcome_from(row) for row in json.loads(attempt.intention["body"]))
        # A crash between sending and hearing is the same as an answer that was lost.
        before = attempt.intention.get(BEFORE, {})
        return Answered(
            record, batch, before, attempt.answer or Answer.LOST, attempt.errors, attempt.problem, attempt.sent_at
        )

    async def _send_all(
        self, send_context: SendContext, todo: Sequence[ItemOutcome], result: UpdateResult, pace: "_Pace"
    ) -> list[Answered]:
        """The batches that Pleo took. The first that ends otherwise ends the sending: what became of it is not known
        before the wait is over, and nothing is sent twice on a guess."""
        accepted: list[Answered] = []
        queue = deque(batches(todo))
        something_left = False
        while queue:
            if not pace.may_go_on():
                result.was_stopped = True
                break
            batch = queue.popleft()
            try:
                answered = await self._sender.send(send_context, batch)
            except JournalProblem as problem:
                if not something_left:
                    raise
                # What was sent before is still to be read back, and told.
                result.journal_problem = problem
                queue.appendleft(batch)
                break
            something_left = True
            if answered.answer is Answer.ACCEPTED:
                accepted.append(answered)
            else:
                await self._finish_rows(send_context, result)
                (settled,) = await self._settled(send_context.job_id, [answered])
                self._note_release(result, answered, settled)
                if settled.standing is not Standing.CONFIRMED:
                    result.problem = answered.problem
                result.take(settled)
            pace.tell(still_waiting=sum(map(len, queue)))
            if result.problem:
                break
        for waiting in queue:
            result.not_sent += waiting
        return accepted

    async def _finish_rows(self, send_context: SendContext, result: UpdateResult) -> None:
        problem = await send_context.rows.finish()
        result.journal_problem = result.journal_problem or problem


@dataclass(frozen=True, slots=True)
class _Pace:
    """Between the user and the batches: how far it has come, and whether it goes on."""

    on_progress: SendProgress
    total: int
    may_go_on: MayGoOn

    def tell(self, still_waiting: int) -> None:
        self.on_progress(self.total - still_waiting, self.total)


def _sorted_out(
    outcomes: Sequence[ItemOutcome], items: ItemsById, seen: ItemsById | None, earlier: UpdateResult
) -> tuple[UpdateResult, tuple[ItemOutcome, ...]]:
    """What needs no sending or must not be sent, and what is to be sent."""
    result, todo = UpdateResult(), []
    open_ids = {outcome.accounting_entry_id for outcome in earlier.unknown}
    for outcome in outcomes:
        entry = outcome.accounting_entry_id
        item = items.get(entry)
        if entry in open_ids:
            result.unknown.append(outcome)
        elif shows_all_of(item, outcome):
            result.arrived.append(entry)
            result.already.append(entry)
        elif seen is not None and seen.get(entry) != item:
            result.changed.append(outcome)
        else:
            todo.append(outcome)
    return result, tuple(todo)
