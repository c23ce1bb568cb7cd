"""Long work as steps, between which the loop may turn: `tasks.py` takes a few milliseconds of them at a time."""

from collections.abc import Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")
# Each step at most two milliseconds; T is what it all ends with.
Steps: TypeAlias = Generator[None, None, T]


def at_once(steps: Generator[object, None, T]) -> T:
    """Without a pause, for what is short."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found
