"""What was found about a row, in sentences. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.models.export_item import ExportItem
from app.models.money import Money
from app.posting_lists.job_index import money_of
from app.posting_lists.known_words import ColumnRole, known_words, status_key
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
    Doubt.OPPOSITE_LINES: "Its rows take each other back: on one account they add up to nothing.",
    Doubt.HIDDEN: "The row is hidden in the file.",
    Doubt.STRUCK: "The row is struck through in the file.",
    Doubt.OVERLONG: "The row has more cells than there are headings: a separator may stand in one of its texts.",
    Doubt.NAMES_NOTHING: "It holds nothing by which an item is known: no id of this job, and no date with an amount.",
}
_DAYS: Final = {
    Doubt.DATE_TOO_EARLY: "Its posting date {} is long before the expense.",
    Doubt.DATE_IN_FUTURE: "Its posting date {} is in the future.",
}
_OBJECTIONS: Final = {
    Doubt.TAKEN_BACK: "{where} says '{says}': the posting may have been taken back.",
    Doubt.DENIED: "{where} says '{says}'.",
    Doubt.STATUSES_DISAGREE: "{where} says '{says}', which is not what its status says.",
    Doubt.MESSAGE_GIVEN: "{where} says '{says}', and nothing says that it failed.",
    Doubt.VOUCHER_UNREADABLE: "{where} says '{says}', which is no number of an entry any more.",
}

WrittenMoney = Callable[[Decimal, str], str]


def doubt_words(
    match: RowMatch, rows: ListedRows, entries: Sequence[ExportItem | None], written: WrittenMoney
) -> tuple[str, ...]:
    """A sentence for each doubt. `entries` are those of the job's items, by place; `written` is an amount as text."""
    return tuple(sentence for doubt in match.doubts for sentence in _sentences(doubt, match, rows, entries, written))


def _sentences(
    doubt: Doubt, match: RowMatch, rows: ListedRows, entries: Sequence[ExportItem | None], written: WrittenMoney
) -> Iterator[str]:
    if doubt in _OBJECTIONS:
        objections = (each for each in rows.objections.get(match.place, ()) if each.doubt is doubt)
        yield from (_OBJECTIONS[doubt].format(where=each.where, says=each.says) for each in objections)
    else:
        yield _words(doubt, match, rows, entries, written)


def _words(
    doubt: Doubt, match: RowMatch, rows: ListedRows, entries: Sequence[ExportItem | None], written: WrittenMoney
) -> str:
    if doubt in (Doubt.STATUS_UNKNOWN, Doubt.STATUS_MISSING):
        return _status_words(doubt, rows, match.place)
    if doubt is Doubt.SEVERAL_ITEMS:
        return f"{count_of(len(match.items), 'item')} fit."
    if doubt is Doubt.NAMES_ANOTHER:
        names = " · ".join([*rows.references(match.place), *rows.suppliers(match.place)])
        return f"It fits by date and amount only, and '{names}' is not what Pleo has for the item."
    if doubt in _DAYS:
        posted = rows.posted(match.place)
        return _DAYS[doubt].format(f"{posted:%Y-%m-%d}" if isinstance(posted, datetime) else "")
    if doubt in (Doubt.AMOUNT_DIFFERS, Doubt.CURRENCY_DIFFERS):
        return _money_words(match, rows, entries[match.items[0]], written)
    return _PLAIN[doubt]


def _status_words(doubt: Doubt, rows: ListedRows, place: int) -> str:
    if rows.is_of_several_lines(place):
        return "Its status, its voucher or an id of it is several lines: two rows of the file may run together."
    word, voucher = rows.text(ColumnRole.STATUS, place), rows.text(ColumnRole.VOUCHER, place)
    if doubt is Doubt.STATUS_UNKNOWN:
        is_asked = status_key(word) in known_words().asked
        return (
            f"'{word}' is posted in some systems and not in others: say what it means here."
            if is_asked
            else f"Nobody has said what '{word}' means."
        )
    if voucher and not rows.voucher(place):
        return f"Nothing says that it is posted; '{voucher}' is no number of an entry."
    return _PLAIN[doubt]


def _money_words(match: RowMatch, rows: ListedRows, entry: ExportItem | None, written: WrittenMoney) -> str:
    amount, currency = rows.amount(match.place), rows.currency(match.place)
    if not isinstance(amount, Decimal) or entry is None:
        return "Its amount is not the item's."
    compared: tuple[Money, ...] = money_of(entry, currency) or money_of(entry, "")
    in_pleo = " or ".join(dict.fromkeys(written(each.amount.copy_abs(), each.currency) for each in compared))
    return f"It says {written(amount, currency).strip()}, and Pleo {in_pleo}."
