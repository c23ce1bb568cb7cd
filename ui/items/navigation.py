"""From item to item by what it needs: pure, over the rows as they are shown."""

from collections.abc import Callable, Sequence

from ui.items.view_model import ItemRow
from ui.theme.status import StatusLook

_NEEDS_ATTENTION = (StatusLook.FAILED, StatusLook.OPEN, StatusLook.UNKNOWN)


def needs_attention(row: ItemRow) -> bool:
    """What has an outcome drafted waits for it to be sent, unless Pleo refused it."""
    return row.look in _NEEDS_ATTENTION and (row.draft is None or row.draft.refusal is not None)


def has_failed(row: ItemRow) -> bool:
    return row.look is StatusLook.FAILED


def next_place(
    rows: Sequence[ItemRow], current: int, is_wanted: Callable[[ItemRow], bool], *, backwards: bool = False
) -> int | None:
    """The place of the next wanted row after `current` (-1 for none), around the end; None where there is none."""
    count = len(rows)
    step = -1 if backwards else 1
    start = current if current >= 0 else (0 if backwards else -1)
    for distance in range(1, count + 1):
        place = (start + step * distance) % count
        if is_wanted(rows[place]):
            return place
    return None
