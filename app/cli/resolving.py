"""Running `signoff resolve`: what was found, said, and the exit code."""

import argparse
from collections.abc import Iterator

from app.cli.documents import in_part
from app.cli.exit_codes import DONE, NOT_READY, REFUSED, UNKNOWN, exit_code_of
from app.cli.output import print_json, print_text, say
from app.cli.resolve import Resolution, resolution_document, resolve
from app.cli.resolve_text import notes, resolution_text
from app.cli.text import problem_text
from app.completion.outcome_text import as_sentence
from app.composition.services import Services
from app.messages import joined, nsaid, said
from app.outcomes.service import UpdateResult
from app.posting_lists.match_result import RowKind


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
        say(said("The job has ended, so the outcomes of its items can no longer be changed. Nothing was sent."))
        return NOT_READY
    if not found.of_kind(RowKind.MATCHED):
        say(said("No row could be matched, so there is nothing to send."))
        return NOT_READY
    if not arguments.yes:
        say(
            nsaid(
                "Nothing was sent. With --yes {n:,} outcome would be.",
                "Nothing was sent. With --yes {n:,} outcomes would be.",
                len(found.accepted.outcomes),
            )
        )
        return DONE
    sent = found.sent
    for sentence in _became(sent):
        say(sentence)
    return _exit_code_after_sending(sent)


def _became(sent: UpdateResult) -> Iterator[str]:
    yield nsaid("{n:,} outcome reported.", "{n:,} outcomes reported.", sent.reported)
    if sent.already:
        yield nsaid("{n:,} outcome stood in Pleo already.", "{n:,} outcomes stood in Pleo already.", len(sent.already))
    for error in sent.refused:
        yield said(
            "Pleo refused {item}: {words} ({type})",
            item=error.accounting_entry_id,
            words=in_part(error.message),
            type=in_part(error.type),
        )
    if sent.not_sent:
        yield nsaid("{n:,} outcome not sent.", "{n:,} outcomes not sent.", len(sent.not_sent))
    if sent.changed:
        yield nsaid(
            "{n:,} item changed in Pleo meanwhile and stayed as Pleo has it. Run it again.",
            "{n:,} items changed in Pleo meanwhile and stayed as Pleo has it. Run it again.",
            len(sent.changed),
        )
    if sent.journal_problem:
        yield joined(" ", (as_sentence(sent.journal_problem.title), said("The journal does not hold all of this.")))
    if sent.problem:
        yield problem_text(sent.problem)


def _exit_code_after_sending(sent: UpdateResult) -> int:
    if sent.unknown:
        say(
            nsaid(
                "Of {n:,} outcome it is not known yet whether Pleo has it. Run it again.",
                "Of {n:,} outcomes it is not known yet whether Pleo has it. Run it again.",
                len(sent.unknown),
            )
        )
        return UNKNOWN
    if sent.problem:
        return exit_code_of(sent.problem)
    if sent.refused:
        return REFUSED
    return NOT_READY if sent.not_sent or sent.changed else DONE
