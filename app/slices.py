"""Long work in slices of a few milliseconds, between which an event loop may turn."""

from collections.abc import Generator, Iterator
from typing import TypeAlias, TypeVar

Result = TypeVar("Result")
# Each slice is a few milliseconds at most; Result is what it all ends with.
Slices: TypeAlias = Generator[None, None, Result]

ROWS_IN_A_SLICE = 2_000


def slices(total: int, rows_in_a_slice: int = ROWS_IN_A_SLICE) -> Iterator[slice]:
    """The ranges that cut a sequence of this length into slices, in their order."""
    for start in range(0, total, rows_in_a_slice):
        yield slice(start, min(total, start + rows_in_a_slice))


def run_to_end(work: Generator[object, None, Result]) -> Result:
    """What sliced work ends with, without a pause: for what is short, and where nobody waits meanwhile."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
