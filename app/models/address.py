"""One spelling for each server, so that two ways to write its address do not make two of it."""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


_THIS_MACHINE: Final = "127.0.0.1"


def is_address(text: str) -> bool:
    """Whether it is nothing but the address of a server. What holds a user, a query, a fragment or a backslash leads
    elsewhere than it reads, and programs do not agree where."""
    return text.isprintable() and not any(letter in "@?#\\" or letter.isspace() for letter in text)


def server_of(address: str) -> str:
    """The address as servers are told apart by it, in one spelling and with one name for this very machine: what
    `localhost`, 127.0.0.1 and ::1 lead to is one. It is compared, never called."""
    spelled = one_spelling(address)
    try:
        parts = urlsplit(spelled)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return spelled
    if not _is_this_machine(host):
        return spelled
    place = _THIS_MACHINE if port is None else f"{_THIS_MACHINE}:{port}"
    return f"{parts.scheme}://{place}{parts.path}"


def _is_this_machine(host: str) -> bool:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found) in (_THIS_MACHINE, "::1")


def host_shown(address: str) -> str:
    """The host, and the port where one is named, in letters of which none looks like another alphabet's: a name in
    other scripts as the network knows it (xn--…). Text that is no address as it is, escaped."""
    if not is_address(address):
        return ascii(address)[1:-1]
    try:
        parts = urlsplit(one_spelling(address))
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except ValueError:
        return ascii(address)[1:-1]
    if not host:
        return ascii(address)[1:-1]
    host = f"[{host}]" if ":" in host else host
    return host if port is None else f"{host}:{port}"


def one_spelling(address: str) -> str:
    """The host in small letters, without the port that goes without saying; text that is no address as it is."""
    if not is_address(address):
        return address
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return address
    if not host:
        return address
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"
    return f"{parts.scheme}://{place}{parts.path}".rstrip("/")
