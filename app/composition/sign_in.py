"""Who signs in with what: a stored connection with its secret, or the environment's key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from app.errors import CredentialMissing, UsageProblem, naming_menus
from app.messages import said
from app.models.address import host_shown, one_spelling
from app.models.vocabulary import CompanyId
from app.pleo.connection import Credential, checked_base_url
from app.pleo.sign_in_tokens import SignInTokens, read_tokens
from app.settings.connections import BASE_URLS, Connection, ConnectionId, Environment, SignInKind, named
from app.settings.settings import Settings

ENVIRONMENT_ID = ConnectionId("environment")


@dataclass(frozen=True, slots=True)
class SignIn:
    """A connection together with its secret."""

    connection: Connection
    credential: Credential | SignInTokens

    @classmethod
    def by_secret(cls, connection: Connection, secret: str) -> "SignIn":
        """Raises UsageProblem for a key that is none, SettingsProblem for a stored sign-in that cannot be read."""
        if connection.sign_in is SignInKind.OAUTH:
            return cls(connection, read_tokens(secret))
        return cls(connection, Credential(secret, connection.is_token))


class SignIns:
    """What can be signed in with on this machine."""

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        self._settings = settings
        self._environment = environment

    def stored(self, connection: Connection) -> SignIn:
        """A stored connection with its secret. Raises CredentialMissing, SettingsProblem where the keyring refuses."""
        return SignIn.by_secret(connection, self._settings.secret_of(connection))

    def chosen(self, name: str | None = None) -> SignIn:
        """The connection of that name, else the only one that is stored, else the environment's.

        Raises CredentialMissing where there is no key, UsageProblem for an unsafe address, and where it is open which
        connection is meant.
        """
        stored = self._settings.connections()
        if name is not None:
            return self.stored(_chosen(stored, name))
        if len(stored) == 1:
            try:
                return self.stored(stored[0])
            except CredentialMissing as missing:
                found = environment_sign_in(self._environment, stored[0])
                if found is None:
                    raise missing from None
                return found
        found = environment_sign_in(self._environment)
        if found is None and stored:
            raise UsageProblem(said("Several connections are stored"), advice=_name_one(stored))
        if found is None:
            raise CredentialMissing(said("There is no API key for Pleo"))
        return found


def environment_sign_in(environment: Mapping[str, str], stored: Connection | None = None) -> SignIn | None:
    """The environment's key, for the stored connection where the address is that one's; None where there is no key.

    It goes to the address that the environment names, or to Pleo: what is stored may have come from somebody else's
    file. Raises UsageProblem for an unsafe address, with and without a key.
    """

    def value(name: str) -> str:
        return environment.get(name, "").strip()

    named_address = value("SIGNOFF_BASE_URL")
    address = checked_base_url(named_address or BASE_URLS[Environment.PRODUCTION])
    key, token = value("SIGNOFF_API_KEY"), value("SIGNOFF_ACCESS_TOKEN")
    if not key and not token:
        return None
    kind = SignInKind.API_KEY if key else SignInKind.ACCESS_TOKEN
    credential = Credential(key or token, is_token=not key)
    if stored and address == one_spelling(stored.base_url):
        return SignIn(replace(stored, sign_in=kind), credential)
    if stored and not named_address:
        raise CredentialMissing(
            said("There is no key for {name}", name=stored.name),
            advice=naming_menus(
                said(
                    "The environment's key goes to Pleo only, and {name} is at {host}. "
                    "Enter a key under Tools, Connections, or name that address in SIGNOFF_BASE_URL.",
                    name=stored.name,
                    host=host_shown(stored.base_url),
                )
            ),
        )
    connection = Connection(
        id=ENVIRONMENT_ID,
        name=urlsplit(address).netloc,
        base_url=address,
        company_id=CompanyId(value("SIGNOFF_COMPANY_ID")) or None,
        sign_in=kind,
    )
    return SignIn(connection, credential)


def _chosen(stored: Sequence[Connection], name: str) -> Connection:
    found = named(stored, name)
    if found is None:
        raise UsageProblem(said("There is no connection named {name}", name=name), advice=_name_one(stored))
    return found


def _name_one(stored: Sequence[Connection]) -> str:
    names = ", ".join(f"'{each.name}'" for each in stored)
    return said("Name one with --connection: {names}.", names=names) if names else said("None is stored yet.")
