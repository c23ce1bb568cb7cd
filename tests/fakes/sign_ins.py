"""Connections to a simulated Pleo as if it were a real one, with the journal of real ones."""

from app.composition.sign_in import SignIn
from app.models.vocabulary import CompanyId
from app.pleo.connection import Credential
from app.settings.connections import Connection, ConnectionId


def sign_in_to(url: str, key: str = "a-key", company: CompanyId | None = None) -> SignIn:
    connection = Connection(id=ConnectionId("test"), name="Test", base_url=url, company_id=company)
    return SignIn(connection, Credential(key))
