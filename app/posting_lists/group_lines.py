"""Lines above groups of rows, such as: Not posted. Pure; in slices."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from app.posting_lists.columns_aside import Surroundings
from app.posting_lists.denials import (
    affirms,
    is_denied_in_a_title,
    is_unmistakably_denied,
    proves_no_entry,
)
from app.posting_lists.known_words import ColumnRole, known_words, status_key
from app.posting_lists.quotations import Quotation, line_above_says
from app.posting_lists.table import Cell, text_of
from app.slices import Slices, slices

_TOLD: Final = (
    ColumnRole.RECONCILIATION_ID,
    ColumnRole.ENTRY_ID,
    ColumnRole.REFERENCE,
    ColumnRole.DATE,
    ColumnRole.POSTING_DATE,
    ColumnRole.AMOUNT,
    ColumnRole.CREDIT,
    ColumnRole.CURRENCY,
    ColumnRole.STATUS,
    ColumnRole.VOUCHER,
    ColumnRole.TEXT,
)
_IDS: Final = _TOLD[:3]
_MOST_CELLS_OF_A_LINE: Final = 3
_SHORTEST_ID: Final = 8
_AN_ACCOUNT: Final = re.compile(r"\d{3,8}\s+[^\W\d]")


def denied_groups(around: Surroundings) -> Slices[list[tuple[Quotation, str, range]]]:
    """What quotes each denial, what it says, and the rows that it counts for: all below it, until a line affirms or
    gives the total."""
    found: list[tuple[Quotation, str, range]] = []
    began: tuple[int, str] | None = None

    def end(place: int) -> None:
        if began:
            quoted = partial(line_above_says, around.numbers[began[0]])
            found.append((quoted, began[1], range(began[0], place)))

    for place, said in (yield from _lines(around)):
        is_sum = _is_of_a_total(said)
        if is_denied_in_a_title(said) and not _names_an_account(said):
            end(place)
            began = None if is_sum else (place, said)
        elif began and not is_sum and affirms(said):
            end(place)
            began = None
    end(len(around.numbers))
    return found


def _names_an_account(text: str) -> bool:
    """Such as: 1450 Work in progress. What cannot mean anything else is no name."""
    return _AN_ACCOUNT.match(text) is not None and not is_unmistakably_denied(text)


def _is_of_a_total(text: str) -> bool:
    totals = known_words().totals
    words = text.split()
    return any(status_key(" ".join(words[:count])) in totals for count in (1, 2))


def _lines(around: Surroundings) -> Slices[list[tuple[int, str]]]:
    """The rows in which most of what a list tells is empty, and what they begin with."""
    telling = [around.columns[role][1] for role in _TOLD if role in around.columns]
    places: list[tuple[int, str]] = []
    for part in slices(len(around.numbers)):
        columns = [cells[part] for cells in telling]
        if _are_mostly_sparse(columns):
            for place, cells in enumerate(zip(*columns, strict=True), part.start):
                if sum(map(bool, cells)) * 2 <= len(cells) and (said := _said_of_a_group(around, place)):
                    places.append((place, said))
        yield
    return places


def _are_mostly_sparse(columns: Sequence[Sequence[Cell]]) -> bool:
    """Whether at least half of them have an empty cell."""
    full = 0
    for cells in columns:
        full += all(cells)
        if full * 2 > len(columns):
            return False
    return True


def _said_of_a_group(around: Surroundings, place: int) -> str:
    """The text of a line above a group, which has hardly more than that; "" of a row."""
    texts = around.line(place)
    if not texts or len(texts) > _MOST_CELLS_OF_A_LINE:
        return ""
    own = (ColumnRole.MESSAGE,) if len(texts) == 1 else (ColumnRole.STATUS, ColumnRole.VOUCHER, ColumnRole.MESSAGE)
    of_a_row = [text for role in own if (text := _said_by_a_row(around, role, place))]
    if not texts[0].endswith(":") and any(text != texts[0] or len(texts) == 1 for text in of_a_row):
        return ""
    if is_denied_in_a_title(texts[0]) or _names_an_item(around, place):
        return texts[0]
    return " ".join(texts)


def _said_by_a_row(around: Surroundings, role: ColumnRole, place: int) -> str:
    """A word in the place of a number may be one about the group."""
    text = text_of(around.columns[role][1][place]) if role in around.columns else ""
    return "" if role is ColumnRole.VOUCHER and proves_no_entry(text) else text


def _names_an_item(around: Surroundings, place: int) -> bool:
    """Whether it may be a row with few cells: an id is long, one word, and not letters alone."""
    ids = (text_of(around.columns[role][1][place]) for role in _IDS if role in around.columns)
    return any(len(text) >= _SHORTEST_ID and " " not in text and any(map(str.isdigit, text)) for text in ids)
