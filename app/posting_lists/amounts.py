"""Amounts as accounting systems write them: decimal comma or point, grouped or not, the sign before, behind or told by
a letter. Pure."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Final, Literal

from app.posting_lists.table import Cell

DecimalSign = Literal[",", "."]


class Unreadable(Enum):
    """A cell that should hold something and holds something else."""

    CELL = "unreadable"


UNREADABLE: Final = Unreadable.CELL
Amount = Decimal | Unreadable | None

# What Decimal would take beside digits: NaN, Infinity, 1E5, 1_000, and several lines in one cell.
_ALSO_DECIMALS: Final = "nNiIeE_\r"
# The point of such as kr. is no decimal sign.
_WORD = re.compile(r"[^\W\d_]+\.?")
_AROUND = re.compile(r"[^\d.,]+")
# A currency or the letter of a side before or behind, a sign or parentheses, digits that may be grouped.
_UNIT = r"\s*(?:[^\W\d_]{1,4}\.?|[$€£])?\s*"
_SIGN = r"[-+()\N{MINUS SIGN}]?"
_DIGITS = r"\d[\d.,]*(?:[\s'’´`]\d{3}(?!\d)[.,]?\d*)*|[.,]\d+"
_WRITTEN = re.compile(rf"\s*{_SIGN}{_UNIT}{_SIGN}\s*({_DIGITS})\s*{_SIGN}{_UNIT}{_SIGN}\s*")
_NUMBER: Final = re.compile(r"[\d.,\s'’´`+*:]+")
# 11861,50:- and 11861,- end in a dash for no hundredths, 11861.50* in a mark for a remark.
_ENDING: Final = re.compile(r"\s*(?::-|(?<=\d)[.,][-–—]{1,2}|\*+)\s*$")
# Groups have three digits: 1.50 in a column with decimal commas is a slip, and not 150.
_BAD_GROUP: Final = {",": re.compile(r"\.(?!\d{3}(?!\d))"), ".": re.compile(r",(?!\d{3}(?!\d))")}
_DECIMALS_OF_A_FLOAT: Final = 6
# Accountants write a dash for nothing.
_NOTHING: Final = " \t\r\n\N{NO-BREAK SPACE}-–—\N{MINUS SIGN}"
_COMMA_LANGUAGES: Final = ("de", "da", "sv", "nb", "nl", "fr", "es", "fi", "pl", "it")


def decimal_sign(cells: Iterable[Cell], language: str) -> DecimalSign:
    """What the column's own texts say; where they leave it open, such as 1.234, what the headings' language uses."""
    votes = {",": 0, ".": 0}
    for cell in cells:
        sign = _sign_shown(cell) if isinstance(cell, str) else None
        if sign:
            votes[sign] += 1
    if votes[","] == votes["."]:
        return "," if language in _COMMA_LANGUAGES else "."
    return "," if votes[","] > votes["."] else "."


def _sign_shown(text: str) -> str | None:
    """None where it can be either, or where there is none."""
    text = _WORD.sub("", text)
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return None
    sign = text[last]
    other = "." if sign == "," else ","
    if text.count(sign) > 1:
        return other
    if other in text:
        return sign
    digits = len(_AROUND.sub("", text[last + 1 :]))
    return sign if digits != 3 else None


def amounts(cells: Sequence[Cell], sign: DecimalSign) -> list[Amount]:
    """Each cell's amount without its sign, None for an empty cell.

    Whether an expense stands in debit or in credit, and with which sign, differs from one list to the next.
    """
    try:
        return _plain_amounts(cells, sign)
    except (TypeError, InvalidOperation):
        return [_amount(cell, sign) for cell in cells]


def hundredths(cells: Sequence[Cell], sign: DecimalSign) -> list[str]:
    """The digits of each amount in hundredths; "" where it is written with other than two decimals or none, and all are
    "" where some are not plain. Comparing digits takes half the time of making numbers of them."""
    try:
        lines = _plain_lines(cells, sign)
    except TypeError:
        return [""] * len(cells)
    return [line.replace(".", "", 1) if line[-3:-2] == "." else _whole_in_hundredths(line) for line in lines]


def _whole_in_hundredths(line: str) -> str:
    return f"{line}00" if line and "." not in line else ""


def _plain_amounts(cells: Sequence[Cell], sign: DecimalSign) -> list[Amount]:
    """All at once, where they are plain. Raises TypeError and InvalidOperation where they are not."""
    lines = _plain_lines(cells, sign)
    return [Decimal(each) if each else None for each in lines] if "" in lines else [*map(Decimal, lines)]


def _plain_lines(cells: Sequence[Cell], sign: DecimalSign) -> list[str]:
    """Without signs and groups, and with a decimal point. Raises TypeError where they are more than that."""
    text = "\n".join(cells)  # type: ignore[arg-type]  # a TypeError says that a cell is no text
    if not text.isascii() or any(map(text.__contains__, _ALSO_DECIMALS)):
        raise TypeError
    lines = f"\n{text}\n".replace("\n-", "\n").replace("-\n", "\n")[1:-1]
    if "-" in lines or _BAD_GROUP[sign].search(lines):
        raise TypeError
    found = _with_point(lines, sign).split("\n") if cells else []
    if len(found) != len(cells):  # a cell of several lines
        raise TypeError
    return found


def _amount(cell: Cell, sign: DecimalSign) -> Amount:
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return _amount_in(cell, sign)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return UNREADABLE
    # A workbook keeps 33.3 as the nearest binary fraction; six places are more than any currency has.
    number = Decimal(repr(round(cell, _DECIMALS_OF_A_FLOAT)))
    return number.copy_abs() if number.is_finite() else UNREADABLE


def _amount_in(text: str, sign: DecimalSign) -> Amount:
    if not text.strip(_NOTHING):
        return None
    written = _WRITTEN.fullmatch(_ENDING.sub("", text))
    bare = re.sub(r"[\s'’´`]", "", written[1]) if written else ""
    if not bare or _BAD_GROUP[sign].search(bare):
        return UNREADABLE
    try:
        return Decimal(_with_point(bare, sign))
    except InvalidOperation:
        return UNREADABLE


def side_of(cell: Cell) -> str:
    """What is written around a number, such as its minus: the same for two amounts of one side."""
    if isinstance(cell, str):
        return _NUMBER.sub("", _ENDING.sub("", cell))
    return "-" if isinstance(cell, int | float) and cell < 0 else ""


def _with_point(text: str, sign: DecimalSign) -> str:
    return text.replace(".", "").replace(",", ".") if sign == "," else text.replace(",", "")
