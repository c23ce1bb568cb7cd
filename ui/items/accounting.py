"""Amounts and suppliers of a job: when they are read again, what is kept of an earlier read, what is said where they
are missing."""

from dataclasses import replace

from app.errors import PleoProblem, Refused, ServerTrouble, TooManyRequests
from app.jobs.service import JobsService, why_without_accounting_data
from app.messages import joined, said
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import JobId
from app.ports import History, ReadProgress


async def read_accounting(
    service: JobsService, history: History, job_id: JobId, before: AccountingData | None, on_progress: ReadProgress
) -> AccountingData:
    """Pleo gives nothing for a finished job; what was read while it ran is kept, even from an earlier run."""
    data = await service.read_accounting_data(job_id, on_progress)
    if data.problem and not (before and before.entries):
        remembered = await history.last_snapshot(job_id)
        if remembered and remembered.accounting.entries:
            return replace(remembered.accounting, problem=data.problem)
    return replace(before, problem=data.problem) if data.problem and before and before.entries else data


def has_entries_for(snapshot: JobSnapshot, known: AccountingData | None) -> bool:
    """Whether watching need not read them again."""
    if known is None:
        return False
    if snapshot.job.is_finished:
        return True
    if known.problem:
        return not _is_passing(known.problem)
    return all(map(known.entries.__contains__, [item.accounting_entry_id for item in snapshot.items]))


def missing_words(problem: PleoProblem, *, has_entries: bool, has_ended: bool) -> str:
    """Why amounts and suppliers are missing, or are not as fresh as the job."""
    why = why_without_accounting_data(problem)
    if not has_entries and has_ended and _is_for_its_end(problem):
        return joined(" ", (why, said("Signoff did not get them while it ran.")))
    if not has_entries:
        return why
    if has_ended:
        return said("The job has ended. Amounts and suppliers are shown as read before.")
    return joined(" ", (why, said("They are shown as read before.")))


def _is_for_its_end(problem: PleoProblem) -> bool:
    return isinstance(problem, Refused) and problem.has_type("EXPORT_JOB_STATUS_UNPROCESSABLE")


def _is_passing(problem: PleoProblem) -> bool:
    """Whether a later read may well get an answer."""
    return not isinstance(problem, Refused) or isinstance(problem, TooManyRequests | ServerTrouble)
