"""The columns of a list that have no role, and what they may say against it that a row is posted. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.posting_lists.denials import ColumnSense, affirms, is_denied_in_a_title, sense_of_heading
from app.posting_lists.headings import is_yes_or_no, roles_of_heading
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.mapping import ListMapping, headings_of
from app.posting_lists.quotations import Quotation
from app.posting_lists.table import Cell, PostingTable, RowMark, text_of

# What a second column of a role says too.
_ROLES_ASIDE = (ColumnRole.STATUS, ColumnRole.MESSAGE, ColumnRole.REFERENCE)
_EMPTY: Final = (None, "")
_MOST_GROUPS: Final = 12


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
        cells = table.columns[place][rows]
        role = _role_of(heading) if not sense else None
        yield ColumnAside(heading, cells if role or sense else _filled_down(cells), role, sense)


def _role_of(heading: str) -> ColumnRole | None:
    if is_yes_or_no(heading):
        return ColumnRole.STATUS
    return next((role for role in roles_of_heading(heading) if role in _ROLES_ASIDE), None)


def _filled_down(cells: Sequence[Cell]) -> Sequence[Cell]:
    """What the first row of a group says in a cell that was merged with those below it, for each of its rows: only
    where the column begins with such a word and holds no others, of which one says that it is posted."""
    if not cells or not _speaks_of_posting(text_of(cells[0])):  # as of most columns
        return cells
    different = {*cells}
    words = {text_of(cell) for cell in different if cell not in _EMPTY} if len(different) <= _MOST_GROUPS else set()
    if len(words) == len(different) or not any(map(affirms, words)) or not all(map(_speaks_of_posting, words)):
        return cells
    filled: list[Cell] = []
    for cell in cells:
        filled.append(filled[-1] if cell in _EMPTY else cell)
    return filled


def _speaks_of_posting(word: str) -> bool:
    return affirms(word) or is_denied_in_a_title(word)
