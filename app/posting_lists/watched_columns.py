"""Columns of a list whose cells may say that a row is not posted, or no longer. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from app.posting_lists.columns_aside import ColumnAside, Surroundings
from app.posting_lists.denials import (
    ColumnSense,
    affirms,
    denials,
    has_letters_of_no_number,
    have_letters_of_no_number,
    is_denied_as_a_kind,
    is_denied_beside_an_id,
    is_denied_in_a_cell,
    is_denied_in_a_title,
    is_denied_in_passing,
    is_harmless,
    is_no_number,
    is_unmistakably_denied,
    number_shapes,
    says_no,
    sense_of_heading,
)
from app.posting_lists.error_numbers import numbers_of_errors
from app.posting_lists.known_words import ColumnRole, StatusMeaning, status_key
from app.posting_lists.mapping import ListMapping
from app.posting_lists.match_result import Doubt
from app.posting_lists.table import Cell, text_of

_SUBMITTED: Final = "1"
_DIGITS: Final = frozenset("0")
_MESSAGES: Final = (ColumnRole.MESSAGE, ColumnRole.FAILURE_TYPE)
# A general reversal in the two digits that DATEV has had; newer ones have a column of its own.
_REVERSES: Final = re.compile(r"[23678]\d")
_IN_DAYS: Final = "-./:"


# What a cell says against a posting; None where it does not.
Judgement = Callable[[Cell], Doubt | None]


class WatchedColumn(NamedTuple):
    """`may_object` looks at many cells at once, so that most need not be looked at one by one. It raises
    TypeError for cells that are no text."""

    heading: str
    cells: Sequence[Cell]
    judged: Judgement
    may_object: Callable[[Sequence[Cell]], bool] = bool


def watched_columns(around: Surroundings, mapping: ListMapping) -> Iterator[WatchedColumn]:
    has_status = any(map(text_of, set(around.columns.get(ColumnRole.STATUS, ("", ()))[1])))
    for role, (heading, cells) in around.columns.items():
        if role in _WATCHED:
            yield WatchedColumn(heading, cells, *_WATCHED[role])
            if role is ColumnRole.VOUCHER and not has_status and (errors := numbers_of_errors(around, cells)):
                yield WatchedColumn(heading, cells, partial(_of_an_error, errors))
        elif role in _MESSAGES:
            yield WatchedColumn(heading, cells, _message(heading, has_status=has_status))
        elif role is ColumnRole.POSTING_DATE and not has_status and affirms(heading) and any(cells):
            yield WatchedColumn(heading, cells, _not_yet, _have_gaps)
    for aside in around.aside:
        judged = _of_aside(aside, mapping, has_status=has_status)
        if judged:
            yield WatchedColumn(aside.heading, aside.cells, judged)


def _of_an_error(errors: frozenset[str], cell: Cell) -> Doubt | None:
    return Doubt.VOUCHER_OF_AN_ERROR if text_of(cell) in errors else None


def _not_yet(cell: Cell) -> Doubt | None:
    """Of the days on which entries were posted: where there is none, it may be to come."""
    return None if text_of(cell) else Doubt.DENIED


def _have_gaps(cells: Sequence[Cell]) -> bool:
    return not all(cells)


def _have_denials(cells: Sequence[Cell]) -> bool:
    return is_denied_in_passing("\n".join({*cells}))  # type: ignore[arg-type]  # many are alike


def _have_words(cells: Sequence[Cell]) -> bool:
    return " " in "\n".join(cells)  # type: ignore[arg-type]


def _are_no_plain_numbers(cells: Sequence[Cell]) -> bool:
    """Whether any may be words, a power of ten, or a day."""
    shapes = number_shapes("\n".join(cells))  # type: ignore[arg-type]
    text = "\n".join(shapes)
    if " " in text or "+" in text or not {shape[-1:] for shape in shapes if shape} <= _DIGITS:
        return True
    has_days = any(map(text.__contains__, _IN_DAYS))
    if have_letters_of_no_number(text):
        return True
    return has_days and not {shape[:1] for shape in shapes if shape}.isdisjoint(_DIGITS)


def _of_aside(aside: ColumnAside, mapping: ListMapping, *, has_status: bool) -> Judgement | None:
    message = _message(aside.heading, has_status=has_status)

    def refusal(cell: Cell) -> Doubt | None:
        return Doubt.DENIED if _refuses(text_of(cell), mapping) else None

    by_sense: dict[ColumnSense, Judgement] = {
        ColumnSense.TAKEN_BACK: lambda cell: None if says_no(cell) else Doubt.TAKEN_BACK,
        ColumnSense.DATEV_KEY: _denied_by(_REVERSES.fullmatch),
        ColumnSense.WITHHELD: lambda cell: None if says_no(cell) else Doubt.DENIED,
        ColumnSense.DOCSTATUS: lambda cell: None if text_of(cell) in (_SUBMITTED, "") else Doubt.DENIED,
        ColumnSense.APPROVAL: refusal,
        ColumnSense.ANSWER: refusal,
        ColumnSense.REMARK: message,
        ColumnSense.FAULT: message,
        ColumnSense.KIND: _denied(is_denied_as_a_kind),
        ColumnSense.PAYMENT: _denied(is_unmistakably_denied),
    }
    if aside.sense:
        return by_sense.get(aside.sense, _denied(is_denied_in_passing))
    if aside.role is ColumnRole.MESSAGE:
        return message
    if aside.role is None:
        return _denied(is_denied_in_a_cell)
    return _denied(is_denied_beside_an_id) if aside.role is ColumnRole.REFERENCE else None


def _denied(says_so: Callable[[str], bool]) -> Judgement:
    """Of cells that hold numbers mostly: what ends in a digit and is one word is not looked at."""

    def judged(cell: Cell) -> Doubt | None:
        is_a_word = isinstance(cell, str) and (" " in cell or not cell[-1:].isdigit())
        return Doubt.DENIED if is_a_word and says_so(text_of(cell)) else None

    return judged


def _denied_by(says_so: Callable[[str], object]) -> Judgement:
    return lambda cell: Doubt.DENIED if says_so(text_of(cell)) else None


def _voucher(cell: Cell) -> Doubt | None:
    if is_no_number(cell):
        return Doubt.VOUCHER_UNREADABLE
    text = text_of(cell)
    has_digits = any(map(str.isdigit, text))
    return Doubt.DENIED if is_denied_in_a_cell(text) or (has_digits and has_letters_of_no_number(text)) else None


def _message(heading: str, *, has_status: bool) -> Judgement:
    is_remark = has_status and sense_of_heading(heading) is ColumnSense.REMARK

    def judged(cell: Cell) -> Doubt | None:
        text = text_of(cell)
        is_message = not is_harmless(text) and (not is_remark or is_denied_in_a_title(text))
        return Doubt.MESSAGE_GIVEN if is_message else None

    return judged


def _refuses(text: str, mapping: ListMapping) -> bool:
    meaning = mapping.meaning(text)
    return meaning in (StatusMeaning.FAILED, StatusMeaning.OPEN) or is_denied_in_a_cell(text) or _says_a_plain_no(text)


def _says_a_plain_no(text: str) -> bool:
    return status_key(text) in denials().no or text == "0"


_OF_IDS: Final = (_denied(is_denied_beside_an_id), _have_words)
_WATCHED: Final[Mapping[ColumnRole, tuple[Judgement, Callable[[Sequence[Cell]], bool]]]] = {
    ColumnRole.VOUCHER: (_voucher, _are_no_plain_numbers),
    ColumnRole.LINK: (_denied(is_denied_in_a_cell), bool),
    ColumnRole.TEXT: (_denied(is_denied_in_passing), _have_denials),
    ColumnRole.REFERENCE: _OF_IDS,
    ColumnRole.ENTRY_ID: _OF_IDS,
    ColumnRole.RECONCILIATION_ID: _OF_IDS,
}
