"""Faults of the wire: a small proxy in front of a sandbox that breaks the connection at a named place.

It reads one HTTP/1.1 request at a time, hands it on, and closes the connection after the answer, so that the next
request meets a new connection. Only what Signoff sends is understood: bodies with Content-Length.
"""

import asyncio
import contextlib
import functools
import gzip
import json
import socket
import struct
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Literal, Self, get_args
from urllib.parse import urlsplit

from app.sandbox.places import PLACES, Place, place_of
from app.sandbox.server import address_of, listening_socket

WireKind = Literal[
    "reset_before",
    "reset_after",
    "silence_before",
    "silence_after",
    "cut",
    "then_refuse",
    "drip",
    "gzip_bomb",
    "old",
    "new",
    "other_job",
    "other_company",
]
WIRE_KINDS: Final[tuple[WireKind, ...]] = get_args(WireKind)

_DRIP_SECONDS: Final = 0.2
_ANOTHER: Final = "00000000-0000-4000-8000-00000000000b"
# l_onoff 1, l_linger 0: closing sends a reset instead of an orderly end.
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class WireFault:
    """What happens to the next `times` requests at a place.

    reset_before: the connection is reset, the sandbox never sees the request. reset_after: reset once the sandbox has
    processed it. silence_before, silence_after: no answer ever comes, without or with processing. cut: half of the
    answer, then the connection is closed. then_refuse: answered as usual, but the door is closed before the answer
    leaves, so that the next connection is refused until `open_door`. drip: processed, and answered byte by byte without
    an end. gzip_bomb: processed, and answered with a hundred megabytes in a hundred kilobytes. old: the first answer
    that a read of the same address was ever given, as by a copy of the data that lags behind; new: as usual, between
    old ones. other_job, other_company: the answer names another one; a job of it has ended well.
    """

    place: Place
    kind: WireKind
    times: int = 1

    def __post_init__(self) -> None:
        """ValueError for a place or a kind that does not exist."""
        if self.place not in PLACES or self.kind not in WIRE_KINDS:
            raise ValueError(f"no such fault: {self.kind!r} at {self.place!r}")


class WireFaults:
    """The proxy, on a thread of its own from `__enter__` to `__exit__`; `url` is what the client is to be given."""

    def __init__(self, upstream_url: str) -> None:
        upstream = urlsplit(upstream_url)
        self._upstream = (upstream.hostname or "127.0.0.1", upstream.port or 80)
        self._armed: list[WireFault] = []
        self._first_answers: dict[bytes, bytes] = {}
        self._open = contextlib.ExitStack()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._port = 0
        self.url = ""

    def __enter__(self) -> Self:
        thread = threading.Thread(target=self._loop.run_forever, name="wire faults")
        thread.start()
        self._open.callback(self._loop.close)
        self._open.callback(thread.join)
        self._open.callback(self._loop.call_soon_threadsafe, self._loop.stop)
        self._open.callback(lambda: self._run(self._end()))
        self.open_door()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def arm(self, *faults: WireFault) -> None:
        """Arms faults, in this order."""
        for fault in faults:
            self._armed.extend([fault] * fault.times)

    @property
    def is_spent(self) -> bool:
        """Whether every armed fault has met its request."""
        return not self._armed

    def disarm(self) -> None:
        self._armed.clear()
        self._first_answers.clear()

    def close_door(self) -> None:
        """Connections are refused from now on; those that are open stay."""
        self._run(self._close_door())

    def open_door(self) -> None:
        """Connections are taken (again), at the same port."""
        self._run(self._open_door())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.result(timeout=10)

    async def _open_door(self) -> None:
        if self._server is None:
            listener = listening_socket(self._port)
            self.url, self._port = address_of(listener), listener.getsockname()[1]
            self._server = await asyncio.start_server(self._talk, sock=listener)

    async def _close_door(self) -> None:
        # Not wait_closed: from Python 3.12 on it waits for the open connections as well.
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _end(self) -> None:
        await self._close_door()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)
        try:
            head, body = await _read_request(reader)
            await self._serve(head, body, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the peer went away, or the proxy ends: nothing is left to say on this connection
        finally:
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        kind = self._take(head, body)
        if kind == "reset_before":
            return _reset(writer)
        if kind == "silence_before":
            await asyncio.Event().wait()
        answer = await self._answer(head, body, is_old=kind == "old")
        if kind == "reset_after":
            return _reset(writer)
        if kind == "silence_after":
            await asyncio.Event().wait()
        if kind == "drip":
            await _drip(writer)
        if kind == "then_refuse":
            await self._close_door()
        writer.write(_spoiled(answer, kind))
        await writer.drain()
        return None

    async def _answer(self, head: bytes, body: bytes, *, is_old: bool) -> bytes:
        """The sandbox's, or the first one that a read of the same address was given."""
        method, target = head.split(b" ", 2)[:2]
        if is_old and target in self._first_answers:
            return self._first_answers[target]
        answer = await self._forward(head, body)
        if method == b"GET":
            self._first_answers.setdefault(target, answer)
        return answer

    def _take(self, head: bytes, body: bytes) -> WireKind | None:
        method, target = head.split(b" ", 2)[:2]
        place = place_of(method.decode("latin-1"), target.decode("latin-1").partition("?")[0], body)
        for fault in self._armed:
            if fault.place == place:
                self._armed.remove(fault)
                return fault.kind
        return None

    async def _forward(self, head: bytes, body: bytes) -> bytes:
        """The sandbox's whole answer; the sandbox is asked to close, so that its end is known."""
        reader, writer = await asyncio.open_connection(*self._upstream)
        try:
            lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
            writer.write(b"\r\n".join([*lines[:-2], b"Connection: close", b"", b""]) + body)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def _read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head, await reader.readexactly(length)


def _spoiled(answer: bytes, kind: WireKind | None) -> bytes:
    match kind:
        case "cut":
            return _half(answer)
        case "gzip_bomb":
            return _with_body(answer, _bomb(), b"Content-Encoding: gzip\r\n")
        case "other_job" | "other_company":
            return _about_another(answer, kind)
        case _:
            return answer


async def _drip(writer: asyncio.StreamWriter) -> None:
    """The head, and a body that never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(_DRIP_SECONDS)


@functools.cache
def _bomb() -> bytes:
    return gzip.compress(bytes(100_000_000), 1)


def _with_body(answer: bytes, body: bytes, more: bytes = b"") -> bytes:
    """The same answer with another body, and a 200 in place of what can have none."""
    lines = answer.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    kept = [line for line in lines if not line.lower().startswith((b"content-length:", b"transfer-encoding:"))]
    head = b"\r\n".join([b"HTTP/1.1 200 OK", *kept, b"Content-Length: %d" % len(body)])
    return head + b"\r\n" + more + b"\r\n" + body


def _about_another(answer: bytes, kind: WireKind) -> bytes:
    body = json.loads(answer.partition(b"\r\n\r\n")[2])
    data = body["data"]
    for row in data if isinstance(data, list) else [data]:
        if kind == "other_company":
            row["companyId"] = _ANOTHER
        else:
            row["exportJobId" if "accountingEntryId" in row else "id"] = _ANOTHER
        row["status"] = "successful" if "accountingEntryId" in row else "completed"
    return _with_body(answer, json.dumps(body).encode())


def _half(answer: bytes) -> bytes:
    """Half of the body; half of the head where there is no body, as with 202."""
    head, end, body = answer.partition(b"\r\n\r\n")
    return head + end + body[: len(body) // 2] if body else head[: len(head) // 2]


def _reset(writer: asyncio.StreamWriter) -> None:
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    writer.transport.abort()
