"""Work in a process of its own: it never holds this one's event loop, and it ends at a time and a size.

A thread would not do: parsing and writing tables hold Python's lock for hundreds of milliseconds at a time.
"""

import asyncio
import multiprocessing
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from app.errors import SignoffError
from app.messages import said

Part = TypeVar("Part")

# Fork would copy this process's threads and windows half.
_SPAWN = multiprocessing.get_context("spawn")
_SAFE_PATH = "PYTHONSAFEPATH"
_one_start_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class WorkerBounds:
    """`memory_bytes` is kept where the operating system can keep it, which is not Windows."""

    seconds: float
    memory_bytes: int


class TookTooLong(SignoffError):
    """The work did not end in its time, and was ended."""


class EndedEarly(SignoffError):
    """The process ended without an answer, as it does when the system runs out of memory."""


async def parts_of(work: Callable[..., Iterable[Part]], *arguments: Any, bounds: WorkerBounds) -> AsyncIterator[Part]:
    """What `work` yields, one by one. Work, arguments and parts must be picklable; each part is unpacked in one go.

    Raises what the work raised where that is a SignoffError, TookTooLong and EndedEarly. Ending the iteration early,
    or cancelling it, ends the process.
    """
    ours, theirs = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_serve, args=(theirs, bounds, work, arguments), daemon=True)
    deadline = asyncio.get_running_loop().time() + bounds.seconds
    try:
        await asyncio.to_thread(_start, process)
        theirs.close()
        while True:
            kind, said = await _next(ours, deadline - asyncio.get_running_loop().time(), bounds)
            if kind == "end":
                return
            if kind == "problem":
                raise said
            yield said
    finally:
        await asyncio.shield(asyncio.to_thread(_end, process, ours))


def _start(process: Any) -> None:
    """multiprocessing starts Python with `-c`, which looks into the current folder before its own library: a file there
    that is called `struct.py` would be run. Set for the start alone: programs that the window opens keep their ways."""
    with _one_start_at_a_time:
        if os.environ.get(_SAFE_PATH):
            process.start()
            return
        os.environ[_SAFE_PATH] = "1"
        try:
            process.start()
        finally:
            del os.environ[_SAFE_PATH]


async def _next(ours: Connection, seconds_left: float, bounds: WorkerBounds) -> tuple[str, Any]:
    try:
        return await asyncio.to_thread(_received, ours, max(0.0, seconds_left), bounds)
    except (EOFError, OSError):
        raise EndedEarly(said("The work ended before its time")) from None


def _received(ours: Connection, seconds_left: float, bounds: WorkerBounds) -> tuple[str, Any]:
    if not ours.poll(seconds_left):
        raise TookTooLong(said("The work took longer than {seconds:g} seconds, and was ended", seconds=bounds.seconds))
    kind, answer = ours.recv()
    return kind, answer


def _end(process: Any, ours: Connection) -> None:
    if process.pid is not None:
        process.kill()
        process.join()
        process.close()
    ours.close()


def _serve(
    theirs: Connection, bounds: WorkerBounds, work: Callable[..., Iterable[Any]], arguments: tuple[Any, ...]
) -> None:
    """In the other process."""
    limit_memory(bounds.memory_bytes)
    with suppress(BrokenPipeError):
        try:
            for part in work(*arguments):
                theirs.send(("part", part))
            theirs.send(("end", None))
        except SignoffError as problem:
            theirs.send(("problem", problem))


def limit_memory(most_bytes: int) -> None:
    """For the rest of this process; nothing where the system has no such limit."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, hard))
