"""Connections to a simulated Pleo as if it were a real one, with the journal of real ones."""

from app.composition.sign_in import SignIn
from app.pleo.connection import Credential
from app.settings.connections import Connection, ConnectionId, Environment


def sign_in_to(url: str, key: str = "a-key") -> SignIn:
    connection = Connection(id=ConnectionId("test"), name="Test", environment=Environment.OTHER, base_url=url)
    return SignIn(connection, Credential(key))
