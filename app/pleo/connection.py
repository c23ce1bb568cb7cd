"""How Signoff reaches Pleo: the address, the credential, and the clients that carry them."""

import asyncio
import ipaddress
import ssl
import sys
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

import httpx
import truststore

from app.errors import UsageProblem
from app.messages import said
from app.models.address import is_address, one_spelling
from app.platform.logs import redaction
from app.pleo.exchange import ACCEPTED_ENCODING, ExchangeBounds
from app.pleo.proxies import NamedProxy, proxy_by_system, usable_proxy


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
                said("The key is empty or holds characters that no key has"),
                advice=said("Copy the key again, without spaces or line breaks, and paste it."),
            )

    renewals = 0

    def auth(self) -> httpx.Auth:
        redaction.hide(self.secret)
        return _Bearer(self.secret) if self.is_token else httpx.BasicAuth(self.secret, "")

    async def make_ready(self) -> None:
        """A key is renewed by hand."""

    def vouch(self, renewals: int) -> None:
        """It stays the one that was asked about."""

    async def close(self) -> None:
        """Nothing is ever under way."""


class Signing(Protocol):
    """What signs the requests of one connection: a Credential, or a sign-in that renews itself."""

    @property
    def renewals(self) -> int:
        """How often another secret has taken the place of the first one."""

    def auth(self) -> httpx.Auth: ...

    async def make_ready(self) -> None:
        """Renews the secret where that is due, so that a write need not. Raises PleoProblem."""

    def vouch(self, renewals: int) -> None:
        """The secret after so many renewals was found to speak for the right company. From the first time on, no
        write leaves with another."""

    async def close(self) -> None:
        """Waits for what is under way."""


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._header
        yield request


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. A write waits longer for its answer, because not knowing is worse than waiting. `connect`, `read` and
    `write_answer` count silence; `total` counts from the request to the end of its answer."""

    connect: float = 10
    read: float = 20
    write_answer: float = 30
    total: float = 60


@dataclass(frozen=True, slots=True)
class Network:
    """The way out of this machine. `proxy` is "system", "none", or the address of one.

    `authority` is the company's own as PEM text, trusted beside those of the operating system.
    """

    proxy: str = "system"
    authority: str = ""


def checked_base_url(text: str) -> str:
    """The address in one spelling, without a trailing slash.

    Raises UsageProblem unless it is https, or http to this very machine.
    """
    address = text.strip().rstrip("/")
    if "@" in address:
        raise UsageProblem(
            said("The address must not hold a user name or a password"), advice=said("Enter the key in its own field.")
        )
    scheme, host, spelled = _as_called(address)
    if not host or not is_address(address):
        raise UsageProblem(
            said("'{address}' is not the address of a server", address=address[:100]),
            advice=said("An address looks like https://external.pleo.io"),
        )
    if scheme == "https" or (scheme == "http" and is_loopback(host)):
        return spelled
    raise UsageProblem(
        said("'{address}' is not a safe address", address=address[:100]),
        advice=said("Use https. Plain http is allowed to this machine only, such as http://127.0.0.1:8000."),
    )


def _as_called(address: str) -> tuple[str, str, str]:
    """Scheme, host and the whole address as the client itself will read it, so that what is checked is what is called;
    empty where it cannot."""
    try:
        url = httpx.URL(address)
        return (url.scheme, url.host, one_spelling(str(url))) if (url.port or 0) < 65_536 else ("", "", "")
    except (httpx.InvalidURL, ValueError):
        return "", "", ""


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


# What a cache remembers says nothing of what Pleo holds now.
_NOTHING_CACHED: Final = MappingProxyType({"Cache-Control": "no-cache"})
_KEPT = httpx.Limits(max_connections=10, max_keepalive_connections=10)
_NOT_KEPT = httpx.Limits(max_connections=10, max_keepalive_connections=0)
# Seconds; no server, and nothing before it, hangs up as early.
_KEPT_WHILE_WARM = httpx.Limits(max_connections=10, max_keepalive_connections=1, keepalive_expiry=1)


@dataclass(frozen=True, slots=True)
class Channels:
    """`writes` opens a connection for every request: one gone stale would leave a write in doubt for nothing. `batches`
    follow each other at once, so they go on with a connection while it is warm; without it they are writes as others.
    `proxy` is what all of them go through.
    """

    reads: httpx.AsyncClient
    writes: httpx.AsyncClient
    signing: Signing | None = None
    batches: httpx.AsyncClient | None = None
    bounds: ExchangeBounds = field(default_factory=ExchangeBounds)
    proxy: NamedProxy | None = None

    async def close(self) -> None:
        if self.signing:
            await self.signing.close()
        for client in (self.reads, self.writes, self.batches):
            if client:
                await client.aclose()


async def open_channels(
    base_url: str, signing: Signing, timeouts: Timeouts | None = None, network: Network | None = None
) -> Channels:
    """Clients for one connection. Raises UsageProblem, and SettingsProblem for a proxy that cannot be used."""
    address = checked_base_url(base_url)
    # The first client imports its transport, and a TLS context takes some 30 ms: the window must not wait for them.
    return await asyncio.to_thread(_channels, address, signing, timeouts or Timeouts(), network or Network())


def _channels(address: str, signing: Signing, limits: Timeouts, way: Network) -> Channels:
    context = _tls_context(way.authority)
    read, write = (httpx.Timeout(each, connect=limits.connect) for each in (limits.read, limits.write_answer))
    proxy = proxy_to(address, way)
    return Channels(
        _client(address, signing.auth(), read, _KEPT, proxy, context, _NOTHING_CACHED),
        _client(address, signing.auth(), write, _NOT_KEPT, proxy, context),
        signing,
        _client(address, signing.auth(), write, _KEPT_WHILE_WARM, proxy, context),
        ExchangeBounds(limits.total),
        proxy,
    )


async def open_without_credential(
    base_url: str, timeouts: Timeouts | None = None, network: Network | None = None
) -> httpx.AsyncClient:
    """A client for one server, which is sent nothing but what its requests hold. Raises UsageProblem, and
    SettingsProblem for a proxy that cannot be used."""
    address = checked_base_url(base_url)
    limits, way = timeouts or Timeouts(), network or Network()
    context = await asyncio.to_thread(_tls_context, way.authority)
    timeout = httpx.Timeout(limits.write_answer, connect=limits.connect)
    return _client(address, None, timeout, _NOT_KEPT, proxy_to(address, way), context)


def _client(
    address: str,
    auth: httpx.Auth | None,
    timeout: httpx.Timeout,
    connections: httpx.Limits,
    proxy: NamedProxy | None,
    context: ssl.SSLContext,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> httpx.AsyncClient:
    """Redirects are never followed, so no credential travels to another host, and no cookie is kept."""
    return httpx.AsyncClient(
        base_url=address,
        auth=auth,
        verify=context,
        follow_redirects=False,
        timeout=timeout,
        limits=connections,
        headers={
            "Accept": "application/json",
            "Accept-Encoding": ACCEPTED_ENCODING,
            "User-Agent": "Signoff",
            **headers,
        },
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        proxy=_as_httpx_takes_it(proxy, context),
        trust_env=False,  # what the environment says of proxies has been read
    )


def proxy_to(base_url: str, network: Network) -> NamedProxy | None:
    """What stands between this machine and the server; None for the straight way. Raises SettingsProblem for one that
    cannot be used."""
    server = httpx.URL(base_url)
    if network.proxy == "none" or is_loopback(server.host):  # no proxy knows the way from this machine to itself
        return None
    if network.proxy == "system":
        return proxy_by_system(server.host, server.scheme)
    return usable_proxy(network.proxy, said("Tools, Settings, Network"))


def _as_httpx_takes_it(proxy: NamedProxy | None, context: ssl.SSLContext) -> httpx.Proxy | None:
    if proxy is None:
        return None
    return httpx.Proxy(proxy.address, ssl_context=context if proxy.address.startswith("https:") else None)


def _tls_context(authority: str) -> ssl.SSLContext:
    """Verified against the operating system's trust store, where a company's own authority is known too."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authority:
        context.load_verify_locations(cadata=authority)
    return context


def trusted_authorities(network: Network) -> tuple[int | None, str]:
    """How many authorities servers are verified against, and the newest protocol that is spoken.

    None for the number where the operating system verifies by itself, as Windows and macOS do.
    """
    context = _tls_context(network.authority)
    newest = "TLS 1.3" if ssl.HAS_TLSv1_3 else "TLS 1.2"
    if sys.platform in ("win32", "darwin"):
        return None, newest
    # truststore loads the store for each connection; this one leads nowhere.
    connection = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
    loaded = connection.context.cert_store_stats()["x509_ca"]
    # A folder of certificates is searched only when one is asked for.
    folder = ssl.get_default_verify_paths().capath
    return loaded or (len(list(Path(folder).glob("????????.[0-9]"))) if folder else 0), newest
