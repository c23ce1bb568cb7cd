"""Whether the columns of a list hold what their headings promise. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from app.posting_lists.headings import Recognised, recognise_row, roles_of_heading
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.table import Cell, PostingTable, text_of

_SAMPLE_CELLS: Final = 100
_LEAST_SHARE: Final = 0.5
_DAY: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ].*)?")


def with_fitting_columns(found: Recognised, table: PostingTable) -> Recognised:
    """The same headings, without what their columns cannot be: Valuta over days is no currency."""
    if found.row is None:
        return found
    first = found.row + 1

    @cache
    def sample(column: int) -> list[Cell]:
        return _sample(table.columns[column], first)

    @cache
    def has_days(column: int) -> bool:
        return _are_days(sample(column))

    head = table.row(found.row)
    amount_columns = [place for place, cell in enumerate(head) if ColumnRole.AMOUNT in roles_of_heading(text_of(cell))]
    most_amounts = max((_filled(sample(place)) for place in amount_columns), default=0)

    def is_unfit(column: int, role: ColumnRole) -> bool:
        if role in (ColumnRole.CURRENCY, ColumnRole.STATUS):
            return has_days(column)
        return role is ColumnRole.AMOUNT and _filled(sample(column)) < _LEAST_SHARE * most_amounts

    fitting = recognise_row(found.row, head, is_unfit)
    taken = set(fitting.roles.values())
    roles: dict[ColumnRole, int] = dict(fitting.roles)
    for role, column in found.roles.items():
        instead = {ColumnRole.CURRENCY: ColumnRole.DATE, ColumnRole.STATUS: ColumnRole.POSTING_DATE}.get(role)
        if instead and column not in taken and instead not in roles and has_days(column):
            roles[instead] = column
    return replace(fitting, roles=roles)


def _sample(cells: Sequence[Cell], first: int) -> list[Cell]:
    return list(cells[first :: max(1, len(cells) // _SAMPLE_CELLS)])


def _filled(cells: Sequence[Cell]) -> int:
    return sum(1 for cell in cells if text_of(cell))


def _are_days(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if text_of(cell)]
    days = sum(1 for cell in filled if isinstance(cell, date) or _DAY.fullmatch(text_of(cell)))
    return bool(filled) and days >= _LEAST_SHARE * len(filled)
