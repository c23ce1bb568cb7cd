"""What a list says against it that its rows are posted: in other columns, in titles, in the lines above groups, and by
what its file says of a row. Pure; in slices.

Each different cell is judged once. Most lists have few of them, and nothing in them that denies anything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from app.posting_lists.columns_aside import ColumnAside, Surroundings
from app.posting_lists.denials import affirms, is_a_day, is_denied_in_a_title, says_no, says_yes
from app.posting_lists.group_lines import denied_groups
from app.posting_lists.known_words import ColumnRole, StatusMeaning, known_words, status_key
from app.posting_lists.mapping import ListMapping
from app.posting_lists.match_result import Doubt
from app.posting_lists.quotations import Quotation, column_says, other_row_says
from app.posting_lists.reversed_numbers import named_by_others
from app.posting_lists.table import Cell, RowMark, text_of
from app.posting_lists.watched_columns import WatchedColumn, watched_columns
from app.slices import Slices, slices

_MARKS: Final = {RowMark.HIDDEN: Doubt.HIDDEN, RowMark.STRUCK: Doubt.STRUCK, RowMark.OVERLONG: Doubt.OVERLONG}
# These are held against a row whatever it says; the others only against one that says it is posted, or says nothing.
_AGAINST_ANY: Final = frozenset((*_MARKS.values(), Doubt.TAKEN_BACK, Doubt.STATUSES_DISAGREE))
_TAKE_BACK: Final = (Doubt.DENIED, Doubt.TAKEN_BACK)
_MOST_OBJECTIONS: Final = 3
_LONGEST_QUOTED: Final = 80


class Objection(NamedTuple):
    """`quoted` makes a sentence of what it `says`; None for a mark of the file, which says nothing."""

    doubt: Doubt
    quoted: Quotation | None = None
    says: str = ""

    def counts_against(self, status: StatusMeaning | None) -> bool:
        if status is StatusMeaning.OPEN:
            return False
        return self.doubt in _AGAINST_ANY or status is not StatusMeaning.FAILED


Objections = Mapping[int, Sequence[Objection]]


def objections_to(around: Surroundings, mapping: ListMapping) -> Slices[dict[int, tuple[Objection, ...]]]:
    """Rows with the same only objection share it, however many there are."""
    found: dict[int, tuple[Objection, ...]] = {}
    for place, marks in around.marks.items():
        _note(found, [place], *(Objection(_MARKS[mark]) for mark in sorted(marks)))
    groups = yield from denied_groups(around)
    for quoted, says, places in (*_denied_titles(around), *groups):
        for part in slices(len(places)):
            _note(found, places[part], Objection(Doubt.DENIED, quoted, says[:_LONGEST_QUOTED]))
            yield
    denied: dict[int, str] = {}
    for watched in watched_columns(around, mapping):
        yield from _note_cells(found, denied, watched)
    for row, says, place in (yield from named_by_others(denied, around)):
        _note(found, [place], Objection(Doubt.DENIED, partial(other_row_says, row), says[:_LONGEST_QUOTED]))
    yield from _note_statuses(found, around, mapping)
    return found


def _note_cells(
    found: dict[int, tuple[Objection, ...]], denied: dict[int, str], watched: WatchedColumn
) -> Slices[None]:
    doubts = yield from _objecting(watched)
    wrong = {cell: _of_cell(doubt, watched.heading, cell) for cell, doubt in doubts.items()}
    for part in slices(len(watched.cells) if wrong else 0):
        places_of: dict[Cell, list[int]] = {}
        for place, cell in enumerate(watched.cells[part], part.start):
            if cell in wrong:
                places_of.setdefault(cell, []).append(place)
        for cell, places in places_of.items():
            _note(found, places, wrong[cell])
            if doubts[cell] in _TAKE_BACK:
                denied.update((place, f"{denied.get(place, '')} {text_of(cell)}") for place in places)
        yield


def _note(found: dict[int, tuple[Objection, ...]], places: Iterable[int], *objections: Objection) -> None:
    for place in places:
        noted = found.get(place)
        found[place] = (*noted, *objections)[:_MOST_OBJECTIONS] if noted else objections[:_MOST_OBJECTIONS]


def _of_cell(doubt: Doubt, heading: str, cell: Cell) -> Objection:
    return Objection(doubt, partial(column_says, doubt, heading), text_of(cell)[:_LONGEST_QUOTED])


def _denied_titles(around: Surroundings) -> Iterator[tuple[Quotation, str, range]]:
    for quoted, says in around.titles:
        if is_denied_in_a_title(says):
            yield quoted, says, range(len(around.numbers))


def _objecting(watched: WatchedColumn) -> Slices[dict[Cell, Doubt]]:
    """Those of the different cells that object."""
    cells, different = watched.cells, set[Cell]()
    for part in slices(len(cells)):
        if _may_object(watched, cells[part]):
            different.update(cells[part])
        yield
    waiting, wrong = list(different), dict[Cell, Doubt]()
    for part in slices(len(waiting)):
        wrong.update((cell, doubt) for cell in waiting[part] if (doubt := watched.judged(cell)))
        yield
    return wrong


def _may_object(watched: WatchedColumn, cells: Sequence[Cell]) -> bool:
    try:
        return watched.may_object(cells)
    except TypeError:  # a cell that is no text
        return True


def _note_statuses(found: dict[int, tuple[Objection, ...]], around: Surroundings, mapping: ListMapping) -> Slices[None]:
    """Every other column of statuses must agree with the first."""
    first = around.columns.get(ColumnRole.STATUS, ("", ()))[1]
    for aside in around.aside:
        if aside.role is not ColumnRole.STATUS:
            continue
        is_filled = any(map(text_of, set(aside.cells)))
        judged: dict[tuple[Cell, Cell], Doubt | None] = {}
        for part in slices(len(aside.cells) if is_filled else 0):
            words = first[part] or [None] * len(aside.cells[part])
            for place, pair in enumerate(zip(words, aside.cells[part], strict=True), part.start):
                if pair not in judged:
                    judged[pair] = _doubt_of_statuses(mapping.meaning(text_of(pair[0])), pair[1], aside, mapping)
                doubt = judged[pair]
                if doubt:
                    _note(found, [place], _of_cell(doubt, aside.heading, pair[1]))
            yield


def _doubt_of_statuses(
    first: StatusMeaning | None, cell: Cell, aside: ColumnAside, mapping: ListMapping
) -> Doubt | None:
    text = text_of(cell)
    meaning = mapping.meaning(text)
    if aside.asks_yes_or_no and (says_yes(cell) or says_no(cell)):
        meaning = StatusMeaning.SUCCESSFUL if says_yes(cell) else StatusMeaning.OPEN
    elif is_a_day(cell) and affirms(aside.heading):  # on which it was posted
        meaning = StatusMeaning.SUCCESSFUL
    elif not text:
        return None
    if meaning is not None:
        return None if meaning is (first or StatusMeaning.SUCCESSFUL) else Doubt.STATUSES_DISAGREE
    return None if status_key(text) in known_words().asked and first else Doubt.STATUSES_DISAGREE
