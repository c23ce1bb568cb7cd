"""`signoff resolve`: what the accounting system's own list says of a job's items, and on --yes its sending."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.cli.confirming import confirm_journal
from app.cli.documents import in_part
from app.completion.four_eyes import folded
from app.composition.services import Services
from app.errors import SettingsProblem, UsageProblem
from app.messages import said
from app.models.draft import Draft
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import EntryId, JobId
from app.outcomes.drafts import drafts_of_list
from app.outcomes.service import UpdateResult
from app.posting_lists.acceptance import MatchedList, proposed
from app.posting_lists.columns_of_ids import with_columns_of_ids
from app.posting_lists.dates import last_day_begun
from app.posting_lists.encodings import codec_named
from app.posting_lists.job_index import job_index
from app.posting_lists.list_problems import not_recognised
from app.posting_lists.mapping import ListMapping, Proposal, mapping_from_toml, propose, shape_of
from app.posting_lists.match_result import RowKind, RowMatch
from app.posting_lists.matching import match
from app.posting_lists.outcomes import AcceptedList, outcome_of
from app.posting_lists.reading import read_apart
from app.posting_lists.rows import listed_rows
from app.posting_lists.table import PostingTable, ReadingChoice
from app.settings.mappings import MappingsFile
from app.slices import run_to_end

_MOST_CANDIDATES = 1_000


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a list means for a job. `accepted` is what --yes sends; `sent` is what became of it. `damage` says why what
    was said in the window of such lists could not be looked up."""

    table: PostingTable
    proposal: Proposal
    snapshot: JobSnapshot
    accounting: AccountingData
    matched: MatchedList
    accepted: AcceptedList
    damage: SettingsProblem | None = None
    sent: UpdateResult = field(default_factory=UpdateResult)

    def of_kind(self, kind: RowKind) -> list[RowMatch]:
        return [row for row in self.matched.result if row.kind is kind]

    def item_ids(self, places: Sequence[int]) -> list[str]:
        return [self.snapshot.items[place].accounting_entry_id for place in places]


async def resolve(services: Services, arguments: argparse.Namespace) -> Resolution:
    """Reads and matches; sends only on --yes, and nothing of a job that has ended. Raises SignoffError."""
    person = await _person(services, JobId(arguments.job_id), arguments.by or "") if arguments.yes else ""
    choice = ReadingChoice(codec_named(arguments.encoding) if arguments.encoding else "", arguments.sheet or "")
    table = await read_apart(Path(arguments.list_file), choice=choice)
    if arguments.map_file is not None:  # what is wrong in it is said before Pleo is asked
        _mapping(arguments, table, propose(table), services.mappings)
    snapshot = await services.jobs.open_job(JobId(arguments.job_id))
    accounting = await services.jobs.read_accounting_data(snapshot.job.id)
    index = run_to_end(job_index(snapshot, accounting))
    proposal = run_to_end(with_columns_of_ids(propose(table), table, index))
    mapping, damage = _mapping(arguments, table, proposal, services.mappings)
    now = datetime.now(UTC)
    today = last_day_begun(now)
    rows = listed_rows(table, mapping, proposal.head_row, today)
    result = run_to_end(match(rows, index, today))
    matched = MatchedList(table.source, mapping, rows, snapshot.items, result)
    accepted = run_to_end(proposed(matched)).accepted()
    found = Resolution(table, proposal, snapshot, accounting, matched, accepted, damage)
    if not arguments.yes or not accepted.outcomes or snapshot.job.is_finished:
        return found
    await confirm_journal(services, arguments)
    sent = await services.updates.send(
        snapshot.job.id,
        accepted.outcomes,
        lambda _done, _total: None,
        drafts=_as_drafts(accepted, person, now),
        seen={item.accounting_entry_id: item for item in snapshot.items},
    )
    return replace(found, sent=sent)


async def _person(services: Services, job_id: JobId, given: str) -> str:
    """Who reports: the name given, else the one that was given last in the window, else the operating system's user.

    Raises UsageProblem where four eyes ask for a name: the last one may be somebody else's, and a user name such as
    amu passes for a second person beside the name Ann Müller.
    """
    if folded(given):
        return given
    if await services.completion.asks_for_four_eyes(job_id):
        raise UsageProblem(
            said("This connection asks for four eyes, so the outcomes need the name of who reports them"),
            advice=said("Add --by with your name. Nothing was sent."),
        )
    own, _ = services.wordings.read()
    return own.person or services.user


def _as_drafts(accepted: AcceptedList, person: str, now: datetime) -> dict[EntryId, Draft]:
    """What the journal is to know of each outcome: who, when, and the row of which file."""
    return {draft.entry_id: draft for draft in drafts_of_list(accepted.outcomes, accepted.rows, person, now)}


def _mapping(
    arguments: argparse.Namespace, table: PostingTable, proposal: Proposal, mappings: MappingsFile
) -> tuple[ListMapping, SettingsProblem | None]:
    """The user's file, else what was said in the window of a list of this shape, else what the list itself says; and
    why what was said could not be looked up."""
    if arguments.map_file is None:
        remembered, damage = mappings.find(shape_of(table, proposal.head_row))
        mapping = proposal.or_remembered(remembered, table)
        return replace(mapping, listed_means_posted=mapping.listed_means_posted or arguments.all_posted), damage
    path = Path(arguments.map_file)
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsProblem(said("The mapping {path} cannot be read: {why}", path=path, why=error)) from None
    mapping = mapping_from_toml(content, table, proposal)
    return replace(mapping, listed_means_posted=mapping.listed_means_posted or arguments.all_posted), None


def resolution_document(found: Resolution) -> dict[str, Any]:
    """`row` is the number that a spreadsheet shows: the first line of the file is 1, headings and blank lines count.

    `matched` are the rows that can be taken at their word. A row that fits an item and cannot, because another row
    contradicts it or its amount, status word or date is in doubt, is `ambiguous` with the items it may be about, the
    first thousand of them; standard error says why. `not_recognised` are rows with nothing by which an item would be
    known: whether they are about one of this job nobody can tell. While sheets that look like lists too were not read,
    no item is called missing: it may stand there.
    """
    not_read = found.table.source.other_lists
    return {
        "rows": len(found.matched.rows),
        "matched": [_matched(found, row) for row in found.of_kind(RowKind.MATCHED)],
        "ambiguous": [
            {"row": row.number, "item_ids": found.item_ids(row.items[:_MOST_CANDIDATES])}
            for row in found.of_kind(RowKind.AMBIGUOUS)
        ],
        "not_in_job": [row.number for row in found.of_kind(RowKind.NOT_IN_JOB)],
        "not_recognised": not_recognised(found.matched.result),
        "missing_item_ids": [] if not_read else found.item_ids(found.matched.result.missing),
        "sent": found.sent.reported,
        "refused": [
            {"item_id": error.accounting_entry_id, "type": in_part(error.type), "message": in_part(error.message)}
            for error in found.sent.refused
        ],
    }


def _matched(found: Resolution, row: RowMatch) -> dict[str, Any]:
    item = found.snapshot.items[row.items[0]]
    outcome = outcome_of(found.matched.rows, row.place, item, found.matched.mapping, row.doubts)
    return {
        "row": row.number,
        "item_id": item.accounting_entry_id,
        "by": row.by,
        "status": outcome.status if outcome else item.status,
        "external_id": outcome.external_id if outcome else None,
        "exported_at": outcome.exported_at.isoformat() if outcome and outcome.exported_at else None,
        "failure_reason": outcome.failure_reason if outcome else None,
    }
