"""Connections as they are stored, with keys of no value."""

from fakes.builders import COMPANY_ID

from app.settings.connections import Connection, SignInKind
from app.settings.settings import Settings

STORED = Connection(
    name="Acme",
    base_url="https://stored.example",
    company_id=COMPANY_ID,
    sign_in=SignInKind.ACCESS_TOKEN,
)


def two_stored(settings: Settings) -> tuple[Connection, Connection]:
    acme, beta = (Connection(name=name, base_url="https://same.example") for name in ("Acme", "Beta"))
    settings.save(acme, "key-of-acme")
    settings.save(beta, "key-of-beta")
    return acme, beta


def connection_to(url: str) -> Connection:
    return Connection(name="x", base_url=url)
