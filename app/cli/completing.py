"""`signoff preview`, `complete` and `start`: the gate of a job, and on --yes its event."""

import argparse
from typing import Any

from app.cli import documents, text
from app.cli.completing_ready import check_usage, complete_ready
from app.cli.confirming import confirm_journal
from app.cli.exit_codes import DONE, NOT_READY, USAGE, exit_code_after
from app.cli.output import print_json, print_text, say, say_step
from app.completion.attempt import Outcome
from app.completion.blockers import Blocker, start_blockers
from app.completion.derive import NotReady
from app.completion.outcome_text import as_sentence
from app.completion.preview import Preview, start_preview
from app.completion.progress import Changed
from app.completion.tally import tally
from app.composition.services import Services
from app.errors import PleoProblem
from app.messages import joined, said
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FALLBACK_JOB_FAILURE, Event, EventType, FailureType, JobId


async def preview(services: Services, arguments: argparse.Namespace) -> int:
    snapshot = await services.completion.read(JobId(arguments.job_id))
    preview, blockers = _judged(services, snapshot)
    _say_gate(arguments, snapshot, preview, blockers, {})
    return DONE if preview else NOT_READY


def _judged(services: Services, snapshot: JobSnapshot) -> tuple[Preview | None, tuple[Blocker, ...]]:
    found = services.completion.preview(snapshot)
    return (None, found.blockers) if isinstance(found, NotReady) else (found, ())


async def complete(services: Services, arguments: argparse.Namespace) -> int:
    check_usage(arguments)
    if arguments.ready:
        return await complete_ready(services, arguments)
    await confirm_journal(services, arguments)
    # Which of the final events it is makes no difference here.
    settled = await _settled_before(services, arguments, Event.COMPLETED)
    if settled is not None:
        return settled
    snapshot = await services.completion.read(JobId(arguments.job_id))
    preview, blockers = _judged(services, snapshot)
    if preview:
        preview = _with_wording(preview, arguments)
    return await _send(services, arguments, snapshot, preview, blockers)


def _with_wording(preview: Preview, arguments: argparse.Namespace) -> Preview:
    """The user's reason and type, which only a `failed` event carries."""
    event = preview.event
    if event.failure_reason is None or event.failure_reason_type is None:
        if arguments.failure_reason or arguments.failure_reason_type:
            say(said("The event is '{event}', which carries no failure reason: yours is not used.", event=event.event))
        return preview
    kind = arguments.failure_reason_type or event.failure_reason_type
    return preview.with_failure(arguments.failure_reason or event.failure_reason, FailureType(kind))


async def _settled_before(services: Services, arguments: argparse.Namespace, wanted: EventType) -> int | None:
    """The exit code where an attempt that an earlier run left open has the last word; None where the way is free."""
    if not arguments.yes:
        return None
    outcome = await services.completion.settle_earlier(JobId(arguments.job_id), wanted, say_step)
    if outcome is None:
        return None
    say(said("An earlier run sent an event for this job and did not hear what became of it."))
    try:
        snapshot = await services.completion.read(outcome.event.job_id)
    except PleoProblem as problem:
        # What became of the event does not hang on the items, which only the gate shows.
        say(joined(" ", (as_sentence(problem.title), said("The gate cannot be shown."))))
        if arguments.json:
            print_json(documents.outcome_document(outcome))
        return _say_end(outcome)
    preview, blockers = _judged(services, snapshot)
    return _say_outcome(arguments, snapshot, preview, blockers, outcome)


async def start(services: Services, arguments: argparse.Namespace) -> int:
    await confirm_journal(services, arguments)
    settled = await _settled_before(services, arguments, Event.STARTED)
    if settled is not None:
        return settled
    snapshot = await services.completion.read(JobId(arguments.job_id))
    blockers = start_blockers(snapshot)
    return await _send(services, arguments, snapshot, None if blockers else start_preview(snapshot), blockers)


async def _send(
    services: Services,
    arguments: argparse.Namespace,
    snapshot: JobSnapshot,
    preview: Preview | None,
    blockers: tuple[Blocker, ...],
) -> int:
    if preview is None:
        _say_gate(arguments, snapshot, None, blockers, {"outcome": documents.outcome_word(None)})
        return NOT_READY
    if not arguments.yes:
        _say_gate(arguments, snapshot, preview, blockers, {})
        say(said("Nothing was sent. Add --yes to send it."))
        return USAGE
    outcome = await services.completion.submit(preview, say_step, confirmed_by=arguments.confirmed_by or "")
    if isinstance(outcome, Changed):
        return _say_changed(services, arguments, outcome)
    return _say_outcome(arguments, snapshot, preview, blockers, outcome)


def _say_outcome(
    arguments: argparse.Namespace,
    snapshot: JobSnapshot,
    preview: Preview | None,
    blockers: tuple[Blocker, ...],
    outcome: Outcome,
) -> int:
    _say_gate(arguments, snapshot, preview, blockers, documents.said(outcome))
    return _say_end(outcome)


def _say_end(outcome: Outcome) -> int:
    say(text.outcome_text(outcome))
    if outcome.journal_problem:
        but = said("The outcome above is true, but the journal does not hold all of it.")
        say(joined(" ", (as_sentence(outcome.journal_problem.title), but)))
    if outcome.offers_other_type:
        command = f"signoff complete {outcome.event.job_id} --yes --failure-reason-type {FALLBACK_JOB_FAILURE}"
        say(said("To do so: {command}", command=command))
    return exit_code_after(outcome)


def _say_changed(services: Services, arguments: argparse.Namespace, changed: Changed) -> int:
    say(said("Nothing was sent, because the job changed since it was previewed:"))
    for change in (*changed.changes, *(blocker.message for blocker in changed.blockers)):
        say(joined("", ("  - ", change)))
    preview, blockers = _judged(services, changed.fresh)
    _say_gate(arguments, changed.fresh, preview, blockers, {"outcome": documents.outcome_word(changed)})
    return NOT_READY


def _say_gate(
    arguments: argparse.Namespace,
    snapshot: JobSnapshot,
    preview: Preview | None,
    blockers: tuple[Blocker, ...],
    more: dict[str, Any],
) -> None:
    counts = tally(snapshot.items)
    if arguments.json:
        print_json(documents.preview_document(snapshot, counts, preview, blockers) | more)
    else:
        print_text(text.gate_text(counts, preview, blockers))
