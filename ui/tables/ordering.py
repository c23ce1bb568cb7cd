from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any, Generic

from PySide6.QtCore import Qt

from app.slices import Slices, slices
from ui.tables.column import Column, R
from ui.tables.ranks import ROWS_IN_A_SLICE, Ranks, order_slices, rank_slices, reordered

SortKey = tuple[int, Qt.SortOrder]


class Ordering(Generic[R]):
    """The order of rows that stay, and what is prepared so that a click on a header finds it ready."""

    def __init__(self, columns: Sequence[Column[R]], rows: Sequence[R] = ()) -> None:
        self._columns = columns
        self._rows = rows
        self._ranks: dict[int, Ranks] = {}
        self._ascending: dict[int, Ranks] = {}
        self._sorted: Sequence[int] | None = None
        self.keys: tuple[SortKey, ...] = ()

    def of_rows(self, rows: Sequence[R], changed: Sequence[int] | None = None) -> "Slices[Ordering[R]]":
        """The same order of other rows, ready to be shown.

        `changed` are the positions of those that differ from the rows before; columns whose keys stayed keep what was
        prepared. None where rows stand elsewhere.
        """
        fresh = Ordering(self._columns, rows)
        fresh.keys = self.keys
        if changed is not None:
            for column in tuple(self._ranks):
                if (yield from self._keeps_keys(column, rows, changed)):
                    fresh._ranks[column], fresh._ascending[column] = self._ranks[column], self._ascending[column]
        for column, _ in self.keys:
            yield from fresh._slices_of(column)
        fresh.whole()
        return fresh

    def _keeps_keys(self, column: int, rows: Sequence[R], changed: Sequence[int]) -> Slices[bool]:
        key_of, before = self._key_of(column), self._rows
        for part in slices(len(changed), ROWS_IN_A_SLICE):
            if any(key_of(before[place]) != key_of(rows[place]) for place in changed[part]):
                return False
            yield
        return True

    def sort_by(self, keys: Sequence[SortKey]) -> None:
        self.keys = tuple(keys)
        self._sorted = None

    def prepare(self, column: int) -> None:
        for _ in self._slices_of(column):
            pass

    def slices(self, columns: Iterable[int]) -> Slices[None]:
        """Prepares these columns; between two slices the event loop may turn."""
        for column in columns:
            yield from self._slices_of(column)

    def whole(self) -> Sequence[int]:
        if not self.keys:
            return range(len(self._rows))
        if self._sorted is None:
            self._sorted = self._sort()
        return self._sorted

    def among(self, positions: Sequence[int]) -> Sequence[int]:
        """These positions, which ascend, in order."""
        order = self.whole()
        if isinstance(order, range):
            return positions
        mask = bytearray(len(order))
        for position in positions:
            mask[position] = 1
        return list(compress(order, map(mask.__getitem__, order)))

    def _sort(self) -> Sequence[int]:
        for column, _ in self.keys:
            if column not in self._ranks:
                self.prepare(column)
        *first, (column, direction) = self.keys
        descending = direction is Qt.SortOrder.DescendingOrder
        order: Sequence[int] = self._ascending[column].tolist()
        if descending:
            order = reordered(order, self._ranks[column], descending=True)
        for column, direction in reversed(first):
            order = reordered(order, self._ranks[column], descending=direction is Qt.SortOrder.DescendingOrder)
        return order

    def _slices_of(self, column: int) -> Slices[None]:
        if column in self._ranks:
            return
        ranks = yield from rank_slices(self._rows, self._key_of(column))
        self._ranks[column], self._ascending[column] = ranks, (yield from order_slices(ranks))

    def _key_of(self, column: int) -> Any:
        return self._columns[column].sort_key or self._columns[column].value
