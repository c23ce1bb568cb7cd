"""Running one command: the services do the work, this says what they found."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from app.cli import documents, text
from app.completion.attempt import Outcome, Standing
from app.completion.blockers import Blocker, start_blockers
from app.completion.derive import NotReady
from app.completion.preview import Preview, start_preview
from app.completion.service import Changed, Step
from app.completion.tally import tally
from app.composition.services import Services, Switchboard
from app.errors import (
    CredentialMissing,
    JobBusy,
    JournalProblem,
    NotAllowed,
    NotSignedIn,
    PleoProblem,
    RedirectRefused,
    Refused,
    SecondPersonNeeded,
    ServerTrouble,
    SignInNotKept,
    SignoffError,
    TooManyRequests,
    WrongCompany,
)
from app.jobs.job_list import JobScope
from app.jobs.service import why_without_accounting_data
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FALLBACK_JOB_FAILURE, Event, EventType, FailureType, JobId
from app.outcomes.service import UpdateResult
from app.platform.logs import masked_traceback, wished_level, write_log_to
from app.posting_lists.match_result import RowKind
from app.settings.mappings import MappingsFile
from app.settings.paths import data_folder
from app.storage.database_file import kept_aside
from app.storage.journal.store import FILE_NAME, verify
from app.text import count_of

if TYPE_CHECKING:
    from app.cli.resolve import Resolution

DONE, BROKEN, USAGE, NOT_READY, REFUSED, UNKNOWN, NOT_REACHABLE, NOT_SIGNED_IN = 0, 1, 2, 3, 4, 5, 6, 7
MISTAKE = 70


# A script that asked for an outcome gets one, even where nothing could be read.
_SENDING = ("complete", "start")


def run(arguments: argparse.Namespace) -> int:
    """The exit code of one command."""
    try:
        local = _say_version if arguments.version else _LOCAL_COMMANDS.get(arguments.command)
        return local(arguments) if local else asyncio.run(_with_services(arguments))
    except SignoffError as problem:
        say(f"{problem.title}. {problem.advice}".strip())
        if arguments.command in _SENDING and arguments.json:
            _print_json(documents.not_sent_document(arguments.job_id, problem))
        return exit_code_of(problem)
    except KeyboardInterrupt:
        say("Stopped. If an event was on its way, the next run finds out what became of it.")
        return 130
    except Exception as error:  # noqa: BLE001 - a traceback of Python's own would not be masked
        say(masked_traceback(error))
        say("This is a mistake in the program, not in your data. Please report what stands above.")
        return MISTAKE


def exit_code_of(problem: SignoffError) -> int:
    if isinstance(problem, CredentialMissing | NotSignedIn | NotAllowed | SignInNotKept | WrongCompany):
        return NOT_SIGNED_IN
    if isinstance(problem, TooManyRequests | ServerTrouble | RedirectRefused):
        return NOT_REACHABLE
    if isinstance(problem, Refused):
        return REFUSED
    if isinstance(problem, JournalProblem | JobBusy | SecondPersonNeeded):
        return NOT_READY
    return NOT_REACHABLE if isinstance(problem, PleoProblem) else USAGE


def say(message: str) -> None:
    print(text.harmless(message), file=sys.stderr)


def _print_json(document: dict[str, Any]) -> None:
    # Escaped, so that a pipe of any encoding carries every letter.
    _print(json.dumps(document, indent=2))


def _print(words: str) -> None:
    """A reader that has gone away, as `head` does, changes nothing about the outcome and its exit code."""
    try:
        # A program without a terminal on Windows has no standard output at all.
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        print(words.encode(encoding, "replace").decode(encoding), flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the rest of the process


def _say_version(_arguments: argparse.Namespace) -> int:
    _print(f"signoff {version('signoff')}")
    return DONE


def _tour(_arguments: argparse.Namespace) -> int:
    from app.cli.tour import walk

    return walk()


def _serve_sandbox(arguments: argparse.Namespace) -> int:
    from app.sandbox.server import serve

    try:
        serve(
            arguments.scenario,
            arguments.port,
            arguments.strict,
            pace_seconds=arguments.pace,
            stop_at_eof=arguments.stop_at_eof,
        )
    except (ValueError, OSError) as error:
        say(str(error))
        return USAGE
    return DONE


def _speak_of_installation(arguments: argparse.Namespace) -> int:
    from app.cli.installation import answer

    is_well, words = answer(arguments)
    _print(words)
    return DONE if is_well else BROKEN


def _verify_journal(_arguments: argparse.Namespace) -> int:
    path = data_folder() / FILE_NAME
    aside = kept_aside(path)
    for damaged in aside:
        say(f"A damaged journal was kept aside as {damaged.name}; what it holds is not part of this one.")
    if not path.exists():
        if aside:
            return BROKEN
        _print("There is no journal yet: nothing has been sent from this data folder.")
        return DONE
    found = verify(path)
    if found.first_break:
        _print(f"The journal is broken at row {found.first_break.sequence}: {found.first_break.why}.")
        return BROKEN
    _print(f"The journal is intact: {found.rows:,} rows, each following from the one before.")
    return DONE


async def _with_services(arguments: argparse.Namespace) -> int:
    switchboard = Switchboard()
    write_log_to(switchboard.folder / "logs", wished_level(os.environ))
    services = await switchboard.open(switchboard.sign_in(arguments.connection))
    try:
        return await execute(services, arguments)
    finally:
        await services.close()


async def execute(services: Services, arguments: argparse.Namespace) -> int:
    """One command about jobs, and its exit code. Raises SignoffError."""
    return await _COMMANDS[arguments.command](services, arguments)


async def _jobs(services: Services, arguments: argparse.Namespace) -> int:
    found = await services.jobs.list_jobs(JobScope.ALL if arguments.all else JobScope.NEEDS_ATTENTION)
    rows = [(job, services.company_name(job.company_id), await services.jobs.count_items(job)) for job in found.jobs]
    if arguments.json:
        jobs = [documents.job_document(job, company, counts) for job, company, counts in rows]
        _print_json({"jobs": jobs, "read_at": documents.stamp(found.read_at)})
    else:
        _print(text.jobs_text(rows, found.read_at))
    return DONE


async def _show(services: Services, arguments: argparse.Namespace) -> int:
    snapshot = await services.jobs.open_job(JobId(arguments.job_id))
    accounting = await services.jobs.read_accounting_data(snapshot.job.id)
    problem = why_without_accounting_data(accounting.problem) if accounting.problem else None
    if arguments.json:
        job = documents.job_document(
            snapshot.job, services.company_name(snapshot.job.company_id), tally(snapshot.items)
        )
        _print_json(job | documents.items_document(snapshot, accounting, problem))
    else:
        _print(text.show_text(snapshot, accounting, problem))
    return DONE


async def _preview(services: Services, arguments: argparse.Namespace) -> int:
    snapshot = await services.completion.read(JobId(arguments.job_id))
    preview, blockers = _judged(services, snapshot)
    _say_gate(arguments, snapshot, preview, blockers, {})
    return DONE if preview else NOT_READY


def _judged(services: Services, snapshot: JobSnapshot) -> tuple[Preview | None, tuple[Blocker, ...]]:
    found = services.completion.preview(snapshot)
    return (None, found.blockers) if isinstance(found, NotReady) else (found, ())


async def _complete(services: Services, arguments: argparse.Namespace) -> int:
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
            say(f"The event is '{event.event}', which carries no failure reason: yours is not used.")
        return preview
    kind = arguments.failure_reason_type or event.failure_reason_type
    return preview.with_failure(arguments.failure_reason or event.failure_reason, FailureType(kind))


async def _settled_before(services: Services, arguments: argparse.Namespace, wanted: EventType) -> int | None:
    """The exit code where an attempt that an earlier run left open has the last word; None where the way is free."""
    if not arguments.yes:
        return None
    outcome = await services.completion.settle_earlier(JobId(arguments.job_id), wanted, _say_step)
    if outcome is None:
        return None
    say("An earlier run sent an event for this job and did not hear what became of it.")
    try:
        snapshot = await services.completion.read(outcome.event.job_id)
    except PleoProblem as problem:
        # What became of the event does not hang on the items, which only the gate shows.
        say(f"{problem.title}. The gate cannot be shown.")
        if arguments.json:
            _print_json(documents.outcome_document(outcome))
        return _say_end(outcome)
    preview, blockers = _judged(services, snapshot)
    return _say_outcome(arguments, snapshot, preview, blockers, outcome)


async def _start(services: Services, arguments: argparse.Namespace) -> int:
    settled = await _settled_before(services, arguments, Event.STARTED)
    if settled is not None:
        return settled
    snapshot = await services.completion.read(JobId(arguments.job_id))
    blockers = start_blockers(snapshot.job)
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
        say("Nothing was sent. Add --yes to send it.")
        return USAGE
    outcome = await services.completion.submit(preview, _say_step, confirmed_by=arguments.confirmed_by or "")
    if isinstance(outcome, Changed):
        return _say_changed(services, arguments, outcome)
    return _say_outcome(arguments, snapshot, preview, blockers, outcome)


def _say_step(step: Step) -> None:
    say(f"{step.value} …")


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
        say(f"{outcome.journal_problem.title}. The outcome above is true, but the journal does not hold all of it.")
    if outcome.offers_other_type:
        say(f"To do so: signoff complete {outcome.event.job_id} --yes --failure-reason-type {FALLBACK_JOB_FAILURE}")
    return _exit_code_after(outcome)


def _say_changed(services: Services, arguments: argparse.Namespace, changed: Changed) -> int:
    say("Nothing was sent, because the job changed since it was previewed:")
    for change in (*changed.changes, *(blocker.message for blocker in changed.blockers)):
        say(f"  - {change}")
    preview, blockers = _judged(services, changed.fresh)
    _say_gate(arguments, changed.fresh, preview, blockers, {"outcome": documents.outcome_word(changed)})
    return NOT_READY


def _exit_code_after(outcome: Outcome) -> int:
    word = documents.outcome_word(outcome)
    if word == "confirmed":
        return DONE
    if word == "unknown":
        return UNKNOWN
    if outcome.standing is Standing.OVERTAKEN or outcome.problem is None:
        return REFUSED
    is_no = isinstance(outcome.problem, Refused) and not isinstance(outcome.problem, NotSignedIn | NotAllowed)
    return REFUSED if is_no else exit_code_of(outcome.problem)


def _say_gate(
    arguments: argparse.Namespace,
    snapshot: JobSnapshot,
    preview: Preview | None,
    blockers: tuple[Blocker, ...],
    more: dict[str, Any],
) -> None:
    counts = tally(snapshot.items)
    if arguments.json:
        _print_json(documents.preview_document(snapshot, counts, preview, blockers) | more)
    else:
        _print(text.gate_text(counts, preview, blockers))


async def _resolve(services: Services, arguments: argparse.Namespace) -> int:
    from app.cli.resolve import notes, resolution_document, resolution_text, resolve

    found = await resolve(services, arguments, MappingsFile(data_folder()))
    for note in notes(found):
        say(note)
    if arguments.json:
        _print_json(resolution_document(found))
    else:
        _print(resolution_text(found))
    return _say_end_of_resolving(arguments, found)


def _say_end_of_resolving(arguments: argparse.Namespace, found: "Resolution") -> int:
    if found.snapshot.job.is_finished:
        say("The job has ended, so the outcomes of its items can no longer be changed. Nothing was sent.")
        return NOT_READY
    if not found.of_kind(RowKind.MATCHED):
        say("No row could be matched, so there is nothing to send.")
        return NOT_READY
    if not arguments.yes:
        say(f"Nothing was sent. With --yes {count_of(len(found.accepted.outcomes), 'outcome')} would be.")
        return DONE
    sent = found.sent
    say(f"{count_of(sent.reported, 'outcome')} reported.")
    if sent.already:
        say(f"{count_of(len(sent.already), 'outcome')} stood in Pleo already.")
    for error in sent.refused:
        say(f"Pleo refused {error.accounting_entry_id}: {error.message} ({error.type})")
    if sent.not_sent:
        say(f"{count_of(len(sent.not_sent), 'outcome')} not sent.")
    if sent.changed:
        say(f"{count_of(len(sent.changed), 'item')} changed in Pleo meanwhile and stayed as Pleo has it. Run it again.")
    if sent.journal_problem:
        say(f"{sent.journal_problem.title}. The journal does not hold all of this.")
    if sent.problem:
        say(f"{sent.problem.title}. {sent.problem.advice}")
    return _exit_code_after_sending(sent)


def _exit_code_after_sending(sent: UpdateResult) -> int:
    if sent.unknown:
        say(f"Of {count_of(len(sent.unknown), 'outcome')} it is not known yet whether Pleo has it. Run it again.")
        return UNKNOWN
    if sent.problem:
        return exit_code_of(sent.problem)
    if sent.refused:
        return REFUSED
    return NOT_READY if sent.not_sent or sent.changed else DONE


_COMMANDS: dict[str, Callable[[Services, argparse.Namespace], Awaitable[int]]] = {
    "jobs": _jobs,
    "show": _show,
    "preview": _preview,
    "complete": _complete,
    "start": _start,
    "resolve": _resolve,
}

_LOCAL_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "install-desktop-entry": _speak_of_installation,
    "sandbox": _serve_sandbox,
    "self-check": _speak_of_installation,
    "tour": _tour,
    "verify-journal": _verify_journal,
}
