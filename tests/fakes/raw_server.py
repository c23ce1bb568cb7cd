"""A server of loopback that says exactly what a test wants, byte for byte, and keeps what it heard."""

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

SILENCE = b"silence"
HANG_UP = b"hang up"
RESET = b"reset"


def answer(status: int, body: str | bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
    content = body.encode() if isinstance(body, str) else body
    named = {"Content-Length": str(len(content)), "Content-Type": "application/json"} | dict(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} Word\r\n{head}Connection: close\r\n\r\n".encode() + content


def json_answer(value: Any, status: int = 200) -> bytes:
    return answer(status, json.dumps(value))


def cut(whole: bytes, bytes_missing: int = 5) -> bytes:
    """The answer without its last bytes; the connection is closed after it."""
    return whole[:-bytes_missing]


@dataclass(frozen=True)
class Heard:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class RawServer:
    """Gives its answers in order, the last one from then on; byte by byte where there are seconds between them. Lives
    inside the loop of the test."""

    def __init__(self, *answers: bytes, tls: ssl.SSLContext | None = None, seconds_between_bytes: float = 0) -> None:
        self._answers = list(answers)
        self._seconds_between_bytes = seconds_between_bytes
        self._tls = tls
        self.heard: list[Heard] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self._tls)
        self.url = f"{'https' if self._tls else 'http'}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self._end = asyncio.Event()
        self._talks: set[asyncio.Task[None] | None] = set()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._server.close()
        await asyncio.gather(*(talk for talk in self._talks if talk), return_exceptions=True)
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talks.add(asyncio.current_task())
        try:
            self.heard.append(await _request(reader))
            said = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            if said == SILENCE:
                await self._end.wait()
            elif said == RESET:
                raw = writer.get_extra_info("socket")
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            elif said != HANG_UP:
                await self._say(said, writer)
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    async def _say(self, said: bytes, writer: asyncio.StreamWriter) -> None:
        if not self._seconds_between_bytes:
            writer.write(said)
            await writer.drain()
            return
        for byte in said:
            writer.write(bytes([byte]))
            await writer.drain()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._end.wait(), self._seconds_between_bytes)


async def _request(reader: asyncio.StreamReader) -> Heard:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Heard(method, target, headers, await reader.readexactly(int(headers.get("content-length", 0))))


def closed_port() -> int:
    """A port of loopback where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
