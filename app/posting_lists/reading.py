"""Reads a list in a process of its own, within bounded time and memory."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.messages import said
from app.platform.worker_process import EndedEarly, TookTooLong, WorkerBounds, parts_of
from app.posting_lists.denials import denials
from app.posting_lists.limits import READING_BYTES, READING_SECONDS
from app.posting_lists.problem import PostingListProblem, too_much_memory
from app.posting_lists.reader import AS_FOUND, read_posting_list
from app.posting_lists.table import Cell, PostingTable, ReadingChoice

_CELLS_AT_ONCE = 10_000
_BOUNDS = WorkerBounds(READING_SECONDS, READING_BYTES)


async def read_apart(path: Path, bounds: WorkerBounds = _BOUNDS, choice: ReadingChoice = AS_FOUND) -> PostingTable:
    """Raises PostingListProblem. Cancelling it ends the reading."""
    columns: dict[int, list[Cell]] = {}
    # What the list will be judged by takes 70 ms to learn, once: not on the thread that nobody may hold.
    await asyncio.to_thread(denials)
    parts = parts_of(_parts, path, choice, bounds=bounds)
    try:
        source, numbers, marks, readings = await anext(parts)
        async for place, cells in parts:
            columns.setdefault(place, []).extend(cells)
    except TookTooLong:
        raise PostingListProblem(
            said("The file was read for {seconds:g} seconds without coming to an end", seconds=bounds.seconds),
            advice=said("Export the list for the period of this job only, or save it as CSV."),
        ) from None
    except EndedEarly:
        raise too_much_memory() from None
    return PostingTable(source, tuple(columns.values()), numbers, marks, readings)


def _parts(path: Path, choice: ReadingChoice) -> Iterator[Any]:
    """A few cells at a time, since unpacking each part holds Python's lock."""
    table = read_posting_list(path, choice)
    yield table.source, table.numbers, table.marks, table.readings
    for place, column in enumerate(table.columns):
        for start in range(0, len(column), _CELLS_AT_ONCE):
            yield place, column[start : start + _CELLS_AT_ONCE]
