"""The commands about jobs: the services do the work, this says what they found."""

import argparse
from collections.abc import Awaitable, Callable, Iterable

from app.cli import documents, text
from app.cli.completing import complete, preview, start
from app.cli.exit_codes import DONE
from app.cli.output import print_json, print_text, say
from app.cli.releasing import release
from app.completion.tally import tally
from app.composition.services import Services
from app.errors import JournalProblem
from app.jobs.job_list import JobScope
from app.jobs.service import why_without_accounting_data
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import JobId
from app.outcomes.reports import NO_REPORTS, Reports


async def execute(services: Services, arguments: argparse.Namespace) -> int:
    """One command about jobs, and its exit code. Raises SignoffError."""
    return await _COMMANDS[arguments.command](services, arguments)


async def _jobs(services: Services, arguments: argparse.Namespace) -> int:
    found = await services.jobs.list_jobs(JobScope.ALL if arguments.all else JobScope.NEEDS_ATTENTION)
    rows = [(job, services.company_name(job.company_id), await services.jobs.count_items(job)) for job in found.jobs]
    if arguments.json:
        jobs = [
            documents.job_document(job, company, counts) | documents.ended_document(await services.jobs.ended_by(job))
            for job, company, counts in rows
        ]
        print_json({"jobs": jobs, "read_at": documents.stamp(found.read_at)})
    else:
        print_text(text.jobs_text(rows, found.read_at, await _ended_elsewhere(services, found.jobs)))
    return DONE


async def _ended_elsewhere(services: Services, jobs: Iterable[ExportJob]) -> frozenset[JobId]:
    return frozenset([job.id for job in jobs if await services.jobs.ended_from_here(job) is False])


async def _show(services: Services, arguments: argparse.Namespace) -> int:
    snapshot = await services.jobs.open_job(JobId(arguments.job_id))
    accounting = await services.jobs.read_accounting_data(snapshot.job.id)
    problem = why_without_accounting_data(accounting.problem) if accounting.problem else None
    if arguments.json:
        job = documents.job_document(
            snapshot.job, services.company_name(snapshot.job.company_id), tally(snapshot.items)
        )
        print_json(job | documents.items_document(snapshot, accounting, problem, await _reports(services, snapshot)))
    else:
        print_text(text.show_text(snapshot, accounting, problem))
    return DONE


async def _reports(services: Services, snapshot: JobSnapshot) -> Reports:
    """A job can be looked at without the journal; what is wrong with it goes to standard error."""
    try:
        return await services.updates.reports_of(snapshot.job.id)
    except JournalProblem as trouble:
        say(text.problem_text(trouble))
        return NO_REPORTS


async def _resolve(services: Services, arguments: argparse.Namespace) -> int:
    from app.cli.resolving import run_resolve  # reading lists takes libraries that no other command needs

    return await run_resolve(services, arguments)


_COMMANDS: dict[str, Callable[[Services, argparse.Namespace], Awaitable[int]]] = {
    "jobs": _jobs,
    "show": _show,
    "preview": preview,
    "complete": complete,
    "start": start,
    "release": release,
    "resolve": _resolve,
}
