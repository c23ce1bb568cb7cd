"""One batch on its way: written down, sent once, answered; and batches read back together."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.completion.attempt import Answer, Standing, answer_to, contradicts
from app.completion.attempt_record import AttemptRecord, PendingRows
from app.completion.evidence import (
    BEFORE,
    DRAFTED,
    FOUR_EYES,
    ITEM_UPDATE,
    LAST_UPDATED_AT,
    Kind,
    Origin,
    answer_content,
    basis_of,
    stamp_of,
)
from app.completion.job_reading import JobReader
from app.completion.patience import Patience, pause_before_sending_again
from app.errors import JournalProblem, NotAllowed, NotSignedIn, PleoProblem
from app.models.draft import Drafts
from app.models.export_job import ExportJob
from app.models.page import ItemUpdateError
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import JobId
from app.outcomes.batches import (
    Batch,
    BatchReport,
    ItemsById,
    ReportedBefore,
    body_of,
    report,
    reported_before,
    standing_of,
)
from app.outcomes.projection import evidence
from app.platform.clock import Clock
from app.ports import Journal, OutcomeTaker


@dataclass(frozen=True, slots=True)
class Answered:
    """A batch after its answer and before its read-back. `errors` are the rows that Pleo refused; `sent_at` is when it
    left last."""

    record: AttemptRecord
    batch: Batch
    before: ReportedBefore
    answer: Answer
    errors: tuple[ItemUpdateError, ...] = ()
    problem: PleoProblem | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    report: BatchReport
    standing: Standing
    journal_problem: JournalProblem | None = None


@dataclass(frozen=True, slots=True)
class SendContext:
    """What all batches of one sending have in common. `items` are those it rests on, `basis` says so in the journal's
    words; `drafts` are those that the outcomes come from, where they come from any."""

    job_id: JobId
    items: ItemsById
    basis: Mapping[str, Any]
    drafts: Drafts
    rows: PendingRows

    @classmethod
    def based_on(cls, snapshot: JobSnapshot, drafts: Drafts, journal: Journal) -> "SendContext":
        items = {item.accounting_entry_id: item for item in snapshot.items}
        return cls(snapshot.job.id, items, basis_of(snapshot), drafts, PendingRows(journal))


class BatchSender:
    def __init__(
        self,
        pleo: OutcomeTaker,
        reader: JobReader,
        journal: Journal,
        clock: Clock,
        origin: Origin,
        patience: Patience,
        *,
        four_eyes: bool,
    ) -> None:
        self._pleo = pleo
        self._reader = reader
        self._journal = journal
        self._clock = clock
        self._origin = origin
        self._patience = patience
        self._four_eyes = four_eyes

    async def send(self, send_context: SendContext, batch: Batch) -> Answered:
        """Sends again only what surely never arrived. Raises JournalProblem while nothing has left."""
        record, rows = AttemptRecord(self._journal), send_context.rows
        body, before = body_of(batch), reported_before(batch, send_context.items)
        sent = record.row(Kind.SENT, {"rows": len(batch)})
        await rows.write(record.row(Kind.INTENDED, self._intention(send_context, batch, body, before)), sent)
        for sends_left in reversed(range(self._patience.sends)):
            sent_at = self._clock.now()
            errors, problem = await self._put(send_context.job_id, body)
            answer = answer_to(problem)
            rows.add(record.row(Kind.ANSWERED, answer_content(answer, problem, errors)))
            pause = pause_before_sending_again(problem, self._patience)
            if answer is not Answer.NEVER_ARRIVED or pause is None or not sends_left:
                break
            await self._clock.sleep(pause)
            await rows.write(sent)
        return Answered(record, batch, before, answer, errors, problem, sent_at)

    def _intention(self, send_context: SendContext, batch: Batch, body: str, before: ReportedBefore) -> dict[str, Any]:
        said = evidence(batch, send_context.drafts)
        return {
            "what": ITEM_UPDATE,
            "job_id": send_context.job_id,
            "body": body,
            "who": self._origin.who,
            "connection": self._origin.connection,
            FOUR_EYES: self._four_eyes,
            **({DRAFTED: said} if said else {}),
            **({BEFORE: before} if before else {}),
            **send_context.basis,
        }

    async def _put(self, job_id: JobId, body: str) -> tuple[tuple[ItemUpdateError, ...], PleoProblem | None]:
        try:
            return (await self._pleo.put_items(job_id, body)).errors, None
        except PleoProblem as problem:
            return (), problem

    async def settle(self, job_id: JobId, sent: Sequence[Answered]) -> list[Settled]:
        """Reads the items until every row shows, or patience is over, then judges each batch."""
        job, reports, asked_at = await self._read_until_shown(job_id, sent)
        judged = [
            (answered, found, _standing(answered, found, job, self._patience.is_waited_out(answered.sent_at, asked_at)))
            for answered, found in zip(sent, reports, strict=True)
        ]
        rows = PendingRows(self._journal)
        for answered, found, standing in judged:
            rows.add(*answered.record.ending(_report_content(found, job), standing))
        problem = await rows.finish()
        if any(found.arrived for found in reports):
            self._reader.must_look_again(job_id)
        return [Settled(found, standing, answered.record.problem or problem) for answered, found, standing in judged]

    async def _read_until_shown(
        self, job_id: JobId, sent: Sequence[Answered]
    ) -> tuple[ExportJob | None, list[BatchReport], datetime]:
        """The last read that succeeded and was no older than what was seen, and when it was asked for; no job where
        there was none."""
        job: ExportJob | None = None
        read_at = self._clock.now()
        reports: list[BatchReport] = []
        for pause in self._patience.reads:
            await self._clock.sleep(pause)
            asked_at = self._clock.now()
            try:
                read = await self._reader.read(job_id)
            except PleoProblem:
                continue
            if read.older:
                continue
            job, read_at = read.job, asked_at
            reports = _reports(sent, {item.accounting_entry_id: item for item in read.items})
            if not any(map(_waits, sent, reports)):
                break
        return job, reports or _reports(sent, {}), read_at


def _reports(sent: Sequence[Answered], items: ItemsById) -> list[BatchReport]:
    return [report(answered.batch, answered.errors, items, answered.before) for answered in sent]


def _standing(answered: Answered, found: BatchReport, job: ExportJob | None, is_waited_out: bool) -> Standing:
    if job is None and not _needs_no_read(answered):
        return Standing.UNKNOWN
    has_ended = job is not None and job.is_finished
    return standing_of(found, answered.answer, job_has_ended=has_ended, is_waited_out=is_waited_out)


def _needs_no_read(answered: Answered) -> bool:
    """What surely was not acted on: it did not arrive, or the credential was refused, which the reads meet as well."""
    is_refused_credential = isinstance(answered.problem, NotSignedIn | NotAllowed)
    return answered.answer is Answer.NEVER_ARRIVED or (answered.answer is Answer.DECLINED and is_refused_credential)


def _waits(answered: Answered, found: BatchReport) -> bool:
    """Whether a later read could still show a row that this one does not. One that Pleo refused is not waited for."""
    if answered.answer is Answer.NEVER_ARRIVED:
        return False
    if answered.answer is Answer.DECLINED and not contradicts(answered.problem):
        return False
    return bool(found.missing)


def _report_content(found: BatchReport, job: ExportJob | None) -> dict[str, Any]:
    return {
        "job_status": job.status if job else None,
        **({LAST_UPDATED_AT: stamp_of(job)} if job else {}),
        "arrived": len(found.arrived),
        "refused": [asdict(error) for error in found.refused],
        "missing": [outcome.accounting_entry_id for outcome in found.missing],
    }
