from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic

from ui.tables.column import R


class Changes(Generic[R]):
    """Which rows are others than when they were last read, until somebody has seen them."""

    def __init__(self, compared: Callable[[R], object] | None) -> None:
        self._compared = compared
        self.ids: set[Hashable] = set()

    def mark(self, row_id: Hashable, was: R, now: R) -> bool:
        if self.differ(was, now):
            self.ids.add(row_id)
            return True
        return False

    def mark_all(self, rows: Iterable[tuple[Hashable, R]], find: Callable[[Hashable], R | None]) -> None:
        for row_id, now in rows:
            was = find(row_id)
            if was is not None:
                self.mark(row_id, was, now)

    def differ(self, was: R, now: R) -> bool:
        if was is now:
            return False
        return was != now if self._compared is None else self._compared(was) != self._compared(now)

    def keep(self, row_ids: Sequence[Hashable]) -> None:
        """Marks of rows that are gone go with them."""
        if self.ids:
            self.ids.intersection_update(row_ids)
