"""The columns of a list that have no role, and what they may say against it that a row is posted. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.posting_lists.denials import ColumnSense, sense_of_heading
from app.posting_lists.headings import is_yes_or_no, roles_of_heading
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.mapping import ListMapping, headings_of
from app.posting_lists.quotations import Quotation
from app.posting_lists.table import Cell, PostingTable, RowMark

# What a second column of a role says too.
_ROLES_ASIDE = (ColumnRole.STATUS, ColumnRole.MESSAGE, ColumnRole.REFERENCE)


class ColumnAside(NamedTuple):
    """A column without a role of its own. `role` is what its heading would make it, `sense` what else it says."""

    heading: str
    cells: Sequence[Cell]
    role: ColumnRole | None
    sense: ColumnSense | None

    @property
    def asks_yes_or_no(self) -> bool:
        return is_yes_or_no(self.heading)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands about the rows of a list. `columns` are those with a role and their headings, `titles` say what,
    and quote it; `lines` has the places of rows with few cells, which may be lines above groups, and their texts."""

    columns: Mapping[ColumnRole, tuple[str, Sequence[Cell]]] = field(default_factory=dict)
    aside: Sequence[ColumnAside] = ()
    titles: Sequence[tuple[Quotation, str]] = ()
    marks: Mapping[int, frozenset[RowMark]] = field(default_factory=dict)
    numbers: Sequence[int] = ()
    line: Callable[[int], Sequence[str]] = lambda _place: ()


def columns_aside(
    table: PostingTable, mapping: ListMapping, head_row: int | None, rows: slice
) -> Iterator[ColumnAside]:
    if head_row is None:
        return
    with_role = {*mapping.columns.values()}
    for place, heading in enumerate(headings_of(table, head_row)):
        if place in with_role or place >= len(table.columns):
            continue
        sense = sense_of_heading(heading)
        role = next((role for role in roles_of_heading(heading) if role in _ROLES_ASIDE), None) if not sense else None
        yield ColumnAside(heading, table.columns[place][rows], role, sense)
