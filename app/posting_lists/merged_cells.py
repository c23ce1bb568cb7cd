"""Cells of a workbook that were merged over several rows: what they deny counts for each of these rows.

Nothing else is carried down: a number or a status that was merged over a group is no word about each of its rows.
"""

from collections.abc import Iterable
from typing import Final

from app.posting_lists.denials import is_denied_in_a_title
from app.posting_lists.table import Cell, Row

# Rows and columns counted from 0, the last ones included.
Range = tuple[tuple[int, int], tuple[int, int]]

_MARKS: Final = ("x", "✓", "✔", "☑", "☒")


class MergedDenials:
    """For rows that are read in their order."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._last_rows = {first: last[0] for first, last in ranges if first[0] < last[0] and first[1] == last[1]}
        self._carried: dict[int, tuple[str, int]] = {}

    def __bool__(self) -> bool:
        return bool(self._last_rows)

    def filled(self, row: Row, number: int) -> Row:
        """`number` counts from 1."""
        place = number - 1
        self._carried = {column: carried for column, carried in self._carried.items() if carried[1] >= place}
        for column, cell in enumerate(row):
            last = self._last_rows.get((place, column))
            if last is not None and isinstance(cell, str) and _denies(cell):
                self._carried[column] = cell, last
        if not self._carried:
            return row
        filled: list[Cell] = [*row, *[""] * (max(self._carried) + 1 - len(row))]
        for column, (text, _) in self._carried.items():
            filled[column] = filled[column] or text
        return filled


def _denies(text: str) -> bool:
    return text.strip().casefold() in _MARKS or is_denied_in_a_title(text)
