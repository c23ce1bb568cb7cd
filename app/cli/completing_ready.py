"""`signoff complete --ready`: every job that needs no hand, one after another, and what became of each."""

import argparse
import uuid
from collections.abc import Sequence

from app.cli import documents, ready_documents, ready_text, text
from app.cli.confirming import how_to_confirm
from app.cli.exit_codes import DONE, INTERRUPTED, USAGE, exit_code_after, worst
from app.cli.output import print_json_line, print_text, say, say_step
from app.cli.stopping import StopWish, stopped_by_the_first_interrupt
from app.completion.attempt import Outcome
from app.completion.ready_jobs import Judgement, Wishes
from app.completion.together import CompletingTogether, JobResult
from app.composition.services import Services
from app.errors import JournalInDoubt, UsageProblem
from app.jobs.job_list import JobScope
from app.messages import joined, said
from app.models.export_job import ExportJob
from app.models.vocabulary import JobId
from app.platform.clock import SystemClock
from app.review.control_totals import Sums, control_totals

_OF_ONE_JOB = ("failure_reason", "failure_reason_type", "confirmed_by", "confirm_journal", "looked_by", "saw")
_OF_READY = ("company", "with_errors", "set_by_hand", "go_on", "dry_run")


def check_usage(arguments: argparse.Namespace) -> None:
    """Raises UsageProblem where an option of one job stands beside --ready, or one of --ready beside a job."""
    wrong = next((name for name in (_OF_ONE_JOB if arguments.ready else _OF_READY) if getattr(arguments, name)), None)
    if wrong is None:
        return
    option = f"--{wrong.replace('_', '-')}"
    if arguments.ready:
        raise UsageProblem(said("{option} is about one job and does not go with --ready", option=option))
    raise UsageProblem(said("{option} goes with --ready only", option=option))


async def complete_ready(services: Services, arguments: argparse.Namespace) -> int:
    """Raises UsageProblem for a company that is none of the open jobs', or several; PleoProblem where the jobs cannot
    be listed, and JournalProblem where nobody can tell what an earlier run left open. Nothing is sent then."""
    together = CompletingTogether(services.completion, services.updates.count_set_by_people)
    is_sending = arguments.yes and not arguments.dry_run
    with stopped_by_the_first_interrupt() as stop:
        recovered = await services.completion.recover(say_step) if is_sending else ()
        _say_recovered(arguments, recovered)
        jobs = _of_company(services, await _open_jobs(services), arguments.company)
        wishes = Wishes(arguments.with_errors, arguments.set_by_hand)
        judgements = await together.judge(jobs, wishes, recovered=recovered, may_go_on=stop.may_go_on)
        if is_sending:
            batch = _Batch(services, arguments, judgements, [exit_code_after(outcome) for outcome in recovered])
            return await batch.complete(together, stop)
        sums = await _sums_of(services, judgements, stop)
    return INTERRUPTED if stop.is_asked else _listed(services, arguments, judgements, sums)


async def _open_jobs(services: Services) -> tuple[ExportJob, ...]:
    return (await services.jobs.list_jobs(JobScope.NEEDS_ATTENTION)).jobs


def _of_company(services: Services, jobs: Sequence[ExportJob], wished: str | None) -> list[ExportJob]:
    if wished is None:
        return list(jobs)
    names = {job.company_id: services.company_name(job.company_id) for job in jobs}
    wanted = [each for each, name in names.items() if wished == each or wished.casefold() == name.casefold()]
    if len(wanted) != 1:
        # A connection can be good for several companies, which Pleo names by their ids only.
        known = sorted(f"{name} ({each})" for each, name in names.items())
        why = said("Several companies are named {name}: name one by its id", name=wished)
        raise UsageProblem(
            why if wanted else said("No open job is of a company named {name}", name=wished),
            advice=said("Open jobs are of: {names}.", names=", ".join(known)) if known else None,
        )
    return [job for job in jobs if job.company_id in wanted]


def _say_recovered(arguments: argparse.Namespace, recovered: Sequence[Outcome]) -> None:
    for outcome in recovered:
        say(said("An earlier run sent an event for this job and did not hear what became of it."))
        say(joined(": ", (outcome.event.job_id, text.outcome_text(outcome))))
        if arguments.json:
            print_json_line(documents.outcome_document(outcome) | {"earlier": True})


async def _sums_of(services: Services, judgements: Sequence[Judgement], stop: StopWish) -> dict[JobId, Sums]:
    """Of what would be sent; a job whose amounts cannot be read is left out."""
    found: dict[JobId, Sums] = {}
    for judgement in judgements:
        if judgement.preview is None or stop.is_asked:
            continue
        accounting = await services.jobs.read_accounting_data(judgement.job_id)
        if accounting.problem is None:
            found[judgement.job_id] = control_totals(judgement.preview.snapshot, accounting.entries).sums
    return found


def _listed(
    services: Services, arguments: argparse.Namespace, judgements: Sequence[Judgement], sums: dict[JobId, Sums]
) -> int:
    named = [(judgement, services.company_name(judgement.reading.job.company_id)) for judgement in judgements]
    code = worst(map(ready_documents.exit_code_of_judgement, judgements))
    would_send = any(judgement.preview for judgement in judgements)
    if would_send and not arguments.dry_run:
        code = worst((code, USAGE))
    if arguments.json:
        for judgement, company in named:
            print_json_line(ready_documents.judgement_document(judgement, company, sums.get(judgement.job_id)))
        print_json_line(ready_documents.listing_totals(judgements, code))
    else:
        print_text(ready_text.listing_text(named, sums, SystemClock().now()))
    if would_send:
        say(said("Nothing was sent. Add --yes to send it."))
    return code


class _Batch:
    """Tells of each job as soon as it is known, and of all of them at the end, however it comes."""

    def __init__(
        self, services: Services, arguments: argparse.Namespace, judgements: Sequence[Judgement], codes: list[int]
    ) -> None:
        self._services = services
        self._arguments = arguments
        self._judgements = judgements
        self._codes = codes
        self._results: list[JobResult] = []
        self._id = uuid.uuid4().hex

    async def complete(self, together: CompletingTogether, stop: StopWish) -> int:
        code = INTERRUPTED
        try:
            await together.complete(
                self._judgements,
                say_step,
                self._tell,
                goes_on=self._arguments.go_on,
                may_go_on=stop.may_go_on,
                batch=self._id,
            )
            code = self._code(stop)
        finally:
            self._tell_all(code)
        return code

    def _code(self, stop: StopWish) -> int:
        of_results = (ready_documents.exit_code_of_result(each, was_stopped=stop.is_asked) for each in self._results)
        return worst((DONE, *self._codes, *of_results, *((INTERRUPTED,) if stop.is_asked else ())))

    def _tell(self, result: JobResult) -> None:
        self._results.append(result)
        company = self._services.company_name(result.judgement.reading.job.company_id)
        if self._arguments.json:
            print_json_line(ready_documents.result_document(result, company))
        else:
            print_text(ready_text.result_text(result, company), is_owed=True)
        if isinstance(result.problem, JournalInDoubt):
            say(how_to_confirm("complete", result.judgement.job_id, result.problem))

    def _tell_all(self, code: int) -> None:
        if self._arguments.json:
            print_json_line(ready_documents.result_totals(self._id, self._results, code))
        else:
            say(ready_text.totals_text(self._results))
