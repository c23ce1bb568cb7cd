"""Rows whose texts came out of a wrong encoding: what Pleo would be told of them could not be read. Pure."""

from collections.abc import Sequence
from typing import Final

from app.posting_lists.encodings import damaged_letters
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.match_result import Doubt, MatchResult, RowMatch
from app.posting_lists.rows import ListedRows
from app.posting_lists.table import Cell, text_of
from app.slices import Slices, slices

# What is sent of a row besides its day, by what it says.
_SENT: Final = {
    StatusMeaning.SUCCESSFUL: (ColumnRole.VOUCHER, ColumnRole.LINK),
    StatusMeaning.FAILED: (ColumnRole.MESSAGE, ColumnRole.STATUS),
}
_ROLES: Final = (ColumnRole.VOUCHER, ColumnRole.LINK, ColumnRole.MESSAGE, ColumnRole.STATUS)


def is_damaged(rows: ListedRows, place: int) -> bool:
    """Whether a text that Pleo would be told has damaged letters."""
    roles = _SENT.get(rows.status(place) or StatusMeaning.OPEN, ())
    return any(damaged_letters(rows.text(role, place)) for role in roles)


def with_damaged_rows(result: MatchResult, rows: ListedRows) -> Slices[MatchResult]:
    """Such a row is to decide, whatever else speaks for it."""
    damaged: set[int] = set()
    for role in _ROLES:
        damaged |= yield from _damaged_cells(rows, role)
    if not damaged:
        return result
    others: dict[int, RowMatch] = dict(result.others)
    for place in sorted(damaged):
        found = result[place]
        if found.items and is_damaged(rows, place):
            others[place] = found._replace(doubts=(*found.doubts, Doubt.LETTERS_DAMAGED), same_as=None)
    return MatchResult(result.numbers, result.plainly, result.count, others, result.missing)


def _damaged_cells(rows: ListedRows, role: ColumnRole) -> Slices[set[int]]:
    """The places of a column. Each different cell is looked at once."""
    judged: dict[Cell, bool] = {}
    places: set[int] = set()
    for part in slices(len(rows)):
        cells = rows.cells(role, part)
        if not _is_plain(cells):
            fresh = set(cells).difference(judged)
            judged.update((cell, bool(damaged_letters(text_of(cell)))) for cell in fresh)
            places.update(place for place, cell in enumerate(cells, part.start) if judged[cell])
        yield
    return places


def _is_plain(cells: Sequence[Cell]) -> bool:
    try:
        text = "".join(cells)  # type: ignore[arg-type]  # a TypeError says that a cell is no text
    except TypeError:
        return False
    return text.isascii() and "?" not in text
