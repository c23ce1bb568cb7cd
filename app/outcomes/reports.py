"""Who set an item's outcome, and why, after it was sent: told from the journal's rows alone. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.completion.attempt import Standing
from app.completion.evidence import DRAFTED, ITEM_UPDATE, Kind, Origin
from app.completion.four_eyes import UNNAMED, folded
from app.completion.row_shapes import is_readable
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome, outcome_from
from app.models.journal_row import JournalRow
from app.models.vocabulary import EntryId
from app.outcomes.batches import shows


@dataclass(frozen=True, slots=True)
class Report:
    """An outcome that was sent for an item. `note` says why, or it comes from row `row` of the list `file_name`, 0 for
    none. `confirmed_at` is when Pleo's item was read as it says, None where nobody saw that."""

    outcome: ItemOutcome
    by: str
    sent_at: datetime
    note: str = ""
    file_name: str = ""
    row: int = 0
    confirmed_at: datetime | None = None


# Of each entry the newest first.
Reports = Mapping[EntryId, tuple[Report, ...]]
NO_REPORTS: Final[Reports] = {}


def set_by(item: ExportJobItem, reports: Reports) -> Report | None:
    """The newest report that the item shows; None where nothing that was sent here made it what it is."""
    found = reports.get(item.accounting_entry_id, ())
    return next((report for report in found if shows(item, report.outcome)), None)


def reports_in(rows: Iterable[JournalRow], origin: Origin) -> Reports:
    """All that was sent to this server and may have arrived; `rows` are those of one job, in order. Attempts with rows
    that nobody can read tell nothing."""
    by_attempt: dict[str, list[JournalRow]] = {}
    for row in rows:
        by_attempt.setdefault(row.attempt, []).append(row)
    found: dict[EntryId, tuple[Report, ...]] = {}
    for attempt in by_attempt.values():
        for report in _reports_of(attempt, origin) if all(map(is_readable, attempt)) else ():
            entry = report.outcome.accounting_entry_id
            found[entry] = (report, *found.get(entry, ()))
    return found


def _reports_of(rows: Sequence[JournalRow], origin: Origin) -> Iterator[Report]:
    contents = [(row, json.loads(row.content)) for row in rows]
    intention = next((content for row, content in contents if row.kind == Kind.INTENDED), None)
    sent_at = [datetime.fromisoformat(row.at) for row in rows if row.kind == Kind.SENT]
    if intention is None or not sent_at or intention["what"] != ITEM_UPDATE:
        return
    if Origin(intention["who"], intention["connection"]).address != origin.address:
        return
    told = [(row, content) for row, content in contents if "missing" in content]
    gone, confirmed = _gone(told, contents), _confirmed(told)
    drafters = _drafters(intention.get(DRAFTED, ()))
    for sent in json.loads(intention["body"]):
        outcome = outcome_from(sent)
        entry = outcome.accounting_entry_id
        if entry in gone:
            continue
        said = drafters.get(entry, {})
        yield Report(
            outcome,
            next(filter(folded, (_text(said, "by"), intention["who"])), UNNAMED),
            sent_at[-1],
            _text(said, "note"),
            _text(said, "file"),
            _row(said, entry),
            next((at for at, missing in confirmed if entry not in missing), None),
        )


def _gone(told: Sequence[tuple[JournalRow, Any]], contents: Sequence[tuple[JournalRow, Any]]) -> frozenset[str]:
    """What surely did not arrive. What was missing when somebody released the attempt may have."""
    refused, missing = _without(told[-1][1]) if told else (frozenset(), frozenset())
    judged = next((content["standing"] for row, content in contents if row.kind == Kind.JUDGED), None)
    if judged in (None, Standing.RELEASED):
        return refused
    everything = judged == Standing.NOT_SENT and not told
    return frozenset(_entries(contents)) if everything else refused | missing


def _confirmed(told: Sequence[tuple[JournalRow, Any]]) -> list[tuple[datetime, frozenset[str]]]:
    """When the items were read, and which of them were not yet as they were sent."""
    found = []
    for row, content in told:
        refused, missing = _without(content)
        found.append((datetime.fromisoformat(row.at), refused | missing))
    return found


def _without(content: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    refused = frozenset(error["accounting_entry_id"] for error in content.get("refused", ()))
    return refused, frozenset(content["missing"])


def _entries(contents: Sequence[tuple[JournalRow, Any]]) -> Iterator[str]:
    for row, content in contents:
        if row.kind == Kind.INTENDED:
            yield from (sent["accountingEntryId"] for sent in json.loads(content["body"]))


def _drafters(groups: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {entry: group for group in groups for entry in group.get("items", ()) if isinstance(entry, str)}


def _text(said: Mapping[str, Any], name: str) -> str:
    text = said.get(name, "")
    return text if isinstance(text, str) else ""


def _row(said: Mapping[str, Any], entry: str) -> int:
    rows = said.get("rows")
    row = rows.get(entry, 0) if isinstance(rows, dict) else 0
    return row if isinstance(row, int) else 0
