"""The switchboard: from settings to ready services. The only file that knows every adapter."""

import asyncio
import getpass
import hashlib
import json
import math
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from app.completion.evidence import Origin
from app.completion.patience import Patience
from app.completion.service import CompletionService
from app.errors import CredentialMissing, SettingsProblem, UsageProblem
from app.jobs.service import JobsService
from app.models.address import one_spelling
from app.models.page import Introspection
from app.models.vocabulary import CompanyId, FailureType
from app.outcomes.draft_service import DraftService
from app.outcomes.service import ItemUpdateService
from app.platform.clock import Clock, SystemClock
from app.platform.own_program import command_line
from app.pleo.browser_sign_in import Show, sign_in_by_browser
from app.pleo.client import PleoClient
from app.pleo.connection import (
    Channels,
    Credential,
    Network,
    Signing,
    Timeouts,
    checked_base_url,
    open_channels,
    open_without_credential,
)
from app.pleo.limiter import RequestLimiter
from app.pleo.oauth import OAuthClient
from app.pleo.retrying import ReadPatience
from app.pleo.sign_in_tokens import SignInTokens, read_tokens
from app.pleo.token_endpoint import TokenEndpoint
from app.pleo.token_keeper import TokenKeeper
from app.sandbox import company_names
from app.settings.certificate import read_authority
from app.settings.company_guard import guard, may_be_one_company
from app.settings.connections import (
    BASE_URLS,
    Connection,
    ConnectionId,
    ConnectionsFile,
    Environment,
    SignInKind,
    named,
)
from app.settings.credentials import CredentialStore, SessionCredentials, credential_store
from app.settings.exchange import ImportPlan, bundle_in, plan_import, read_bundle, write_bundle, write_settings
from app.settings.failure_wordings import WordingsFile
from app.settings.mappings import MappingsFile
from app.settings.notified import NotifiedFile
from app.settings.paths import data_folder
from app.settings.preferences import Preferences, PreferencesBook, PreferencesFile
from app.settings.specification import read_specification
from app.settings.views import ViewsFile
from app.storage.drafts.store import DraftStore
from app.storage.history.history import History
from app.storage.history.store import HistoryStore
from app.storage.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class SignIn:
    """A connection together with its secret."""

    connection: Connection
    credential: Credential | SignInTokens


@dataclass(frozen=True, slots=True)
class _StoredSecret:
    """One secret of a store, as the tokens of a sign-in are read and renewed in it."""

    store: CredentialStore
    name: str

    def read(self) -> str | None:
        return self.store.read(self.name)

    def write(self, text: str) -> None:
        self.store.write(self.name, text)


@dataclass(frozen=True, slots=True)
class Tuning:
    """How long to wait for what; tests wait less."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    reads: ReadPatience = field(default_factory=ReadPatience)
    completion: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that one connection offers. `user` is who sits at this machine, as the operating system names them."""

    connection: Connection
    pleo: PleoClient
    jobs: JobsService
    completion: CompletionService
    updates: ItemUpdateService
    drafts: DraftService
    history: History
    channels: Channels
    wordings: WordingsFile
    mappings: MappingsFile
    user: str

    def company_name(self, company_id: CompanyId) -> str:
        """Pleo's export API names no company: a credential speaks for one, which is the connection's own name."""
        return company_names().get(company_id, company_id) if self.connection.is_sandbox else self.connection.name

    async def has_left_open(self) -> bool:
        """Whether an earlier run left something on its way over this connection. Raises JournalProblem."""
        return await self.completion.has_left_open() or await self.updates.has_left_open()

    async def check_company(self) -> None:
        """Asks whom the credential speaks for, where that was not asked yet; the first read would ask it too.

        Raises WrongCompany, and PleoProblem where it cannot be asked.
        """
        await self.pleo.pass_guard()

    async def close(self) -> None:
        await self.channels.close()
        await self.drafts.close()
        await self.history.close()


class Switchboard:
    def __init__(
        self,
        *,
        folder: Path | None = None,
        credentials: CredentialStore | None = None,
        environment: Mapping[str, str] = os.environ,
        clock: Clock | None = None,
        tuning: Tuning | None = None,
    ) -> None:
        self.folder = folder or data_folder(environment)
        self.credentials = credentials or credential_store()
        self.clock = clock or SystemClock()
        self._environment = environment
        self._tuning = tuning
        self._file = ConnectionsFile(self.folder)
        self.journal = Journal(self.folder, self.clock)
        self.views = ViewsFile(self.folder)
        self.notified = NotifiedFile(self.folder)
        self.preferences = PreferencesBook(PreferencesFile(self.folder))

    def connections(self) -> tuple[Connection, ...]:
        """Those that are stored. Raises SettingsProblem for a damaged file."""
        return self._file.read()

    def connection(self, connection_id: ConnectionId) -> Connection | None:
        """As it is stored now. Raises SettingsProblem for a damaged file."""
        return next((each for each in self.connections() if each.id == connection_id), None)

    def sign_in_to(self, connection: Connection) -> SignIn:
        """A stored connection with its secret. Raises CredentialMissing, SettingsProblem where the keyring refuses."""
        return SignIn(connection, _credential(connection, self._stored_secret(connection)))

    def sign_in(self, name: str | None = None) -> SignIn:
        """For one command: the connection of that name, else the only one that is stored, else the environment's.

        Raises CredentialMissing where there is no key, UsageProblem for an unsafe address, and where it is open which
        connection is meant.
        """
        stored = self.connections()
        if name is not None:
            return self.sign_in_to(_chosen(stored, name))
        if len(stored) == 1:
            try:
                return self.sign_in_to(stored[0])
            except CredentialMissing as missing:
                return self._environment_sign_in(stored[0], missing)
        try:
            return self._environment_sign_in(None)
        except CredentialMissing:
            if stored:
                raise UsageProblem("Several connections are stored", advice=_name_one(stored)) from None
            raise

    def _environment_sign_in(self, stored: Connection | None, missing: CredentialMissing | None = None) -> SignIn:
        """Raises `missing` where the environment has no key either."""

        def value(name: str) -> str:
            return self._environment.get(name, "").strip()

        address = checked_base_url(
            value("SIGNOFF_BASE_URL") or (stored.base_url if stored else BASE_URLS[Environment.PRODUCTION])
        )
        key, token = value("SIGNOFF_API_KEY"), value("SIGNOFF_ACCESS_TOKEN")
        if not key and not token:
            raise missing or CredentialMissing("There is no API key for Pleo")
        kind = SignInKind.API_KEY if key else SignInKind.ACCESS_TOKEN
        credential = Credential(key or token, is_token=not key)
        if stored and address == one_spelling(stored.base_url):
            return SignIn(replace(stored, sign_in=kind), credential)
        connection = Connection(
            id=ConnectionId("environment"),
            name=urlsplit(address).netloc,
            environment=Environment.OTHER,
            base_url=address,
            company_id=CompanyId(value("SIGNOFF_COMPANY_ID")) or None,
            sign_in=kind,
        )
        return SignIn(connection, credential)

    async def open(self, sign_in: SignIn, credentials: CredentialStore | None = None) -> Services:
        """Raises UsageProblem for an unsafe address and for a SIGNOFF_PATIENCE that is no number of seconds,
        SettingsProblem for a bad integration specification or certificate file.

        `credentials` is where the tokens of a sign-in are kept as they are renewed, if not in the usual place.
        """
        connection = sign_in.connection
        specification = read_specification(connection)
        tuning = self._tuning or Tuning(completion=_patience(self._environment))
        network = await asyncio.to_thread(network_of, self.preferences.now)
        signing = await self._signing(sign_in, tuning.timeouts, network, credentials or self.credentials)
        channels = await open_channels(connection.base_url, signing, tuning.timeouts, network)
        # The limit is a wish of Pleo's, which nobody has who plays.
        limiter = RequestLimiter(self.clock, window_seconds=0 if connection.is_sandbox else 60)
        # A connection whose company is not known yet has nothing to be held against.
        is_known = connection.subject or connection.company_id
        pleo = PleoClient(channels, limiter, tuning.reads, partial(self._guard, connection) if is_known else None)
        address = checked_base_url(connection.base_url)
        origin, patience = Origin(_who(), replace(connection, base_url=address).origin), tuning.completion
        # What is played in the sandbox is no evidence, so it is kept apart.
        folder = self.folder / "sandbox" if connection.is_sandbox else self.folder
        journal = Journal(folder, self.clock) if connection.is_sandbox else self.journal
        # The sandbox has another address at each start.
        name = "sandbox" if connection.is_sandbox else connection.origin
        updates = ItemUpdateService(pleo, journal, self.clock, origin=origin, patience=patience)
        return Services(
            connection,
            pleo,
            JobsService(pleo, self.clock, connection.company_id),
            CompletionService(
                pleo,
                journal,
                self.clock,
                specification,
                origin=origin,
                patience=patience,
                four_eyes=self._asks_for_four_eyes(connection),
            ),
            updates,
            DraftService(DraftStore(folder, name), updates),
            History(HistoryStore(folder), name),
            channels,
            WordingsFile(self.folder, connection.id),
            MappingsFile(self.folder),
            _user(),
        )

    def _asks_for_four_eyes(self, connection: Connection) -> bool:
        """Also where another stored connection to its company does: else who reports outcomes over the one completes
        the job over the other."""
        if connection.four_eyes or connection.is_sandbox:
            return connection.four_eyes
        try:
            stored = self.connections()
        except SettingsProblem:  # nobody knows what was asked for
            return True
        return any(each.four_eyes and may_be_one_company(each, connection) for each in stored)

    @property
    def keeps_secrets(self) -> bool:
        """Whether a key is still there the next time; else it lives for this session only."""
        return self.credentials.is_permanent

    async def test(self, connection: Connection, secret: str) -> Introspection:
        """Whom the credential speaks for; an empty secret means the stored one.

        Raises SignoffError, WrongCompany where it is not the connection's company.
        """
        credentials: CredentialStore = self.credentials
        if secret.strip():  # it is not stored yet, and stays so
            credentials = SessionCredentials()
            credentials.write(connection.credential_name, secret.strip())
        secret = secret.strip() or await asyncio.to_thread(self._stored_secret, connection)
        services = await self.open(SignIn(connection, _credential(connection, secret)), credentials)
        try:
            found = await services.pleo.introspect()
        finally:
            await services.close()
        self._guard(connection, found)
        return found

    async def sign_in_by_browser(self, connection: Connection, client_secret: str, show: Show) -> str:
        """Asks the user in the browser, at the address that `show` is given, and returns the secret for `test` and
        `save`. An empty client secret means the stored one, if any. Raises SignInFailed, UsageProblem, PleoProblem.
        """
        known = client_secret.strip() or await asyncio.to_thread(self._stored_client_secret, connection)
        client = _oauth_client(connection, known)
        network = await asyncio.to_thread(network_of, self.preferences.now)
        timeouts = self._tuning.timeouts if self._tuning else None
        http = await open_without_credential(client.server, timeouts, network)
        endpoint = TokenEndpoint(http, client)
        try:
            return (await sign_in_by_browser(client, endpoint, show, self.clock)).as_text()
        finally:
            await endpoint.close()

    async def _signing(
        self, sign_in: SignIn, timeouts: Timeouts, network: Network, credentials: CredentialStore
    ) -> Signing:
        connection, credential = sign_in.connection, sign_in.credential
        if isinstance(credential, Credential):
            return credential
        client = _oauth_client(connection, credential.client_secret)
        endpoint = TokenEndpoint(await open_without_credential(client.server, timeouts, network), client)
        name = connection.credential_name
        lock = self.folder / "locks" / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.lock"
        return TokenKeeper(endpoint, _StoredSecret(credentials, name), credential, self.clock, lock)

    def _stored_client_secret(self, connection: Connection) -> str:
        """What was stored beside the tokens of the same client; what cannot be read is about to be replaced."""
        try:
            stored = self.connection(connection.id)
            is_same_client = stored is not None and stored.oauth_client_id == connection.oauth_client_id
            return read_tokens(self._stored_secret(connection)).client_secret if is_same_client else ""
        except (CredentialMissing, SettingsProblem):
            return ""

    def _stored_secret(self, connection: Connection) -> str:
        """Raises CredentialMissing."""
        secret = self.credentials.read(connection.credential_name)
        if not secret and connection.sign_in is SignInKind.OAUTH:
            raise CredentialMissing(
                f"Nobody is signed in to {connection.name}",
                advice="Sign in with Pleo. On a machine without a keyring a sign-in ends with the window.",
            )
        if not secret:
            raise CredentialMissing(f"There is no key for {connection.name}")
        return secret

    def _guard(self, connection: Connection, found: Introspection) -> None:
        try:
            others = self.connections()
        except SettingsProblem:  # they only help to name whose the credential is
            others = ()
        guard(connection, found, others)

    def save(self, connection: Connection, secret: str) -> None:
        """Stores the connection, and its secret in the keyring or for this session; an empty one keeps what is there.

        A secret for another address or kind of sign-in is forgotten. Raises SettingsProblem.
        """
        before = self._file.replaced_by(connection)
        if secret.strip():
            self.credentials.write(connection.credential_name, secret.strip())
        self._file.put(connection)
        if before and before.credential_name != connection.credential_name:
            self.credentials.forget(before.credential_name)

    def remove(self, connection: Connection) -> None:
        """The connection and its secret; what the journal holds of it stays. Raises SettingsProblem."""
        self.credentials.forget(connection.credential_name)
        self._file.remove(connection.id)

    def export_settings(self, path: Path) -> None:
        """Everything that is set, without a secret, as one file. Raises SettingsProblem."""
        write_bundle(path, bundle_in(self.folder, self.preferences.now))

    def plan_import(self, path: Path) -> ImportPlan:
        """What such a file would change; nothing is changed yet. Raises SettingsProblem."""
        return plan_import(bundle_in(self.folder, self.preferences.now), read_bundle(path))

    def import_settings(self, plan: ImportPlan) -> None:
        """Raises SettingsProblem."""
        write_settings(self.folder, plan.result)
        self.preferences.take(plan.result.preferences)

    def remember_failure_type(self, connection_id: ConnectionId, kind: FailureType) -> None:
        """What Pleo took after it had refused the default: a stored connection proposes it from now on."""
        stored = self.connection(connection_id)
        if stored:
            self._file.put(replace(stored, failure_type=kind))


def _credential(connection: Connection, secret: str) -> Credential | SignInTokens:
    """Raises UsageProblem for a key that is none, SettingsProblem for a stored sign-in that cannot be read."""
    if connection.sign_in is SignInKind.OAUTH:
        return read_tokens(secret)
    return Credential(secret, connection.is_token)


def _oauth_client(connection: Connection, client_secret: str) -> OAuthClient:
    return OAuthClient(
        connection.oauth_client_id or "", connection.auth_url, connection.redirect_uri, client_secret or None
    )


def _chosen(stored: Sequence[Connection], name: str) -> Connection:
    found = named(stored, name)
    if found is None:
        raise UsageProblem(f"There is no connection named {name}", advice=_name_one(stored))
    return found


def _name_one(stored: Sequence[Connection]) -> str:
    names = ", ".join(f"'{each.name}'" for each in stored)
    return f"Name one with --connection: {names}." if names else "None is stored yet."


def _user() -> str:
    """Who sits at this machine, as the operating system names them; "" where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such name in this environment
        return ""


def _who() -> str:
    return "@".join(filter(None, (_user(), platform.node())))


def network_of(preferences: Preferences) -> Network:
    """Raises SettingsProblem for a certificate file that cannot be used: going on without it would hide why."""
    file = preferences.certificate_file
    return Network(preferences.proxy, read_authority(file) if file else "")


_LONGEST_PATIENCE_SECONDS = 600


def _patience(environment: Mapping[str, str]) -> Patience:
    """SIGNOFF_PATIENCE: for how many seconds silence is read into before it is called missing or unknown."""
    usual, wished = Patience(), environment.get("SIGNOFF_PATIENCE", "").strip()
    if not wished:
        return usual
    try:
        seconds = float(wished)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= _LONGEST_PATIENCE_SECONDS:
        raise UsageProblem(
            f"SIGNOFF_PATIENCE is no number of seconds from 0 to {_LONGEST_PATIENCE_SECONDS}: {wished[:100]}"
        )
    return usual.lasting(seconds)


def sandbox_sign_in(url: str) -> SignIn:
    """The sandbox takes any key that does not begin with one of its magic words."""
    connection = Connection(id=ConnectionId("sandbox"), name="Sandbox", environment=Environment.SANDBOX, base_url=url)
    return SignIn(connection, Credential("sandbox-key"))


class SandboxChild:
    """The sandbox as a process of its own, so that serving never holds the window; it ends with this program."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def start(self, scenario: str) -> str:
        """The URL it serves on, in place of any that ran before. Raises UsageProblem for an unknown scenario.

        Blocks until it listens: about half a second.
        """
        self.stop()
        command = command_line("sandbox", "--stop-at-eof", "--scenario", scenario)
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        url = self._process.stdout.readline().strip()
        if not url:
            _, why = self._process.communicate()
            self._process = None
            raise UsageProblem(f"The sandbox did not start: {why.strip()[-500:] or 'it ended at once'}")
        return url

    def received(self, url: str) -> dict[str, Any]:
        """What the sandbox was sent, and what it applied."""
        straight = build_opener(ProxyHandler({}))  # a proxy of the environment does not know this machine's loopback
        with straight.open(f"{url}/sandbox/received", timeout=10) as answer:
            received: dict[str, Any] = json.load(answer)
        return received

    def stop(self) -> None:
        """Closing its standard input asks it to end; one that does not is ended."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
