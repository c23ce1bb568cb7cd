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
# When the items were read, which of them Pleo had refused, and which were not yet as they were sent.
Read = tuple[datetime, frozenset[str], frozenset[str]]


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
    reads = [(datetime.fromisoformat(row.at), *_without(content)) for row, content in contents if row.kind == Kind.READ]
    judged = next((content["standing"] for row, content in contents if row.kind == Kind.JUDGED), None)
    gone = _gone(reads, judged)
    words = _words(intention)
    nobody = _named("", intention["who"])
    for sent in json.loads(intention["body"]):
        outcome = outcome_from(sent)
        entry = outcome.accounting_entry_id
        if entry in gone:
            continue
        by, note, file_name, rows_of_list = words.get(entry, (nobody, "", "", {}))
        row = rows_of_list.get(entry, 0)
        confirmed_at = next(
            (at for at, refused, missing in reads if entry not in refused and entry not in missing), None
        )
        yield Report(outcome, by, sent_at[-1], note, file_name, row if isinstance(row, int) else 0, confirmed_at)


def _gone(reads: Sequence[Read], judged: str | None) -> frozenset[str]:
    """What surely did not arrive. What was missing when somebody released the attempt may have."""
    if not reads:
        return frozenset()
    _, refused, missing = reads[-1]
    return refused if judged in (None, Standing.RELEASED) else refused | missing


def _without(content: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    refused = frozenset(error["accounting_entry_id"] for error in content.get("refused", ()))
    return refused, frozenset(content.get("missing", ()))


def _words(intention: Mapping[str, Any]) -> dict[str, tuple[str, str, str, Mapping[str, Any]]]:
    """By entry: who, why, from which list, and by what rows of it. A name is looked at once, not for each entry."""
    found: dict[str, tuple[str, str, str, Mapping[str, Any]]] = {}
    for group in intention.get(DRAFTED, ()):
        rows = group.get("rows")
        by, note, file_name = (_text(group, name) for name in ("by", "note", "file"))
        words = _named(by, intention["who"]), note, file_name, rows if isinstance(rows, dict) else {}
        items = group.get("items")
        found.update((entry, words) for entry in (items if isinstance(items, list) else ()) if isinstance(entry, str))
    return found


def _named(by: str, user: str) -> str:
    return next(filter(folded, (by, user)), UNNAMED)


def _text(group: Mapping[str, Any], name: str) -> str:
    text = group.get(name, "")
    return text if isinstance(text, str) else ""
