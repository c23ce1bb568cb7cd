"""Where a list ends: totals and remarks under it are no rows of it. Pure."""

from dataclasses import dataclass
from typing import Final

from app.posting_lists.known_words import ColumnRole, known_words, squeezed
from app.posting_lists.mapping import ListMapping
from app.posting_lists.table import PostingTable, Row, text_of

_IDS: Final = (ColumnRole.RECONCILIATION_ID, ColumnRole.ENTRY_ID, ColumnRole.REFERENCE)
_DATES: Final = (ColumnRole.DATE, ColumnRole.POSTING_DATE)
_AMOUNTS: Final = (ColumnRole.AMOUNT, ColumnRole.CREDIT)
# A row under the list has none of these.
_TELLING: Final = (*_IDS, ColumnRole.STATUS, ColumnRole.VOUCHER, *_DATES)
_MOST_ROWS_UNDER: Final = 12
# Where a list tells three things of each row, a row with one cell is a remark.
_NOT_SPARSE: Final = 3


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row under the list, such as a total."""

    number: int
    text: str


def end_of_list(table: PostingTable, mapping: ListMapping, first: int) -> int:
    """The place after the last row that belongs to the list: totals and remarks under it do not."""
    end = len(table)
    while first < end and len(table) - end < _MOST_ROWS_UNDER and _is_under_the_list(table.row(end - 1), mapping):
        end -= 1
    return end


def _is_under_the_list(row: Row, mapping: ListMapping) -> bool:
    def is_filled(*roles: ColumnRole) -> bool:
        places = (mapping.columns.get(role) for role in roles)
        return any(text_of(row[place]) for place in places if place is not None and place < len(row))

    filled = [*filter(None, map(text_of, row))]
    if len(filled) == 1 and len(mapping.columns) >= _NOT_SPARSE:
        # An id is one word, a remark is several.
        return not is_filled(*_IDS) or len(filled[0].split()) > 1
    if is_filled(ColumnRole.VOUCHER) and is_filled(*_DATES) and is_filled(*_AMOUNTS):
        return False  # such as a supplier whose name begins like a total
    if filled and _is_total(filled[0]):
        return not is_filled(ColumnRole.STATUS) and not _has_id_beside(filled[0], row, mapping)
    return any(role in mapping.columns for role in _TELLING) and not is_filled(*_TELLING)


def _has_id_beside(name: str, row: Row, mapping: ListMapping) -> bool:
    """Whether a name that begins like a total is a supplier's. An id is one word."""
    texts = (text_of(row[place]) for role in _IDS if (place := mapping.columns.get(role, len(row))) < len(row))
    return any(len(text.split()) == 1 for text in texts if text != name)


def _is_total(text: str) -> bool:
    words = text.split()
    totals = known_words().totals
    return any(squeezed(" ".join(words[:count])) in totals for count in (1, 2, len(words)) if words)


def left_out(table: PostingTable, place: int) -> LeftOut:
    return LeftOut(table.numbers[place], " ".join(filter(None, map(text_of, table.row(place)))))
