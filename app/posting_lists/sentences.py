"""What was found about a row, in sentences. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.messages import nsaid, said
from app.models.export_item import ExportItem
from app.models.money import Money
from app.posting_lists.dates import Moment
from app.posting_lists.job_index import money_of
from app.posting_lists.known_words import ColumnRole, known_words, status_key
from app.posting_lists.match_result import Doubt, MatchedBy, RowMatch
from app.posting_lists.quotations import QUOTED
from app.posting_lists.rows import ListedRows

MATCHED_BY: Final = {
    MatchedBy.RECONCILIATION_ID: said("reconciliation id"),
    MatchedBy.ENTRY_ID: said("entry id"),
    MatchedBy.REFERENCE: said("reference"),
    MatchedBy.DATE_AND_AMOUNT: said("date and amount"),
}

_PLAIN: Final = {
    Doubt.LETTERS_DAMAGED: said(
        "Letters of it are damaged, so nothing is sent of it: read the file with another encoding."
    ),
    Doubt.IDS_DISAGREE: said("Its ids name different items."),
    Doubt.ROWS_DISAGREE: said("Another row says something else of the same item."),
    Doubt.AMOUNT_UNREADABLE: said("Its amount cannot be read."),
    Doubt.AMOUNT_UNCHECKED: said("Its amount is not checked: the accounting data of its item is missing."),
    Doubt.STATUS_MISSING: said("It says neither that it is posted nor that it failed."),
    Doubt.DATE_UNREADABLE: said("Its date cannot be read."),
    Doubt.OPPOSITE_LINES: said("Its rows take each other back: on one account they add up to nothing."),
    Doubt.HIDDEN: said("The row is hidden in the file."),
    Doubt.STRUCK: said("The row is struck through in the file."),
    Doubt.OVERLONG: said("The row has more cells than there are headings: a separator may stand in one of its texts."),
    Doubt.NAMES_NOTHING: said(
        "It holds nothing by which an item is known: no id of this job, and no date with an amount."
    ),
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
    if doubt in QUOTED:
        objections = (each for each in rows.objections.get(match.place, ()) if each.doubt is doubt)
        yield from (each.quoted(each.says) for each in objections if each.quoted)
    else:
        yield _words(doubt, match, rows, entries, written)


def _words(
    doubt: Doubt, match: RowMatch, rows: ListedRows, entries: Sequence[ExportItem | None], written: WrittenMoney
) -> str:
    if doubt in (Doubt.STATUS_UNKNOWN, Doubt.STATUS_MISSING):
        return _status_words(doubt, rows, match.place)
    if doubt is Doubt.SEVERAL_ITEMS:
        return nsaid("{n:,} item fit.", "{n:,} items fit.", len(match.items))
    if doubt is Doubt.NAMES_ANOTHER:
        names = " · ".join([*rows.references(match.place), *rows.suppliers(match.place)])
        return said("It fits by date and amount only, and '{names}' is not what Pleo has for the item.", names=names)
    if doubt in (Doubt.DATE_TOO_EARLY, Doubt.DATE_IN_FUTURE):
        return _date_words(doubt, rows.day_told(match.place), is_posted=rows.has(ColumnRole.POSTING_DATE))
    if doubt in (Doubt.AMOUNT_DIFFERS, Doubt.CURRENCY_DIFFERS):
        return _money_words(match, rows, entries[match.items[0]], written)
    return _PLAIN[doubt]


def _date_words(doubt: Doubt, told: Moment, *, is_posted: bool) -> str:
    day = f"{told:%Y-%m-%d}" if isinstance(told, datetime) else ""
    if doubt is Doubt.DATE_TOO_EARLY and is_posted:
        return said("Its posting date {day} is long before the expense.", day=day)
    if doubt is Doubt.DATE_TOO_EARLY:
        return said("Its date {day} is long before the expense.", day=day)
    if is_posted:
        return said("Its posting date {day} is in the future.", day=day)
    return said("Its date {day} is in the future.", day=day)


def _status_words(doubt: Doubt, rows: ListedRows, place: int) -> str:
    if rows.is_of_several_lines(place):
        return said("Its status, its voucher or an id of it is several lines: two rows of the file may run together.")
    word, voucher = rows.text(ColumnRole.STATUS, place), rows.text(ColumnRole.VOUCHER, place)
    if doubt is Doubt.STATUS_UNKNOWN:
        if status_key(word) in known_words().asked:
            return said("'{word}' is posted in some systems and not in others: say what it means here.", word=word)
        return said("Nobody has said what '{word}' means.", word=word)
    if voucher and not rows.voucher(place):
        return said("Nothing says that it is posted; '{voucher}' is no number of an entry.", voucher=voucher)
    return _PLAIN[doubt]


def _money_words(match: RowMatch, rows: ListedRows, entry: ExportItem | None, written: WrittenMoney) -> str:
    amount, currency = rows.signed(match.place), rows.currency(match.place)
    if amount is None or entry is None:
        return said("Its amount is not the item's.")
    compared: tuple[Money, ...] = money_of(entry, currency) or money_of(entry, "")
    own = written(amount, currency).strip()
    first, *others = dict.fromkeys(written(each.amount, each.currency) for each in compared)
    if others:  # an entry has two amounts at most
        return said("It says {own}, and Pleo {first} or {other}.", own=own, first=first, other=others[0])
    return said("It says {own}, and Pleo {amount}.", own=own, amount=first)
