"""Reads a list in a process of its own, within bounded time and memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.apart import Bounds, EndedEarly, TookTooLong, parts_of
from app.postings.limits import READING_BYTES, READING_SECONDS
from app.postings.problem import PostingListProblem, too_much_memory
from app.postings.reader import read_posting_list
from app.postings.table import PostingTable

_BOUNDS = Bounds(READING_SECONDS, READING_BYTES)


async def read_apart(path: Path, bounds: Bounds = _BOUNDS) -> PostingTable:
    """Raises PostingListProblem. Cancelling it ends the reading."""
    try:
        source, numbers, *columns = [part async for part in parts_of(_parts, path, bounds=bounds)]
    except TookTooLong:
        raise PostingListProblem(
            f"The file was read for {bounds.seconds:g} seconds without coming to an end",
            advice="Export the list for the period of this job only, or save it as CSV.",
        ) from None
    except EndedEarly:
        raise too_much_memory() from None
    return PostingTable(source, tuple(columns), numbers)


def _parts(path: Path) -> Iterator[Any]:
    """One column at a time, so that none takes long to unpack."""
    table = read_posting_list(path)
    yield table.source
    yield table.numbers
    yield from table.columns
