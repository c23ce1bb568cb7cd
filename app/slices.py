"""Long work in slices of a few milliseconds, between which an event loop may turn."""

from collections.abc import Generator, Iterator
from typing import TypeVar

Result = TypeVar("Result")
Steps = Generator[None, None, Result]

ROWS_AT_ONCE = 2_000


def slices(total: int) -> Iterator[slice]:
    for start in range(0, total, ROWS_AT_ONCE):
        yield slice(start, min(total, start + ROWS_AT_ONCE))


def finished(steps: Steps[Result]) -> Result:
    """The result, for whom nobody waits meanwhile."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
