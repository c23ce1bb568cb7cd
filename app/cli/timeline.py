"""`signoff timeline`: what happened to a job, from the journal alone. Asks nobody, and changes nothing."""

import argparse

from app.cli import documents
from app.cli.exit_codes import DONE
from app.cli.output import print_json, print_text, say
from app.cli.text import harmless, table
from app.completion.timeline import TimelineEntry, of_item
from app.composition.job_timeline import find_timeline
from app.messages import joined, said, tr
from app.models.vocabulary import EntryId, JobId
from app.settings.paths import data_folder
from app.texts.phrases import shortened

_NAME_WIDTH = 40


def tell_timeline(arguments: argparse.Namespace) -> int:
    """Raises JournalProblem."""
    job_id = JobId(arguments.job_id)
    found = find_timeline(data_folder(), job_id)
    entries = of_item(found.entries, EntryId(arguments.item)) if arguments.item else found.entries
    if found.is_played:
        say(said("This job was played in the sandbox, whose journal is kept apart: it is no evidence."))
    if arguments.json:
        print_json(documents.timeline_document(job_id, arguments.item, entries, is_sandbox=found.is_played))
    elif entries:
        print_text(timeline_text(entries))
    else:
        print_text(said("The journal on this computer holds nothing about it."))
    return DONE


def timeline_text(entries: tuple[TimelineEntry, ...]) -> str:
    """Each with its details below it."""
    heads = table(
        [
            (_moment(entry), shortened(harmless(entry.who), _NAME_WIDTH), shortened(harmless(entry.words), 400))
            for entry in entries
        ]
    ).split("\n")
    blocks = zip(heads, entries, strict=True)
    return "\n".join(
        line
        for head, entry in blocks
        for line in (head, *(f"    {shortened(harmless(each), 400)}" for each in _below(entry)))
    )


def _below(entry: TimelineEntry) -> list[str]:
    return [*entry.details, *(item_line(item, words) for item, words in entry.items.items() if words)]


def item_line(entry_id: EntryId, words: str) -> str:
    return joined(": ", (entry_id, words))


def _moment(entry: TimelineEntry) -> str:
    """On this machine's clock, to the second."""
    return f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}" if entry.at else tr("no moment")
