from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from time import perf_counter
from typing import Any, Generic

from PySide6.QtCore import Qt

from ui.tables.column import Column, R
from ui.tables.ranks import Ranks, Steps, order_steps, rank_steps, reordered

SortKey = tuple[int, Qt.SortOrder]
_STEP_SECONDS = 0.003


class Ordering(Generic[R]):
    """The order of all rows, and what is prepared so that a click on a header finds it ready."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        self._columns = columns
        self._rows: Sequence[R] = ()
        self._ranks: dict[int, Ranks] = {}
        self._ascending: dict[int, Ranks] = {}
        self._sorted: Sequence[int] | None = None
        self._edition = 0
        self.keys: tuple[SortKey, ...] = ()

    def take(self, rows: Sequence[R]) -> None:
        self._rows = rows
        self._ranks.clear()
        self._ascending.clear()
        self._sorted = None
        self._edition += 1

    def take_changed(self, rows: Sequence[R], positions: Sequence[int]) -> None:
        """As many rows as before, others at these positions; columns whose keys stayed keep what was prepared."""
        before, prepared = self._rows, dict(self._ranks)
        ascending, was_sorted = dict(self._ascending), self._sorted
        self.take(rows)
        for column, ranks in prepared.items():
            key_of = self._key_of(column)
            if all(key_of(before[position]) == key_of(rows[position]) for position in positions):
                self._ranks[column] = ranks
                if column in ascending:
                    self._ascending[column] = ascending[column]
        if all(column in self._ranks for column, _ in self.keys):
            self._sorted = was_sorted

    def sort_by(self, keys: Sequence[SortKey]) -> None:
        self.keys = tuple(keys)
        self._sorted = None

    def prepare(self, column: int) -> None:
        for _ in self._steps_of(column):
            pass

    def steps(self, columns: Iterable[int]) -> Iterator[None]:
        """Prepares these columns; between two steps the event loop may turn. Ends where the rows become others."""
        edition, since = self._edition, perf_counter()
        for column in columns:
            for _ in self._steps_of(column):
                if perf_counter() - since >= _STEP_SECONDS:
                    yield
                    since = perf_counter()
                if self._edition != edition:
                    return

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

    def _steps_of(self, column: int) -> Steps[None]:
        edition = self._edition
        if column in self._ranks:
            return
        ranks = yield from rank_steps(self._rows, self._key_of(column))
        ascending = yield from order_steps(ranks)
        if edition == self._edition:
            self._ranks[column], self._ascending[column] = ranks, ascending

    def _key_of(self, column: int) -> Any:
        return self._columns[column].sort_key or self._columns[column].value
