from collections.abc import Callable, Hashable, Mapping
from typing import Generic

from ui.tables.column import R


class Changes(Generic[R]):
    """Which rows are others than when they were last read, until somebody has seen them.

    `compared` answers what of a row makes it another one, `alike` whether the columns show the same of two rows; None
    takes the whole row.
    """

    def __init__(
        self, compared: Callable[[R], object] | None = None, alike: Callable[[R, R], bool] | None = None
    ) -> None:
        self._compared = compared
        self._alike = alike
        self.ids: set[Hashable] = set()

    def differ(self, was: R, now: R) -> bool:
        """Whether the change is worth a mark."""
        if self._compared is None:
            return was != now
        before, after = self._compared(was), self._compared(now)
        return before is not after and before != after

    def show_the_same(self, was: R, now: R) -> bool:
        return was == now if self._alike is None else self._alike(was, now)

    def keep(self, known: Mapping[Hashable, int]) -> None:
        """Marks of rows that are gone go with them."""
        self.ids = {row_id for row_id in self.ids if row_id in known}
