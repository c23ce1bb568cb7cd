"""A posting list as it stands in its file: cells by column, before anybody knows what they mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from app.posting_lists.limits import HEAD_ROWS, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from app.posting_lists.problem import PostingListProblem

# A CSV holds texts only; a workbook's cells have types. None and "" are empty.
Cell = str | int | float | bool | date | datetime | time | None
Row = Sequence[Cell]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Few enough that a block is still at hand when it is turned.
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a list came from. `format` says in words how it was read; `sha256` is of all its bytes.

    `has_rows_of_one_line` where it cannot hold others, so that nobody need look for them.
    """

    name: str
    sha256: str
    format: str
    has_rows_of_one_line: bool = False


@dataclass(frozen=True, slots=True)
class PostingTable:
    """Columns of one length; rows without any cell are left out. `numbers` are the rows' own as a spreadsheet shows
    them: counted from 1, a row of several lines once."""

    source: Source
    columns: tuple[list[Cell], ...]
    numbers: Sequence[int]

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, place: int) -> tuple[Cell, ...]:
        return tuple(column[place] for column in self.columns)

    def head(self, rows: int = HEAD_ROWS) -> list[tuple[Cell, ...]]:
        return [self.row(place) for place in range(min(rows, len(self)))]


def text_of(cell: Cell) -> str:
    """A cell as text, without the mark that keeps a text from being taken for a formula.

    A whole number has no decimal places, whatever the file keeps it in.
    """
    if isinstance(cell, str):
        text = cell.strip()
        return text[1:].strip() if text.startswith("'") and is_like_a_formula(text) else text
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


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
            f"The file has a row of {width:,} columns; a posting list has at most {MOST_COLUMNS}",
            advice="Check that it is the right file, and that its columns are separated by one sign only.",
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
        raise PostingListProblem(
            f"The file has more than {rows_read - 1:,} rows, which is more than a posting list may hold",
            advice="Export the list for the period of this job only, and try once more.",
        )
