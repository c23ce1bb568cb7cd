"""Running `signoff resolve`: what was found, said, and the exit code."""

import argparse

from app.cli.exit_codes import DONE, NOT_READY, REFUSED, UNKNOWN, exit_code_of
from app.cli.output import print_json, print_text, say
from app.cli.resolve import Resolution, notes, resolution_document, resolution_text, resolve
from app.composition.services import Services
from app.outcomes.service import UpdateResult
from app.posting_lists.match_result import RowKind
from app.text import count_of


async def run_resolve(services: Services, arguments: argparse.Namespace) -> int:
    found = await resolve(services, arguments)
    for note in notes(found):
        say(note)
    if arguments.json:
        print_json(resolution_document(found))
    else:
        print_text(resolution_text(found))
    return _say_end_of_resolving(arguments, found)


def _say_end_of_resolving(arguments: argparse.Namespace, found: Resolution) -> int:
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
