"""The stored connections: everything but their secrets."""

import ipaddress
import uuid
from collections.abc import Iterable
from dataclasses import KW_ONLY, field
from enum import StrEnum
from pathlib import Path
from typing import NewType
from urllib.parse import urlsplit

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem, naming_menus
from app.messages import said
from app.models.address import one_spelling
from app.models.vocabulary import CompanyId, FailureType
from app.settings.json_file import JsonFile, form_of

ConnectionId = NewType("ConnectionId", str)


class Environment(StrEnum):
    """Where a connection leads. It follows from the address, and for a sandbox from what its server says; nobody stores
    it, so no label can say otherwise."""

    PRODUCTION = "production"
    STAGING = "staging"
    OTHER = "other"
    SANDBOX = "sandbox"


class SignInKind(StrEnum):
    API_KEY = "api_key"
    ACCESS_TOKEN = "access_token"  # noqa: S105 - the name of a kind
    OAUTH = "oauth"


class ColourMark(StrEnum):
    """By which companies are told apart at a glance; always beside the name, never instead of it."""

    NONE = "none"
    BLUE = "blue"
    TEAL = "teal"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    VIOLET = "violet"


BASE_URLS = {
    Environment.PRODUCTION: "https://external.pleo.io",
    Environment.STAGING: "https://external.staging.pleo.io",
}

# Where a browser signs in, and where tokens are granted. Any other server is its own, as the sandbox is.
_AUTH_URLS = {
    BASE_URLS[Environment.PRODUCTION]: "https://auth.pleo.io",
    BASE_URLS[Environment.STAGING]: "https://auth.staging.pleo.io",
}

# Pleo takes plain http for localhost only, and the very address that was registered: so the port is a fixed one.
DEFAULT_REDIRECT_URI = "http://localhost:14270/callback"


def environment_of(address: str) -> Environment:
    """Production and staging are exactly Pleo's addresses; anything else is another one, until its server has said that
    it is the sandbox."""
    spelled = one_spelling(address)
    return next((each for each, url in BASE_URLS.items() if url == spelled), Environment.OTHER)


def new_id() -> ConnectionId:
    return ConnectionId(uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class Connection:
    """One company's way into Pleo. `id` stays when everything else is changed.

    `subject` is whom the credential spoke for when the connection was made, such as urn:pleo:company:<uuid>.
    `specification_file` is a TOML file of the user's; `failure_type` is what Pleo took in place of the default.
    `four_eyes`: who reports outcomes by hand does not also complete the job alone. `readers_language` is the code of
    the language in which people at Pleo read reasons; one that is not known is English. Whatever else a file says of a
    connection, such as the environment that older versions stored, is passed over.
    """

    _: KW_ONLY
    name: str
    base_url: str
    id: ConnectionId = field(default_factory=new_id)
    sign_in: SignInKind = SignInKind.API_KEY
    company_id: CompanyId | None = None
    subject: str | None = None
    oauth_client_id: str | None = None
    oauth_redirect_uri: str | None = None
    specification_file: str | None = None
    failure_type: FailureType | None = None
    colour: ColourMark = ColourMark.NONE
    four_eyes: bool = False
    readers_language: str = "en"

    @property
    def environment(self) -> Environment:
        """As far as the address tells."""
        return environment_of(self.base_url)

    @property
    def is_local(self) -> bool:
        """Whether this very machine serves it, so that no network is needed."""
        host = (urlsplit(self.base_url).hostname or "").casefold()
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def is_token(self) -> bool:
        """Whether the secret goes out as a bearer token."""
        return self.sign_in is not SignInKind.API_KEY

    @property
    def auth_url(self) -> str:
        """The address of the sign-in server: tokens and the client secret go nowhere else."""
        return _AUTH_URLS.get(one_spelling(self.base_url), self.base_url)

    @property
    def redirect_uri(self) -> str:
        return self.oauth_redirect_uri or DEFAULT_REDIRECT_URI

    @property
    def origin(self) -> str:
        """The connection as the journal and the history name it; it begins with the server's address."""
        return f"{self.base_url} {self.id}"

    @property
    def credential_name(self) -> str:
        """The name of its secret in the keyring: another address, or another kind of sign-in, never gets this one."""
        return f"{self.origin} {self.sign_in.value}"


def named(connections: Iterable[Connection], name: str) -> Connection | None:
    """Names are compared without case, as they are read."""
    wanted = name.strip().casefold()
    return next((each for each in connections if each.name.casefold() == wanted), None)


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _Stored:
    connections: tuple[Connection, ...] = ()


_FORM = form_of(TypeAdapter(_Stored), _Stored)


class ConnectionsFile:
    """`connections.json` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "connections.json", _FORM)

    def read(self) -> tuple[Connection, ...]:
        """In the order in which they were added; none where nothing is stored. Raises SettingsProblem for a file that
        cannot be read."""
        try:
            return self._file.read().connections
        except (OSError, ValueError) as error:
            raise SettingsProblem(
                said("The stored connections in {path} cannot be read", path=self._file.path),
                advice=naming_menus(
                    said("Enter the connection again under Tools, Connections; the damaged file is kept aside then.")
                ),
                details=type(error).__name__,
            ) from None

    def put(self, connection: Connection) -> None:
        """In the place of the one with the same id, else as the last. A damaged file is kept aside. Raises
        SettingsProblem, also where another connection has the name already."""

        def with_connection(stored: _Stored) -> _Stored:
            before = stored.connections
            _must_be_named_apart(before, connection)
            after = tuple(connection if each.id == connection.id else each for each in before)
            return _Stored(after if connection in after else (*before, connection))

        self._file.change(with_connection)

    def replaced_by(self, connection: Connection) -> Connection | None:
        """The one with the same id, as it is now. Raises SettingsProblem where another one has the name already."""
        try:
            stored = self.read()
        except SettingsProblem:  # kept aside by the next write
            return None
        _must_be_named_apart(stored, connection)
        return next((each for each in stored if each.id == connection.id), None)

    def remove(self, connection_id: ConnectionId) -> None:
        """Raises SettingsProblem."""
        self.read()
        self._file.change(
            lambda stored: _Stored(tuple(each for each in stored.connections if each.id != connection_id))
        )


def _must_be_named_apart(stored: Iterable[Connection], connection: Connection) -> None:
    if named([each for each in stored if each.id != connection.id], connection.name):
        raise SettingsProblem(
            said("There is a connection named {name} already", name=connection.name),
            advice=said("Give this one another name: it is what tells the companies apart."),
        )
