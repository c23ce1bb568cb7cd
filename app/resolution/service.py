"""Sends the outcomes of items so that each reaches Pleo once: what did not arrive is sent again, nothing else."""

import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.clock import Clock
from app.completion.attempt import Answer, Standing
from app.completion.evidence import AttemptRecord, Journal, OpenAttempt, Origin, jobs_left_open, open_attempts_of
from app.completion.patience import Patience
from app.errors import JobBusy, JournalProblem, PleoProblem
from app.models.item_outcome import ItemOutcome, outcome_from
from app.models.page import ItemUpdateError
from app.models.snapshot import JobSnapshot
from app.models.words import EntryId, JobId
from app.resolution.batches import batches, not_shown
from app.resolution.ports import Pleo
from app.resolution.sender import ITEM_UPDATE, Answered, BatchSender, Settled

# How often the rows of a batch that met silence are sent again, after a read that does not show them.
_SENT_AGAIN = 2

# Rows that have been through, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class UpdateResult:
    """Each outcome is in exactly one of the lists.

    `unknown` was taken by Pleo, or may have been, and does not show yet: it is not sent again before a later read has
    told. `not_sent` is surely not with Pleo. `problem`, or `journal_problem`, is what ended the sending before its end;
    a `journal_problem` without anything not sent means that the journal does not hold all of this.
    """

    arrived: list[EntryId] = field(default_factory=list)
    refused: list[ItemUpdateError] = field(default_factory=list)
    unknown: list[ItemOutcome] = field(default_factory=list)
    not_sent: list[ItemOutcome] = field(default_factory=list)
    problem: PleoProblem | None = None
    journal_problem: JournalProblem | None = None

    def take(self, settled: Settled) -> None:
        self.arrived += settled.report.arrived
        self.refused += settled.report.refused
        is_open = settled.standing is Standing.UNKNOWN
        (self.unknown if is_open else self.not_sent).extend(settled.report.missing)
        self.journal_problem = self.journal_problem or settled.journal_problem


class ItemUpdateService:
    """Methods raise PleoProblem, JournalProblem or JobBusy only while nothing has left."""

    def __init__(
        self,
        pleo: Pleo,
        journal: Journal,
        clock: Clock,
        *,
        origin: Origin | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._pleo = pleo
        self._journal = journal
        self._clock = clock
        self._origin = origin or Origin()
        self._sender = BatchSender(pleo, journal, clock, self._origin, patience or Patience())

    async def send(self, job_id: JobId, outcomes: Sequence[ItemOutcome], on_progress: Progress) -> UpdateResult:
        """Sends every outcome that Pleo does not show already, and says what became of each.

        Rows of an earlier attempt that is still unknown stay unknown: they are not sent again.
        """
        async with self._journal.hold(job_id):
            earlier = UpdateResult()
            await self._settle_all(job_id, earlier)
            basis = JobSnapshot(
                await self._pleo.get_job(job_id), await self._pleo.list_items(job_id), self._clock.now()
            )
            items = {item.accounting_entry_id: item for item in basis.items}
            open_ids = {outcome.accounting_entry_id for outcome in earlier.unknown}
            todo = not_shown([o for o in outcomes if o.accounting_entry_id not in open_ids], items)
            result = UpdateResult(unknown=[o for o in outcomes if o.accounting_entry_id in open_ids])
            waiting = {outcome.accounting_entry_id for outcome in todo} | open_ids
            result.arrived += [o.accounting_entry_id for o in outcomes if o.accounting_entry_id not in waiting]
            accepted = await self._send_all(basis, todo, result, on_progress, len(outcomes))
            for settled in await self._sender.settle(job_id, accepted) if accepted else ():
                result.take(settled)
            return result

    async def has_left_open(self) -> bool:
        """Whether an earlier run left anything to recover. Raises JournalProblem."""
        return bool(await jobs_left_open(self._journal, ITEM_UPDATE, self._origin))

    async def recover(self) -> UpdateResult:
        """Settles what an earlier run left open: reads and judges, sends nothing."""
        result = UpdateResult()
        for job_id in await jobs_left_open(self._journal, ITEM_UPDATE, self._origin):
            try:
                async with self._journal.hold(job_id):
                    await self._settle_all(job_id, result)
            except JobBusy:
                continue
        return result

    async def _settle_all(self, job_id: JobId, result: UpdateResult) -> None:
        """Every open attempt of the job, with one patience for all."""
        sent = []
        for attempt in await open_attempts_of(self._journal, ITEM_UPDATE, job_id, self._origin):
            answered = self._as_told(attempt)
            if attempt.was_sent:
                sent.append(answered)
            else:
                await answered.record.judged(Standing.NOT_SENT, why="the program ended before it was sent")
                result.not_sent += answered.batch
        for settled in await self._sender.settle(job_id, sent) if sent else ():
            result.take(settled)

    def _as_told(self, attempt: OpenAttempt) -> Answered:
        record = AttemptRecord.of(self._journal, attempt)
        batch = tuple(outcome_from(row) for row in json.loads(attempt.intention["body"]))
        # A crash between sending and hearing is the same as an answer that was lost.
        return Answered(record, batch, attempt.answer or Answer.LOST, attempt.errors, attempt.problem)

    async def _send_all(
        self,
        basis: JobSnapshot,
        todo: Sequence[ItemOutcome],
        result: UpdateResult,
        on_progress: Progress,
        total: int,
    ) -> list[Answered]:
        """The batches that Pleo took. The first that ends otherwise ends the sending, unless it met only silence."""
        accepted: list[Answered] = []
        queue = deque((batch, _SENT_AGAIN) for batch in batches(todo))
        something_left = False
        while queue:
            batch, again = queue.popleft()
            try:
                answered = await self._sender.send(basis, batch)
            except JournalProblem as problem:
                if not something_left:
                    raise
                # What was sent before is still to be read back, and told.
                result.journal_problem = problem
                queue.appendleft((batch, again))
                break
            something_left = True
            if answered.answer is Answer.ACCEPTED:
                accepted.append(answered)
            else:
                (settled,) = await self._sender.settle(basis.job.id, [answered])
                if settled.standing is Standing.MISSING and again:
                    queue.appendleft((settled.report.missing, again - 1))
                    settled = settled.without_missing()
                elif settled.standing is not Standing.CONFIRMED:
                    result.problem = answered.problem
                result.take(settled)
            on_progress(total - sum(len(waiting) for waiting, _ in queue), total)
            if result.problem:
                break
        for waiting, _ in queue:
            result.not_sent += waiting
        return accepted
