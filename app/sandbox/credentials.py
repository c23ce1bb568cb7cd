"""Who is calling. Credentials are accepted without an account and steered by how they begin, as test cards do:

    wrong…, expired…, revoked…   401
    readonly…                    403 on every write (the scope export-jobs:write is missing)
    noitems…                     403 on export-items (the scope export-items:read is missing)
    organisation…                organisation level: company_id is required on the list of jobs
    anything else                full access to all simulated companies

A key is the user name of HTTP Basic, its password empty; an access token goes in as Bearer. Neither is kept or logged.
Access tokens that the sandbox itself issued are judged by grants.py.
"""

import base64
import binascii
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from app.sandbox.reply import Refusal

READ_JOBS: Final = "export-jobs:read"
WRITE_JOBS: Final = "export-jobs:write"
READ_ITEMS: Final = "export-items:read"

_NAMESPACE: Final = uuid.UUID("6f1d3a0e-54b6-4f0c-9a5b-1f1e0c3d7a11")
_REFUSED: Final = {
    "wrong": "The credential is not known.",
    "expired": "The credential has expired.",
    "revoked": "The credential has been revoked.",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """What a credential allows, and nothing of the credential itself."""

    auth_method: str
    scopes: frozenset[str]
    is_organisation: bool
    client_id: str = str(uuid.uuid5(_NAMESPACE, "client"))

    def demand(self, scope: str) -> None:
        """Refusal 403 where the scope is missing."""
        if scope not in self.scopes:
            raise Refusal(403, "FORBIDDEN", f"The credential does not have the scope {scope}.")

    def introspection(self, companies: Collection[str]) -> dict[str, str]:
        """The body of `GET /v1/introspect`. The caller sees all companies, so that it speaks for their organisation
        where they are several."""
        subject = f"organisation:{uuid.uuid5(_NAMESPACE, 'organisation')}"
        if len(companies) == 1 and not self.is_organisation:
            subject = f"company:{next(iter(companies))}"
        return {
            "authMethod": self.auth_method,
            "clientId": self.client_id,
            "scope": " ".join(sorted(self.scopes)),
            "applicationName": "Signoff sandbox",
            "subjectURN": f"urn:pleo:{subject}",
        }


def caller_of(authorization: str | None) -> Caller:
    """Reads an Authorization header; Refusal 401 when it is missing, malformed, empty or marked to be refused."""
    scheme, _, value = (authorization or "").strip().partition(" ")
    match scheme.lower():
        case "basic":
            method, secret = "API_KEY", _user_name(value)
        case "bearer":
            method, secret = "OAUTH2", bearer_of(authorization)
        case _:
            raise unauthorized("A credential is required: Basic or Bearer.")
    if not secret:
        raise unauthorized("The credential is empty.")
    for beginning, message in _REFUSED.items():
        if secret.startswith(beginning):
            raise unauthorized(message)
    withheld = {WRITE_JOBS} if secret.startswith("readonly") else set()
    withheld |= {READ_ITEMS} if secret.startswith("noitems") else set()
    scopes = frozenset({READ_JOBS, WRITE_JOBS, READ_ITEMS} - withheld)
    return Caller(method, scopes, secret.startswith("organisation"))


def bearer_of(authorization: str | None) -> str:
    """The access token of a header; empty where it is no Bearer."""
    scheme, _, value = (authorization or "").strip().partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _user_name(encoded: str) -> str:
    try:
        user, _, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise unauthorized("The Basic credential is malformed.") from None
    if password:
        raise unauthorized("The API key is the user name; the password must be empty.")
    return user


def unauthorized(message: str) -> Refusal:
    return Refusal(401, "UNAUTHORIZED", message, {"WWW-Authenticate": 'Basic realm="Pleo sandbox", Bearer'})
