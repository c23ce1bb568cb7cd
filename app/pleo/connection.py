"""How Signoff reaches Pleo: the address, the credential, and the clients that carry them."""

import asyncio
import ipaddress
import ssl
import sys
from collections.abc import Generator
from dataclasses import dataclass, field
from importlib.util import find_spec

import httpx
import truststore

from app.errors import UsageProblem
from app.logs import redaction

# httpcore looks for this module several times in each request, and where it is not installed Python searches all its
# folders each time, unless it was told: a quarter of the time that reading a long list takes.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Credential:
    """An API key (Basic: the key is the user name, the password is empty) or an access token (Bearer).

    Opaque: never parsed, never printed.
    """

    secret: str = field(repr=False)
    is_token: bool = False

    def __post_init__(self) -> None:
        if not self.secret or not all(" " < letter <= "~" for letter in self.secret):
            raise UsageProblem(
                "The key is empty or holds characters that no key has",
                advice="Copy the key again, without spaces or line breaks, and paste it.",
            )

    def auth(self) -> httpx.Auth:
        return _Bearer(self.secret) if self.is_token else httpx.BasicAuth(self.secret, "")


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._header
        yield request


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. A write waits longer for its answer, because not knowing is worse than waiting."""

    connect: float = 10
    read: float = 20
    write_answer: float = 30


def checked_base_url(text: str) -> str:
    """The address without a trailing slash. Raises UsageProblem unless it is https, or http to this very machine."""
    address = text.strip().rstrip("/")
    if "@" in address:
        raise UsageProblem(
            "The address must not hold a user name or a password", advice="Enter the key in its own field."
        )
    scheme, host = _scheme_and_host(address)
    if not host or any(letter in "?#\\" or letter.isspace() for letter in address):
        raise UsageProblem(
            f"'{address[:100]}' is not the address of a server", advice="An address looks like https://external.pleo.io"
        )
    if scheme == "https" or (scheme == "http" and is_loopback(host)):
        return address
    raise UsageProblem(
        f"'{address[:100]}' is not a safe address",
        advice="Use https. Plain http is allowed to this machine only, such as http://127.0.0.1:8000.",
    )


def _scheme_and_host(address: str) -> tuple[str, str]:
    """As the client itself will read them, so that what is checked is what is called; empty where it cannot."""
    try:
        url = httpx.URL(address)
        return (url.scheme, url.host) if (url.port or 0) < 65_536 else ("", "")
    except (httpx.InvalidURL, ValueError):
        return "", ""


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


@dataclass(frozen=True, slots=True)
class Channels:
    """`writes` opens a connection for every request: one gone stale would leave a write in doubt for nothing."""

    reads: httpx.AsyncClient
    writes: httpx.AsyncClient

    async def close(self) -> None:
        await self.reads.aclose()
        await self.writes.aclose()


async def open_channels(base_url: str, credential: Credential, timeouts: Timeouts | None = None) -> Channels:
    """Clients for one connection. Redirects are never followed, so no credential travels to another host."""
    address = checked_base_url(base_url)
    redaction.hide(credential.secret)
    # The first client imports its transport, and a TLS context takes some 30 ms: the window must not wait for them.
    return await asyncio.to_thread(_channels, address, credential.auth(), timeouts or Timeouts())


def _channels(address: str, auth: httpx.Auth, limits: Timeouts) -> Channels:
    context = _tls_context()

    def client(read_seconds: float, kept_alive: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=address,
            auth=auth,
            verify=context,
            follow_redirects=False,
            timeout=httpx.Timeout(read_seconds, connect=limits.connect),
            limits=httpx.Limits(max_connections=10, max_keepalive_connections=kept_alive),
            headers={"Accept": "application/json", "User-Agent": "Signoff"},
            trust_env=not is_loopback(httpx.URL(address).host),
        )

    return Channels(reads=client(limits.read, 10), writes=client(limits.write_answer, 0))


def _tls_context() -> ssl.SSLContext:
    """Verified against the operating system's trust store, where a company's own authority is known too."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
