"""Amounts that a text's separator cut in two: 174,90 € without quotation marks in a list with commas. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from app.messages import said
from app.posting_lists.table import Cell, text_of

_WHOLE: Final = re.compile(r"[+-]?\d{1,3}(?:[. '’]?\d{3})*")
# Only what names its currency is known to be the rest of an amount: other columns hold two digits too.
_REST: Final = re.compile(r"\d{2}\s?(?:[A-Z]{3}|kr\.?|zł|[$€£])")


def with_amounts_joined(
    columns: Sequence[list[Cell]], separator: str
) -> tuple[tuple[list[Cell], ...], tuple[str, ...]]:
    """The columns as the headings mean them, and a sentence that says so: only where every row is longer than the
    headings by just as many cells as there are columns of amounts cut in two, and the same in every row."""
    head = _head_of(columns) if separator == "," else None
    if head is None:
        return tuple(columns), ()
    rows = [place for place, cell in enumerate(columns[-1]) if cell is not None]
    cut = [place for place in range(len(columns) - 1) if _is_cut(columns[place], columns[place + 1], rows)]
    too_many = sum(1 for column in columns if column[head] is None)
    if len(cut) != too_many or any(place + 1 in cut for place in cut):
        return tuple(columns), ()
    whole = [[*column] for column in columns[: len(columns) - too_many]]
    for row in rows:
        for column, cell in zip(whole, _joined([column[row] for column in columns], cut), strict=True):
            column[row] = cell
    return tuple(whole), (said("Its amounts were cut in two at their commas, and were put together again."),)


def _joined(cells: list[Cell], cut: Sequence[int]) -> list[Cell]:
    for place in reversed(cut):
        cells[place : place + 2] = [f"{text_of(cells[place])},{text_of(cells[place + 1])}"]
    return cells


def _head_of(columns: Sequence[list[Cell]]) -> int | None:
    """The row over those that reach the last column: the only one that may end before them."""
    first = next((place for place, cell in enumerate(columns[-1]) if cell is not None), 0) if columns else 0
    return first - 1 if first and None not in columns[-1][first:] else None


def _is_cut(column: Sequence[Cell], following: Sequence[Cell], rows: Sequence[int]) -> bool:
    return all(_WHOLE.fullmatch(text_of(column[row])) and _REST.fullmatch(text_of(following[row])) for row in rows)
