"""What a spreadsheet is given: cells of text, and cells of numbers that it reads as such."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from app.texts.screen import for_screen
from ui.tables.column import Column, CopyCell, R

_STARTS_A_FORMULA = ("=", "+", "-", "@")
_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{LEFT-TO-RIGHT MARK}": None, "\N{RIGHT-TO-LEFT MARK}": None})
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_AMOUNT = re.compile(r"[-+]?[\d.,' ’]*\d(?: ?[^\W\d_]{1,4})?")


class Cell(NamedTuple):
    """`number` is the same in plain ASCII with a point, or None for text."""

    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """How numbers are written where the spreadsheet is."""

    decimal_point: str = "."
    group_separator: str = ","

    def cell(self, number: int | Decimal) -> Cell:
        plain = f"{number:f}" if isinstance(number, Decimal) else str(number)
        return Cell(plain.replace(".", self.decimal_point), plain) if _NUMBER.fullmatch(plain) else Cell(plain)

    def read(self, text: str) -> Cell | None:
        """A number as it is written on screen, without what groups its digits."""
        bare = text.translate(_MINUS).replace(" ", "")
        for group in (self.group_separator, "'", "’"):
            if group != self.decimal_point:
                bare = bare.replace(group, "")
        plain = bare.replace(self.decimal_point, ".")
        if not _NUMBER.fullmatch(plain):
            return None
        return Cell(plain.replace(".", self.decimal_point), plain)


def titles(columns: Sequence[Column[R]]) -> list[Cell]:
    return [_text_cell(title) for column in columns for title in (column.copy_titles or (column.title,))]


def cells(columns: Sequence[Column[R]], row: R, figures: Figures) -> Iterator[Cell]:
    for column in columns:
        if column.copy is None:
            yield _shown(column, row, figures)
        else:
            copied = column.copy(row)
            yield from (_copied(each, figures) for each in copied)
            yield from [Cell("")] * (len(column.copy_titles) - len(copied))


def _shown(column: Column[R], row: R, figures: Figures) -> Cell:
    text = _one_line(column.text(row))
    if not isinstance(column.value(row), (int, float, Decimal)):
        return _text_cell(text)
    # A currency after it comes from outside, so only what looks like an amount goes unguarded.
    return figures.read(text) or (Cell(text) if _AMOUNT.fullmatch(text) else _text_cell(text))


def _copied(value: CopyCell, figures: Figures) -> Cell:
    if value is None:
        return Cell("")
    return _text_cell(value) if isinstance(value, str) else figures.cell(value)


def _text_cell(text: str) -> Cell:
    """Text that a spreadsheet would take for a formula is marked as text."""
    line = _one_line(text)
    return Cell(f"'{line}" if line.startswith(_STARTS_A_FORMULA) else line)


def _one_line(text: str) -> str:
    return " ".join(for_screen(text).split())
