"""Waits on this very machine for the browser to bring Pleo's answer (RFC 8252): one answer, then it is closed.

What is not that answer is told so and changes nothing: the browser asks for an icon, an older tab is loaded again, a
page of somebody else's guesses. Only the right state ends the wait, so nobody else can end it either.
"""

import asyncio
import errno
import hmac
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qsl, urlsplit

from app.errors import SignInFailed
from app.messages import said, shown, spoken_language
from app.platform.logs import redaction
from app.pleo.oauth import Redirect

_REQUEST_SECONDS = 5
_LONGEST_REQUEST = 16_384
_BACKLOG = 16
# Where any port will do: one that is free for the one family can be taken for the other.
_PORTS_TRIED = 20
# This machine has no such address, so nobody else can listen there either.
_NO_SUCH_FAMILY = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)

_DONE = (
    200,
    said("Pleo has answered"),
    said("Go back to Signoff: it says how the sign-in ended. This page can be closed."),
)
_NOT_OURS = (
    400,
    said("Not the answer that is waited for"),
    said("This page belongs to an older sign-in. Go back to Signoff."),
)
_NOWHERE = (404, said("Nothing is here"), said("Go back to Signoff."))
_WRONG_METHOD = (405, said("Nothing is sent here"), said("Go back to Signoff."))
Page = tuple[int, str, str]

_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What the browser brought: a code, or Pleo's error in its place."""

    code: str = field(default="", repr=False)
    error: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        redaction.hide(self.code)


def judge_request(method: str, target: str, path: str, state: str) -> tuple[Page, ConsentAnswer | None]:
    """The page to answer with, and what the request brought if it is the one that is waited for."""
    parts = urlsplit(target)
    if parts.path != path:
        return _NOWHERE, None
    if method != "GET":
        return _WRONG_METHOD, None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    found = dict(pairs)
    is_single = len(found) == len(pairs)
    if not is_single or not hmac.compare_digest(found.get("state", "").encode(), state.encode()):
        return _NOT_OURS, None
    if bool(found.get("code")) == bool(found.get("error")):
        return _NOT_OURS, None
    return _DONE, _answer_in(found)


def _answer_in(found: Mapping[str, str]) -> ConsentAnswer:
    return ConsentAnswer(found.get("code", ""), found.get("error", ""), found.get("error_description", ""))


class Loopback:
    """`redirect_uri` is the address with the port that is listened on. `expect` begins the wait for one state."""

    def __init__(self, redirect: Redirect, port: int) -> None:
        self.redirect_uri = redirect.address(port)
        self._hosts = {f"{host}:{port}" for host in ("localhost", "127.0.0.1", "[::1]")}
        self._path = redirect.path
        self._state: str | None = None
        self._answer: asyncio.Future[ConsentAnswer] = asyncio.get_running_loop().create_future()
        self._talks: set[asyncio.Task[None]] = set()

    def expect(self, state: str) -> None:
        self._state = state

    async def answer(self) -> ConsentAnswer:
        return await self._answer

    async def close(self) -> None:
        """Lets the last page go out; whoever still has said nothing is cut off."""
        if self._talks:
            _, hanging = await asyncio.wait(self._talks, timeout=0.2)
            for talk in hanging:
                talk.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._talks.add(task)
        task.add_done_callback(self._talks.discard)
        brought: ConsentAnswer | None = None
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                page, brought = self._judge(head.decode("latin-1"))
                writer.write(_response(page))
                await writer.drain()
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError):
            pass  # whoever this was asked for nothing that is here
        finally:
            writer.close()
            if brought and not self._answer.done():
                self._answer.set_result(brought)

    def _judge(self, head: str) -> tuple[Page, ConsentAnswer | None]:
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        # A page elsewhere whose name was made to lead here still sends its own name.
        if headers.get("host", "").lower() not in self._hosts:
            return _NOWHERE, None
        if self._answer.done() or self._state is None:
            return _NOT_OURS, None
        return judge_request(method, target, self._path, self._state)


@asynccontextmanager
async def listening(redirect: Redirect) -> AsyncIterator[Loopback]:
    """Listens from here to the end of the block. Raises SignInFailed where another program has any of the addresses
    that the browser may try: it would be brought the answer."""
    with ExitStack() as sockets:
        listeners = [sockets.enter_context(each) for each in _bound(redirect)]
        loopback = Loopback(redirect, listeners[0].getsockname()[1])
        servers = [
            await asyncio.start_server(loopback.talk, sock=each, limit=_LONGEST_REQUEST, backlog=_BACKLOG)
            for each in listeners
        ]
        try:
            yield loopback
        finally:
            for server in servers:
                server.close()
            await loopback.close()
            for server in servers:
                await server.wait_closed()


def _bound(redirect: Redirect) -> list[socket.socket]:
    tries_left = 1 if redirect.port else _PORTS_TRIED
    while True:
        tries_left -= 1
        try:
            return _bound_once(redirect)
        except OSError as error:
            if not tries_left:
                raise SignInFailed(
                    _not_bound(redirect.port, str(error.strerror)),
                    advice=said("Another program uses it, or a sign-in in another window. End that, then try again."),
                ) from None


def _not_bound(port: int | None, why: str) -> str:
    if port:
        return said("Signoff cannot wait for the browser on port {port}: {why}", port=port, why=why)
    return said("Signoff cannot wait for the browser on a port that is free: {why}", why=why)


def _bound_once(redirect: Redirect) -> list[socket.socket]:
    """Both families for localhost, since browsers differ in which they try first. Raises OSError."""
    listeners = [_bind(socket.AF_INET, "127.0.0.1", redirect.port or 0)]
    if redirect.host == "localhost":
        try:
            listeners.append(_bind(socket.AF_INET6, "::1", listeners[0].getsockname()[1]))
        except OSError as error:
            if error.errno not in _NO_SUCH_FAMILY:
                listeners[0].close()
                raise
    return listeners


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    """Taken for good: two that only bind could share an address until one of them listens."""
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where a second program could take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _response(page: Page) -> bytes:
    status = page[0]
    title, words = (escape(shown(text), quote=False) for text in page[1:])
    body = (
        f'<!doctype html><html lang="{spoken_language().code}"><meta charset="utf-8">'
        f'<title>{title}</title><body style="font-family: sans-serif; margin: 4em">'
        f"<h1>{title}</h1><p>{words}</p>"
    ).encode()
    head = (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nX-Content-Type-Options: nosniff\r\n"
    )
    allow = "Allow: GET\r\n" if status == 405 else ""
    return f"{head}{allow}\r\n".encode() + body
