"""Connections as they are stored, with keys of no value."""

from fakes.builders import COMPANY_ID

from app.settings.connections import Connection, Environment, SignInKind
from app.settings.settings import Settings

STORED = Connection(
    name="Acme",
    environment=Environment.OTHER,
    base_url="https://stored.example",
    company_id=COMPANY_ID,
    sign_in=SignInKind.ACCESS_TOKEN,
)


def two_stored(settings: Settings) -> tuple[Connection, Connection]:
    acme, beta = (
        Connection(name=name, environment=Environment.OTHER, base_url="https://same.example")
        for name in ("Acme", "Beta")
    )
    settings.save(acme, "key-of-acme")
    settings.save(beta, "key-of-beta")
    return acme, beta


def connection_to(url: str) -> Connection:
    return Connection(name="x", environment=Environment.OTHER, base_url=url)
