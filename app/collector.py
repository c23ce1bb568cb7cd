"""Python's cyclic collector while many values come in at once.

It walks over what was made lately, and every now and then over all there is: a hundred thousand rows that are there to
stay would hold the event loop for a quarter of a second each time, to find nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# Walks are over the newest values only, about a millisecond each: what a request leaves behind is among them.
_NEWEST_ONLY = (10_000, 1_000_000, 1_000_000)
# Fewer values than this are walked over before anybody notices.
_MANY = 5_000


@dataclass(slots=True)
class Arrivals:
    """`count` is raised by whom the values come to."""

    count: int = 0


_under_way: list[Arrivals] = []
_usual = gc.get_threshold()


@contextmanager
def many_arrive() -> Iterator[Arrivals]:
    """Short walks within; the last one to end brings the usual ones back. Where many values came in, what is alive at
    the end is not walked over any more: it is freed as ever once nobody holds it, only cycles in it would stay."""
    arrivals = Arrivals()
    _under_way.append(arrivals)
    gc.set_threshold(*_NEWEST_ONLY)
    try:
        yield arrivals
    finally:
        _under_way.pop()
        if arrivals.count >= _MANY:
            gc.freeze()
        if not _under_way:
            gc.set_threshold(*_usual)
