"""One spelling for each server, so that two ways to write its address do not make two of it."""

from typing import Final
from urllib.parse import urlsplit

_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


def one_spelling(address: str) -> str:
    """The host in small letters, without the port that goes without saying; text that is no address as it is."""
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
