"""Lists as text: the separator found out, rows read by the csv module, and what programs wrap them in taken off."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice
from typing import Final

from app.messages import nsaid, said
from app.posting_lists.encodings import MARK, Decoded, decoded
from app.posting_lists.limits import LONGEST_CELL
from app.posting_lists.problem import PostingListProblem
from app.posting_lists.separators import named_otherwise, quoted_whole, read_as
from app.posting_lists.table import Cell

_SEPARATORS: Final = (";", ",", "\t", "|")
_SAMPLE_LINES: Final = 60
_SAMPLE_LETTERS: Final = 262_144
_NAMED_SEPARATOR = re.compile(r'(?P<mark>"?)sep=([^\r\n"])(?P=mark)(?:\2|[^\S\r\n])*(?:\r?\n|\r|\Z)', re.IGNORECASE)
# How a text keeps a spreadsheet from taking the zeros off a number: ="0012".
_FORMULA: Final = '="'
_AS_A_FORMULA = re.compile(r'="([^"]*)"')
# Follows the last line. No text holds one, so a cell that does was never closed.
_END: Final = "\0"
_LINE_BREAK = re.compile(r"[\r\n]+")
_LEAST_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class TextList:
    text: str
    decoded: Decoded
    separator: str
    remarks: tuple[str, ...] = ()
    sheet: str = ""
    other_lists: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def encoding(self) -> str:
        return self.decoded.codec

    @property
    def format(self) -> str:
        return read_as(self.decoded.name, self.separator)

    @property
    def has_rows_of_one_line(self) -> bool:
        return '"' not in self.text

    def rows(self) -> Iterator[list[str]]:
        """Raises PostingListProblem where a row cannot be read, or goes on into the next ones."""
        lines = StringIO(self.text, newline="")
        reader = csv.reader(lines if self.has_rows_of_one_line else chain(lines, [_END]), delimiter=self.separator)
        before, width, began = csv.field_size_limit(LONGEST_CELL), 0, 0
        trouble = "the row goes on into the next line"
        try:
            if self.has_rows_of_one_line:
                yield from reader
                return
            for row in reader:
                if row == [_END]:
                    return
                if reader.line_num > began + 1 and _goes_on(row, self.separator, width):
                    break
                yield row
                began, width = reader.line_num, len(row)
        except csv.Error as error:
            trouble = str(error)
            began = reader.line_num - 1 if self.has_rows_of_one_line else began
        finally:
            csv.field_size_limit(before)
        raise PostingListProblem(
            said("Line {line:,} of the file cannot be read", line=began + 1),
            advice=said("It may lack a closing quotation mark. Export the list again, or mend the line by hand."),
            details=trouble,
        )


def _goes_on(row: list[str], separator: str, width: int) -> bool:
    """Whether a row of several lines is several rows that a lone quotation mark holds together: it reaches the end of
    the text, or each of its lines is as wide as the row before. A space behind a separator is one of a sentence."""
    if row[-1].endswith(_END):
        return True
    lines = [*filter(None, _LINE_BREAK.split(separator.join(row)))]
    between = re.compile(rf"{re.escape(separator)}(?! )")
    return width > 1 and len(lines) > 1 and all(len(between.split(line)) == width for line in lines)


def read_text(content: bytes, encoding: str = "") -> TextList:
    """`encoding` is a codec that the user chose. Raises PostingListProblem for what is no text."""
    found = decoded(content, encoding)
    text = found.text.lstrip(MARK)  # some systems write it once more before the text that has it
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PostingListProblem(
            said("Line {line:,} of the file holds NUL bytes, which no list of text has", line=line),
            advice=said("The file is damaged, or it is no list. Export it again as CSV or XLSX."),
        )
    named = _NAMED_SEPARATOR.match(text)
    if not named:
        return TextList(text, found, _separator(text))
    # A spreadsheet takes this line as a word to itself and does not show it.
    rest = text[named.end() :]
    separator = _separator(rest)
    if separator == named[2] or _splits_the_first_line(rest, named[2]) or not _splits_the_first_line(rest, separator):
        return TextList(rest, found, named[2])
    return TextList(rest, found, separator, (named_otherwise(f"sep={named[2]}", separator),))


def _splits_the_first_line(text: str, separator: str) -> bool:
    return separator in text.lstrip("\r\n").partition("\n")[0]


def without_wrapping(columns: Sequence[list[Cell]], found: TextList) -> tuple[tuple[list[Cell], ...], tuple[str, ...]]:
    """The cells of a text without what programs wrap them in, and a sentence on each kind that was found: ="0012" for a
    number with zeros, quotation marks around whole lines, lines with another separator than the rest."""
    has_formulas = not found.has_rows_of_one_line and _FORMULA in found.text
    unwrapped = [*map(_without_formulas, columns)] if has_formulas else [*columns]
    if len(unwrapped) == 1:
        return _split_whole_lines(unwrapped[0])
    # Of a row that is shorter than the others the rest is None; an empty cell is an empty text.
    short = [place for place, cell in enumerate(unwrapped[1]) if cell is None] if _has_short_rows(unwrapped) else []
    mended = 0
    for place in short:
        cells = _split_otherwise(str(unwrapped[0][place] or ""), len(unwrapped), found.separator)
        if cells:
            mended += 1
            for column, cell in zip(unwrapped, cells, strict=True):
                column[place] = cell
    if not mended:
        return tuple(unwrapped), ()
    remark = nsaid(
        "{n:,} line of it stood in quotation marks as a whole, or had another separator.",
        "{n:,} lines of it stood in quotation marks as a whole, or had another separator.",
        mended,
    )
    return tuple(unwrapped), (remark,)


def _without_formulas(column: Sequence[Cell]) -> list[Cell]:
    return [*map(_without_formula, column)]


def _without_formula(cell: Cell) -> Cell:
    found = _AS_A_FORMULA.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return found[1] if found else cell


def _has_short_rows(columns: Sequence[list[Cell]]) -> bool:
    return len(columns) >= _LEAST_COLUMNS and None in columns[1]


def _split_whole_lines(column: list[Cell]) -> tuple[tuple[list[Cell], ...], tuple[str, ...]]:
    """Of a list whose lines are quoted whole: the one column that was read holds them all."""
    lines = [str(cell or "") for cell in column]
    separator = _separator("\n".join(lines[:_SAMPLE_LINES]))
    rows = [_split(line, separator) for line in lines]
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 1
    if width == 1:
        return (column,), ()
    most = max(map(len, rows))
    filled: list[list[Cell]] = [[*row, *[None] * (most - len(row))] for row in rows]
    columns = tuple(_without_formulas([*cells]) for cells in zip(*filled, strict=True))
    return columns, (quoted_whole(separator),)


def _split_otherwise(line: str, width: int, separator: str) -> list[str]:
    """The cells of a line that was read as one cell; none where it is no row of so many."""
    for other in (separator, *_SEPARATORS):
        if other in line and len(cells := _split(line, other)) == width:
            return cells
    return []


def _split(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return [line]


def _separator(text: str) -> str:
    """By which most of the first rows come out equally wide; of a tie the one that makes more columns."""
    sample = text[:_SAMPLE_LETTERS]
    return max(_SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(text: str, separator: str) -> tuple[float, int]:
    lines = islice(StringIO(text, newline=""), _SAMPLE_LINES)
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if any(row))
    except csv.Error:
        return 0, 0
    widths.pop(1, None)
    (width, rows) = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    return rows, width
