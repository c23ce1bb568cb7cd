"""The JSON lines of `signoff complete --ready`: one for each job, and the totals last. See docs/command-line.md."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from app.cli import documents
from app.cli.documents import Document
from app.cli.exit_codes import DONE, INTERRUPTED, NOT_READY, UNKNOWN, exit_code_after, exit_code_of
from app.completion.attempt import Outcome
from app.completion.derive import NotReady
from app.completion.ready_jobs import Judgement, WhyNot
from app.completion.tally import tally
from app.completion.together import Ended, JobResult
from app.errors import PleoProblem
from app.review.control_totals import Sums


def judgement_document(judgement: Judgement, company: str, sums: Sums | None) -> Document:
    """`sums` is None where no amounts were asked for, or none could be read."""
    reading, why_not = judgement.reading, judgement.why_not
    return {
        **_gate(judgement),
        "company_id": reading.job.company_id,
        "company": company,
        "created_at": documents.stamp(reading.job.created_at),
        "joins": judgement.preview is not None,
        "why_not": {"code": why_not.code.value, "messages": list(map(str, why_not.sentences))} if why_not else None,
        "older_job_id": judgement.older.id if judgement.older else None,
        "set_by_hand": reading.set_by_hand,
        "read_at": documents.stamp(reading.snapshot.read_at) if reading.snapshot else None,
        "sums": {currency: f"{amount:f}" for currency, amount in sums.items()} if sums is not None else None,
    }


def _gate(judgement: Judgement) -> Document:
    reading = judgement.reading
    if reading.snapshot is None:
        of_server = documents.server_document(reading.problem if isinstance(reading.problem, PleoProblem) else None)
        return documents.unread_gate(reading.job.id) | of_server
    blockers = reading.found.blockers if isinstance(reading.found, NotReady) else ()
    return documents.preview_document(reading.snapshot, tally(reading.snapshot.items), reading.preview, blockers)


def result_document(result: JobResult, company: str) -> Document:
    """The same with what became of the job."""
    document = judgement_document(result.judgement, company, None)
    if isinstance(result.found, Outcome):
        return document | documents.said(result.found)
    problem = result.problem if isinstance(result.problem, PleoProblem) else None
    return document | {"outcome": outcome_word(result)} | documents.server_document(problem)


def outcome_word(result: JobResult) -> str:
    if result.found is None and result.problem is None:
        return result.ended.value
    return documents.outcome_word(result.found)


def listing_totals(judgements: Iterable[Judgement], exit_code: int) -> Document:
    counted = Counter(judgement.preview is not None for judgement in judgements)
    return {"jobs": counted.total(), "would_send": counted[True], "exit_code": exit_code}


def result_totals(batch: str, results: Iterable[JobResult], exit_code: int) -> Document:
    outcomes: Mapping[str, Any] = Counter(map(outcome_word, results))
    return {"batch": batch, "jobs": sum(outcomes.values()), "outcomes": dict(outcomes), "exit_code": exit_code}


def exit_code_of_judgement(judgement: Judgement) -> int:
    if judgement.why_not is None:
        return DONE
    if judgement.why_not.code is WhyNot.LEFT_OPEN:
        return UNKNOWN
    return exit_code_of(judgement.reading.problem) if judgement.reading.problem else NOT_READY


def exit_code_of_result(result: JobResult, *, was_stopped: bool) -> int:
    """What is confirmed and has to be read all the same is not plainly done."""
    if result.ended is Ended.CONFIRMED:
        return DONE
    if result.ended is Ended.DOES_NOT_JOIN:
        return exit_code_of_judgement(result.judgement)
    if result.ended is Ended.NOT_TRIED:
        return INTERRUPTED if was_stopped else NOT_READY
    if isinstance(result.found, Outcome):
        return exit_code_after(result.found) or NOT_READY
    return exit_code_of(result.problem) if result.problem else NOT_READY
