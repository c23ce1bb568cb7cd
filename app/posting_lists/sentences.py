"""What was found about a row, in sentences. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.models.export_item import ExportItem
from app.models.money import Money
from app.posting_lists.job_index import money_of
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.match_result import Doubt, MatchedBy, RowMatch
from app.posting_lists.rows import ListedRows
from app.text import count_of

MATCHED_BY: Final = {
    MatchedBy.RECONCILIATION_ID: "reconciliation id",
    MatchedBy.ENTRY_ID: "entry id",
    MatchedBy.REFERENCE: "reference",
    MatchedBy.DATE_AND_AMOUNT: "date and amount",
}

_PLAIN: Final = {
    Doubt.LETTERS_DAMAGED: "Letters of it are damaged, so nothing is sent of it: read the file with another encoding.",
    Doubt.IDS_DISAGREE: "Its ids name different items.",
    Doubt.ROWS_DISAGREE: "Another row says something else of the same item.",
    Doubt.AMOUNT_UNREADABLE: "Its amount cannot be read.",
    Doubt.AMOUNT_UNCHECKED: "Its amount is not checked: the accounting data of its item is missing.",
    Doubt.STATUS_MISSING: "It says neither that it is posted nor that it failed.",
    Doubt.DATE_UNREADABLE: "Its date cannot be read.",
}

WrittenMoney = Callable[[Decimal, str], str]


def doubt_words(
    match: RowMatch, rows: ListedRows, entries: Sequence[ExportItem | None], written: WrittenMoney
) -> tuple[str, ...]:
    """A sentence for each doubt. `entries` are those of the job's items, by place; `written` is an amount as text."""
    return tuple(_words(doubt, match, rows, entries, written) for doubt in match.doubts)


def _words(
    doubt: Doubt, match: RowMatch, rows: ListedRows, entries: Sequence[ExportItem | None], written: WrittenMoney
) -> str:
    place = match.place
    if doubt in (Doubt.STATUS_UNKNOWN, Doubt.STATUS_MISSING) and rows.is_of_several_lines(place):
        return "Its status, its voucher or an id of it is several lines: two rows of the file may run together."
    if doubt is Doubt.SEVERAL_ITEMS:
        return f"{count_of(len(match.items), 'item')} fit."
    if doubt is Doubt.STATUS_UNKNOWN:
        return f"Nobody has said what '{rows.text(ColumnRole.STATUS, place)}' means."
    if doubt is Doubt.DATE_IN_FUTURE:
        posted = rows.posted(place)
        day = f"{posted:%Y-%m-%d}" if isinstance(posted, datetime) else ""
        return f"Its posting date {day} is in the future."
    if doubt in (Doubt.AMOUNT_DIFFERS, Doubt.CURRENCY_DIFFERS):
        return _money_words(match, rows, entries[match.items[0]], written)
    return _PLAIN[doubt]


def _money_words(match: RowMatch, rows: ListedRows, entry: ExportItem | None, written: WrittenMoney) -> str:
    amount, currency = rows.amount(match.place), rows.currency(match.place)
    if not isinstance(amount, Decimal) or entry is None:
        return "Its amount is not the item's."
    compared: tuple[Money, ...] = money_of(entry, currency) or money_of(entry, "")
    in_pleo = " or ".join(dict.fromkeys(written(each.amount.copy_abs(), each.currency) for each in compared))
    return f"It says {written(amount, currency).strip()}, and Pleo {in_pleo}."
