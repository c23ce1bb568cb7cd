"""The way to Pleo over one connection: opened, tried before it is stored, or asked for in the browser."""

import asyncio
import hashlib
from dataclasses import dataclass

from app.composition.sign_in import SignIn
from app.errors import CredentialMissing, SettingsProblem
from app.models.page import Introspection
from app.models.vocabulary import CompanyId
from app.platform.clock import Clock
from app.pleo.browser_sign_in import Show, sign_in_by_browser
from app.pleo.client import PleoClient
from app.pleo.connection import (
    Channels,
    Credential,
    Network,
    Signing,
    Timeouts,
    open_channels,
    open_without_credential,
    proxy_to,
)
from app.pleo.limiter import RequestLimiter
from app.pleo.oauth import OAuthClient
from app.pleo.retrying import ReadPatience
from app.pleo.sandbox_identity import says_it_is_the_sandbox
from app.pleo.sign_in_tokens import read_tokens
from app.pleo.token_endpoint import TokenEndpoint
from app.pleo.token_keeper import TokenKeeper
from app.settings.certificate import read_authority
from app.settings.company_guard import company_of, remembering
from app.settings.connections import Connection, Environment
from app.settings.credentials import CredentialStore, SessionCredentials
from app.settings.preferences import Preferences
from app.settings.settings import Settings
from app.settings.specification import read_specification


@dataclass(frozen=True, slots=True)
class _StoredSecret:
    """One secret of a store, as the tokens of a sign-in are read and renewed in it."""

    store: CredentialStore
    name: str

    def read(self) -> str | None:
        return self.store.read(self.name)

    def write(self, text: str) -> None:
        self.store.write(self.name, text)


class GuardedCompany:
    """Holds a credential to the company that its connection is of. Where nobody has said yet which that is, as with a
    key of the environment, it is the one that the credential speaks for when it is asked first."""

    def __init__(self, settings: Settings, connection: Connection) -> None:
        self._settings = settings
        self._connection = connection

    def __call__(self, found: Introspection) -> CompanyId | None:
        self._settings.check_company(self._connection, found)
        self._connection = remembering(self._connection, found)
        return company_of(self._connection)


class PleoAccess:
    def __init__(self, settings: Settings, clock: Clock, timeouts: Timeouts, reads: ReadPatience) -> None:
        self._settings = settings
        self._clock = clock
        self._timeouts = timeouts
        self._reads = reads

    async def environment_of(self, connection: Connection) -> Environment:
        """Where it leads: by its address, and on this very machine by what its server says of itself.

        Raises UsageProblem for an unsafe address.
        """
        is_sandbox = await says_it_is_the_sandbox(connection.base_url)
        return Environment.SANDBOX if is_sandbox else connection.environment

    async def open(
        self,
        sign_in: SignIn,
        credentials: CredentialStore | None = None,
        *,
        environment: Environment = Environment.OTHER,
    ) -> tuple[PleoClient, Channels]:
        """The client, and the channels under it, which are to be closed.

        `credentials` is where the tokens of a sign-in are kept as they are renewed, if not in the usual place. Raises
        UsageProblem for an unsafe address, SettingsProblem for a bad certificate file.
        """
        connection = sign_in.connection
        network = await self._network()
        signing = await self._signing(sign_in, network, credentials or self._settings.credentials)
        channels = await open_channels(connection.base_url, signing, self._timeouts, network)
        # The limit is a wish of Pleo's, which nobody has who plays.
        limiter = RequestLimiter(self._clock, window_seconds=0 if environment is Environment.SANDBOX else 60)
        guard = GuardedCompany(self._settings, connection)
        return PleoClient(channels, limiter, self._reads, guard, company=company_of(connection)), channels

    async def test(self, connection: Connection, secret: str) -> Introspection:
        """Whom the credential speaks for; an empty secret means the stored one.

        Raises SignoffError: WrongCompany where it is not the connection's company, SettingsProblem also for an
        integration specification that is not understood.
        """
        read_specification(connection)
        credentials = self._settings.credentials
        if secret.strip():  # it is not stored yet, and stays so
            credentials = SessionCredentials()
            credentials.write(connection.credential_name, secret.strip())
        secret = secret.strip() or await asyncio.to_thread(self._settings.secret_of, connection)
        pleo, channels = await self.open(SignIn.by_secret(connection, secret), credentials)
        try:
            found = await pleo.introspect()
        finally:
            await channels.close()
        self._settings.check_company(connection, found)
        return found

    async def sign_in_by_browser(self, connection: Connection, client_secret: str, show: Show) -> str:
        """Asks the user in the browser, at the address that `show` is given, and returns the secret to be tested and
        saved. An empty client secret means the stored one, if any. Raises SignInFailed, UsageProblem, PleoProblem.
        """
        known = client_secret.strip() or await asyncio.to_thread(self._stored_client_secret, connection)
        client = _oauth_client(connection, known)
        endpoint = await self._endpoint(client, await self._network())
        try:
            return (await sign_in_by_browser(client, endpoint, show, self._clock)).as_text()
        finally:
            await endpoint.close()

    async def _network(self) -> Network:
        return await asyncio.to_thread(network_of, self._settings.preferences.now)

    async def _endpoint(self, client: OAuthClient, network: Network) -> TokenEndpoint:
        http = await open_without_credential(client.server, self._timeouts, network)
        return TokenEndpoint(http, client, proxy_to(client.server, network))

    async def _signing(self, sign_in: SignIn, network: Network, credentials: CredentialStore) -> Signing:
        connection, credential = sign_in.connection, sign_in.credential
        if isinstance(credential, Credential):
            return credential
        endpoint = await self._endpoint(_oauth_client(connection, credential.client_secret), network)
        name = connection.credential_name
        lock = self._settings.folder / "locks" / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.lock"
        return TokenKeeper(endpoint, _StoredSecret(credentials, name), credential, self._clock, lock)

    def _stored_client_secret(self, connection: Connection) -> str:
        """What was stored beside the tokens of the same client; what cannot be read is about to be replaced."""
        try:
            stored = self._settings.connection(connection.id)
            is_same_client = stored is not None and stored.oauth_client_id == connection.oauth_client_id
            return read_tokens(self._settings.secret_of(connection)).client_secret if is_same_client else ""
        except (CredentialMissing, SettingsProblem):
            return ""


def _oauth_client(connection: Connection, client_secret: str) -> OAuthClient:
    return OAuthClient(
        connection.oauth_client_id or "", connection.auth_url, connection.redirect_uri, client_secret or None
    )


def network_of(preferences: Preferences) -> Network:
    """Raises SettingsProblem for a certificate file that cannot be used: going on without it would hide why."""
    file = preferences.certificate_file
    return Network(preferences.proxy, read_authority(file) if file else "")
