"""From what a list says to the outcomes that Pleo would be told. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.models.draft import PostingRow
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome, is_web_address
from app.models.vocabulary import FINAL_ITEM, ITEM_FAILURES, EntryId, FailureType, Item
from app.posting_lists.damaged_rows import is_damaged
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.mapping import ListMapping
from app.posting_lists.match_result import Doubt, RowKind, RowMatch
from app.posting_lists.rows import ListedRows

_UNLIKELY: Final = (Doubt.DATE_IN_FUTURE, Doubt.DATE_TOO_EARLY, Doubt.DATE_UNREADABLE)
REPORTED_AS: Final = {StatusMeaning.SUCCESSFUL: Item.SUCCESSFUL, StatusMeaning.FAILED: Item.FAILED}


@dataclass(frozen=True, slots=True)
class AcceptedList:
    """What the user accepted of a list: one outcome for each item at most, and where each stands in the file."""

    outcomes: tuple[ItemOutcome, ...]
    rows: Mapping[EntryId, PostingRow]


def outcome_of(
    rows: ListedRows, place: int, item: ExportJobItem, mapping: ListMapping, doubts: Container[Doubt] = ()
) -> ItemOutcome | None:
    """What the row says of the item; None where it leaves the item as it is, says nothing that is known, or says it in
    damaged letters. Whoever takes a row all the same does not make a day likely that `doubts` hold to be none."""
    if is_damaged(rows, place):
        return None
    meaning = rows.status(place)
    posted = None if any(doubt in doubts for doubt in _UNLIKELY) else rows.posted(place)
    link = rows.text(ColumnRole.LINK, place)
    if meaning is StatusMeaning.SUCCESSFUL:
        return ItemOutcome(
            item.accounting_entry_id,
            Item.SUCCESSFUL,
            external_id=rows.voucher(place) or None,
            external_url=link if is_web_address(link) else None,
            exported_at=posted if isinstance(posted, datetime) else None,
        )
    if meaning is StatusMeaning.FAILED:
        kind = FailureType(rows.text(ColumnRole.FAILURE_TYPE, place))
        return ItemOutcome(
            item.accounting_entry_id,
            Item.FAILED,
            failure_reason=rows.text(ColumnRole.MESSAGE, place)
            or _reason_without_message(rows.text(ColumnRole.STATUS, place)),
            failure_reason_type=kind if kind in ITEM_FAILURES else mapping.failure_type,
        )
    return None


def _reason_without_message(status: str) -> str:
    """Pleo wants a reason for each failed item: what stands behind the word, or that nothing does."""
    return status.partition(":")[2].strip() or f"The accounting system's list says '{status}' and gives no reason."


def is_proposed(row: RowMatch, rows: ListedRows, items: tuple[ExportJobItem, ...]) -> bool:
    """Whether a row is accepted unless the user says otherwise: sure, decided, and about an item that is not final."""
    if row.kind is not RowKind.MATCHED or row.same_as is not None or rows.status(row.place) not in REPORTED_AS:
        return False
    return items[row.items[0]].status not in FINAL_ITEM
