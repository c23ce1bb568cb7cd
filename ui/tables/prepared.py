from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic

from app.slices import Slices, slices
from ui.tables.changes import Changes
from ui.tables.column import R
from ui.tables.ordering import Ordering
from ui.tables.ranks import ROWS_IN_A_SLICE


@dataclass(frozen=True, slots=True)
class ShownRows(Generic[R]):
    """The rows that a table shows at the moment, with their ids and their positions by id."""

    rows: Sequence[R]
    ids: Sequence[Hashable]
    position: Mapping[Hashable, int]

    def find(self, position: int, row_id: Hashable) -> R | None:
        """The row with this id; most often it stands where it stood."""
        if position < len(self.ids) and self.ids[position] == row_id:
            return self.rows[position]
        place = self.position.get(row_id)
        return None if place is None else self.rows[place]


@dataclass(slots=True)
class PreparedRows(Generic[R]):
    """Rows on their way into a table, with all that it must know of them.

    `follows` are the rows that they were compared with, None for another list. Where every row stands where it stood,
    `changed` are the positions of those that show something else; None where not. `marked` are the ids of rows whose
    change is worth a mark.
    """

    rows: list[R]
    ids: list[Hashable]
    position: dict[Hashable, int]
    ordering: Ordering[R]
    follows: Sequence[R] | None = None
    changed: list[int] | None = None
    marked: set[Hashable] = field(default_factory=set)


def identified(
    rows: Sequence[R], row_id: Callable[[R], Hashable]
) -> Slices[tuple[list[Hashable], dict[Hashable, int]]]:
    """Ids, and the first position of each."""
    ids: list[Hashable] = []
    position: dict[Hashable, int] = {}
    for part in slices(len(rows), ROWS_IN_A_SLICE):
        more = [row_id(row) for row in rows[part]]
        for place, each in enumerate(more, part.start):
            position.setdefault(each, place)
        ids += more
        yield
    return ids, position


def compare(
    fresh: Sequence[R], ids: Sequence[Hashable], known: ShownRows[R], changes: Changes[R]
) -> Slices[tuple[list[int] | None, set[Hashable]]]:
    """`changed` and `marked` of prepared rows."""
    stands = len(ids) == len(known.ids)
    changed: list[int] = []
    marked: set[Hashable] = set()
    for part in slices(len(fresh), ROWS_IN_A_SLICE):
        for place in range(part.start, part.stop):
            row_id, now = ids[place], fresh[place]
            was = known.find(place, row_id)
            if was is None or was is now:
                continue
            if changes.differ(was, now):
                marked.add(row_id)
                changed.append(place)
            elif not changes.show_the_same(was, now):
                changed.append(place)
        stands = stands and ids[part] == known.ids[part]
        yield
    return (changed if stands else None), marked
