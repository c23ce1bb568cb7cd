"""Python's cyclic collector while many values come in at once.

It walks over what was made lately, and every now and then over all there is: a hundred thousand rows that are there to
stay would hold the event loop for a quarter of a second each time, to find nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# Walks are over the newest values only, a few milliseconds each: what a request leaves behind is among them.
_NEWEST = 5_000
_NEVER = 1_000_000
# Fewer values than this are walked over before anybody notices.
_MANY = 5_000


@dataclass(slots=True, eq=False)
class Arrivals:
    """`count` is raised by whom the values come to. After so many new ones there is a walk over them."""

    count: int = 0
    walked_after: int = _NEWEST


_under_way: list[Arrivals] = []
_usual = gc.get_threshold()


@contextmanager
def many_arrive(count: int = 0, *, leave_garbage: bool = True) -> Iterator[Arrivals]:
    """Short walks within, or none where what comes leaves no garbage; the last one to end brings the usual ones back.
    `count` is how many come, where that is known before.

    Where many values came in, what is alive at the end is not walked over any more: it is freed as ever once nobody
    holds it, only cycles in it would stay.
    """
    arrivals = Arrivals(count, walked_after=_NEWEST if leave_garbage else _NEVER)
    _under_way.append(arrivals)
    _set_thresholds()
    try:
        yield arrivals
    finally:
        _under_way.remove(arrivals)
        if arrivals.count >= _MANY:
            gc.freeze()
        _set_thresholds()


def _set_thresholds() -> None:
    if _under_way:
        gc.set_threshold(max(arrivals.walked_after for arrivals in _under_way), _NEVER, _NEVER)
    else:
        gc.set_threshold(*_usual)
