"""Columns of a list whose cells may say that a row is not posted, or no longer. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from app.posting_lists.columns_aside import ColumnAside, Surroundings
from app.posting_lists.denials import (
    ColumnSense,
    denials,
    is_denied_in_a_cell,
    is_denied_in_a_title,
    is_denied_in_passing,
    is_harmless,
    is_no_number,
    says_no,
    sense_of_heading,
)
from app.posting_lists.known_words import ColumnRole, StatusMeaning, status_key
from app.posting_lists.mapping import ListMapping
from app.posting_lists.match_result import Doubt
from app.posting_lists.table import Cell, text_of

_SUBMITTED: Final = "1"


class WatchedColumn(NamedTuple):
    """A column with the doubt that a cell of it raises where it objects. A cell that objects has the sign `needs`."""

    heading: str
    cells: Sequence[Cell]
    doubt: Doubt
    objects: Callable[[Cell], bool]
    needs: str = ""


def watched_columns(around: Surroundings, mapping: ListMapping) -> Iterator[WatchedColumn]:
    has_status = any(map(text_of, set(around.columns.get(ColumnRole.STATUS, ("", ()))[1])))
    for role, (heading, cells) in around.columns.items():
        if role is ColumnRole.MESSAGE:
            yield WatchedColumn(heading, cells, Doubt.MESSAGE_GIVEN, _of_message(heading, has_status=has_status))
        elif role is ColumnRole.VOUCHER:
            yield WatchedColumn(heading, cells, Doubt.VOUCHER_UNREADABLE, is_no_number)
            yield WatchedColumn(heading, cells, Doubt.DENIED, _of_words(is_denied_in_a_cell))
        elif role is ColumnRole.LINK:
            yield WatchedColumn(heading, cells, Doubt.DENIED, _of_words(is_denied_in_a_cell))
        elif role is ColumnRole.TEXT:
            yield WatchedColumn(heading, cells, Doubt.DENIED, _of_words(is_denied_in_passing))
        elif role is ColumnRole.REFERENCE:
            yield WatchedColumn(heading, cells, Doubt.DENIED, _of_words(is_denied_in_passing), " ")
    for aside in around.aside:
        objection = _of_aside(aside, mapping, has_status=has_status)
        if objection:
            yield WatchedColumn(aside.heading, aside.cells, *objection)


def _of_aside(
    aside: ColumnAside, mapping: ListMapping, *, has_status: bool
) -> tuple[Doubt, Callable[[Cell], bool]] | None:
    by_sense = {
        ColumnSense.TAKEN_BACK: (Doubt.TAKEN_BACK, lambda cell: not says_no(cell)),
        ColumnSense.DOCSTATUS: (Doubt.DENIED, lambda cell: text_of(cell) not in (_SUBMITTED, "")),
        ColumnSense.APPROVAL: (Doubt.DENIED, lambda cell: _refuses(text_of(cell), mapping)),
        ColumnSense.REMARK: (Doubt.MESSAGE_GIVEN, _of_message(aside.heading, has_status=has_status)),
        ColumnSense.PAYMENT: (Doubt.DENIED, _of_words(is_denied_in_passing)),
    }
    if aside.sense:
        return by_sense.get(aside.sense)
    if aside.role is ColumnRole.MESSAGE:
        return by_sense[ColumnSense.REMARK]
    if aside.role is None:
        return Doubt.DENIED, _of_words(is_denied_in_a_cell)
    return (Doubt.DENIED, _of_words(is_denied_in_passing)) if aside.role is ColumnRole.REFERENCE else None


def _of_words(denied: Callable[[str], bool]) -> Callable[[Cell], bool]:
    """Of cells that hold numbers mostly: what ends in a digit and is one word is not looked at."""

    def objects(cell: Cell) -> bool:
        return isinstance(cell, str) and (" " in cell or not cell[-1:].isdigit()) and denied(text_of(cell))

    return objects


def _of_message(heading: str, *, has_status: bool) -> Callable[[Cell], bool]:
    is_remark = has_status and sense_of_heading(heading) is ColumnSense.REMARK

    def objects(cell: Cell) -> bool:
        text = text_of(cell)
        return not is_harmless(text) and (not is_remark or is_denied_in_a_title(text))

    return objects


def _refuses(text: str, mapping: ListMapping) -> bool:
    meaning = mapping.meaning(text)
    return meaning in (StatusMeaning.FAILED, StatusMeaning.OPEN) or is_denied_in_a_cell(text) or _says_a_plain_no(text)


def _says_a_plain_no(text: str) -> bool:
    return status_key(text) in denials().no or text == "0"
