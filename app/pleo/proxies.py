"""Which proxy leads to a server, by what the desktop's environment says. Read here, because httpx knows the names of
hosts in NO_PROXY only, and ends with an error of its own where a variable holds anything else."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.request import getproxies

import httpx

from app.errors import SettingsProblem, naming_menus
from app.messages import said

_USUAL_PORTS = {"http": 80, "https": 443}
_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class NamedProxy:
    """`address` as httpx takes it, which may hold a password; `source` is who named it: a variable, or a setting."""

    address: str = field(repr=False)
    source: str

    @property
    def place(self) -> str:
        """Host and port, as they may be said."""
        url = httpx.URL(self.address)
        host = f"[{url.host}]" if ":" in url.host else url.host
        return f"{host}:{url.port or _USUAL_PORTS[url.scheme]}"


def proxy_by_system(host: str, scheme: str, of_system: Mapping[str, str] | None = None) -> NamedProxy | None:
    """The proxy to go through; None for the straight way. `of_system` has its words by the kind of address: https,
    http, all, and no for the exceptions.

    Raises SettingsProblem for a proxy that cannot be used, which names the variable.
    """
    found = getproxies() if of_system is None else of_system
    kind = next((kind for kind in (scheme, "all") if found.get(kind)), None)
    if kind is None or _is_excepted(host, found.get("no", "")):
        return None
    return usable_proxy(found[kind], _source_of(kind))


def usable_proxy(text: str, source: str) -> NamedProxy:
    """Raises SettingsProblem, which names where the address comes from; a password in it is not repeated."""
    address = text.strip()
    address = address if "://" in address else f"http://{address}"
    scheme = address.partition("://")[0].casefold()
    if scheme not in _USUAL_PORTS:
        raise _unusable(
            said(
                "{source} names a proxy of the kind {kind}://, which Signoff cannot use",
                source=source,
                kind=scheme[:20],
            )
        )
    try:
        url = httpx.URL(address)
        is_usable = bool(url.host) and (url.port is None or 0 < url.port <= _HIGHEST_PORT)
    except (httpx.InvalidURL, ValueError):
        is_usable = False
    if not is_usable:
        raise _unusable(
            said(
                "{source} names no proxy that can be reached: it is not an address such as http://proxy:8080",
                source=source,
            )
        )
    return NamedProxy(address, source)


def _unusable(title: str) -> SettingsProblem:
    return SettingsProblem(
        title,
        advice=naming_menus(
            said(
                "Set it to the address of an http proxy, or choose the way out under Tools, Settings, Network. "
                "Nothing was sent."
            )
        ),
    )


def _source_of(kind: str) -> str:
    """The variable that says it, or the system's own setting."""
    names = (f"{kind}_proxy", f"{kind}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), said("The proxy setting of the operating system"))


def _is_excepted(host: str, exceptions: str) -> bool:
    """As curl reads it: names with all that ends in them, addresses, and ranges of addresses; * excepts everything."""
    name = host.casefold().strip("[]").removesuffix(".")
    entries = [entry for entry in (part.strip().casefold() for part in exceptions.split(",")) if entry]
    return any(_covers(entry, name) for entry in entries)


def _covers(entry: str, name: str) -> bool:
    if entry == "*":
        return True
    bare = entry.partition("://")[2] or entry
    try:
        network = ipaddress.ip_network(bare.strip("[]"), strict=False)
    except ValueError:
        domain = bare.lstrip("*").strip(".").partition(":")[0]
        return bool(domain) and (name == domain or name.endswith(f".{domain}"))
    try:
        return ipaddress.ip_address(name) in network
    except ValueError:
        return False  # a name: which address it has is the proxy's to find out
