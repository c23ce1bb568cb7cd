"""A posting list as it stands in its file: cells by column, before anybody knows what they mean."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from app.messages import said
from app.posting_lists.limits import HEAD_ROWS, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from app.posting_lists.problem import PostingListProblem, too_many_rows

# A CSV holds texts only; a workbook's cells have types. None and "" are empty.
Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = Sequence[Cell]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Few enough that a block is still at hand when it is turned.
_BLOCK = 512
# As a spreadsheet writes a number that is too long for its cell: 2,02611E+11.
_IN_POWERS_OF_TEN = re.compile(r"[+-]?\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_MOST_WHOLE = 10**15  # up to here a float holds each whole number, and a spreadsheet its fifteen digits


class RowMark(StrEnum):
    """What a file says of a row beside its cells, and why nobody should take the row unasked."""

    HIDDEN = "hidden"  # filtered out, or hidden by hand
    STRUCK = "struck"  # its text is struck through
    OVERLONG = "overlong"  # it has a cell where there is no heading: a separator may stand in a text


Marks = Mapping[int, frozenset[RowMark]]


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """What a person says of how a file is to be read: the codec of a text, the sheet of a workbook; "" is found out."""

    encoding: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a list came from. `format` says in words how it was read; `sha256` is of all its bytes.

    `has_rows_of_one_line` where it cannot hold others, so that nobody need look for them. `encoding` is the codec of a
    list of text, "" of a workbook; `sheet` the one that was read of a workbook, "" of a text. `other_lists` are sheets
    that look like lists too and were not read, `sheets` all that can be chosen; `remarks` are sentences about what was
    left out or is in doubt.
    """

    name: str
    sha256: str
    format: str
    has_rows_of_one_line: bool = False
    encoding: str = ""
    sheet: str = ""
    other_lists: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostingTable:
    """Columns of one length; rows without any cell are left out. `numbers` are the rows' own as a spreadsheet shows
    them: counted from 1, a row of several lines once. `marks` are by the rows' places; most rows have none. `readings`
    are lines of a text as other encodings read them, by their codecs."""

    source: Source
    columns: tuple[list[Cell], ...]
    numbers: Sequence[int]
    marks: Marks = field(default_factory=dict)
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, place: int) -> tuple[Cell, ...]:
        return tuple(column[place] for column in self.columns)

    def head(self, rows: int = HEAD_ROWS) -> list[tuple[Cell, ...]]:
        return [self.row(place) for place in range(min(rows, len(self)))]


def text_of(cell: Cell) -> str:
    """A cell as text, without the mark that keeps a text from being taken for a formula.

    A whole number has no decimal places, whatever the file keeps it in: some programs write such numbers as 10301.0.
    """
    if isinstance(cell, str):
        text = cell.strip()
        if text.endswith(".0") and text[:-2].isdecimal():
            return text[:-2]
        return text[1:].strip() if text.startswith("'") and is_like_a_formula(text) else text
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def has_lost_digits(cell: Cell) -> bool:
    """Whether a cell holds what a spreadsheet left of a longer number, such as 2,02611E+11: the rest cannot be told."""
    if isinstance(cell, str):
        return "E+" in cell.upper() and _IN_POWERS_OF_TEN.fullmatch(cell.strip()) is not None
    return isinstance(cell, float) and abs(cell) >= _MOST_WHOLE


def marks_under(table: PostingTable, head_row: int | None) -> Marks:
    """The marks of all rows, with those that are told by the headings: in a text, a separator too many moves all that
    follows it under another heading."""
    if head_row is None or not table.source.encoding:
        return table.marks
    width = max((place for place, cell in enumerate(table.row(head_row), 1) if text_of(cell)), default=0)
    overlong = {
        place
        for column in table.columns[width:]
        if any(column)
        for place, cell in enumerate(column)
        if place > head_row and cell and text_of(cell)
    }
    return {
        place: table.marks.get(place, frozenset()) | ({RowMark.OVERLONG} if place in overlong else frozenset())
        for place in sorted(overlong.union(table.marks))
    }


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet would take it for one, with or without marks before it that say it is text."""
    return text.lstrip("'").startswith(_FORMULA)


def as_columns(rows: Iterable[Row]) -> tuple[tuple[list[Cell], ...], list[int]]:
    """The cells by column and the numbers of their rows. Raises PostingListProblem for more than a list may hold."""
    columns: list[list[Cell]] = []
    numbers: list[int] = []
    waiting, first = iter(rows), 1
    while block := list(islice(waiting, _BLOCK)):
        kept = list(filter(any, block))
        if len(kept) == len(block):
            numbers.extend(range(first, first + len(block)))
        else:
            numbers.extend(number for number, row in enumerate(block, first) if any(row))
        first += len(block)
        _append(columns, kept, len(numbers) - len(kept))
        _check(columns, first - 1, len(numbers))
    return tuple(columns), numbers


def _append(columns: list[list[Cell]], rows: list[Row], before: int) -> None:
    widths = set(map(len, rows)) or {0}
    width = max(widths)
    if width > MOST_COLUMNS:
        raise PostingListProblem(
            said(
                "The file has a row of {width:,} columns; a posting list has at most {most}",
                width=width,
                most=MOST_COLUMNS,
            ),
            advice=said("Check that it is the right file, and that its columns are separated by one sign only."),
        )
    if len(widths) > 1:
        rows = [[*row, *[None] * (width - len(row))] for row in rows]
    columns.extend([None] * before for _ in range(width - len(columns)))
    for column, cells in zip(columns, zip(*rows, strict=True), strict=False):
        column.extend(cells)
    for column in columns[width:]:
        column.extend([None] * len(rows))


def _check(columns: list[list[Cell]], rows_read: int, rows_kept: int) -> None:
    if rows_read > MOST_ROWS or rows_kept * len(columns) > MOST_CELLS:
        raise too_many_rows(rows_read - 1)
