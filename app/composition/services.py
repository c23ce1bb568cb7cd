"""The services of one connection, and their factory."""

import asyncio
import getpass
import math
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.completion.evidence import Origin
from app.completion.job_reading import JobReader
from app.completion.patience import Patience
from app.completion.service import CompletionService
from app.composition.kept_head import KeyringHead
from app.composition.pleo_access import PleoAccess
from app.composition.sign_in import SignIn
from app.errors import UsageProblem
from app.jobs.service import JobsService
from app.messages import said
from app.models.vocabulary import CompanyId
from app.outcomes.draft_service import DraftService
from app.outcomes.service import ItemUpdateService
from app.platform.clock import Clock
from app.platform.languages import language_of
from app.pleo.client import PleoClient
from app.pleo.connection import Channels, Timeouts, checked_base_url
from app.pleo.retrying import ReadPatience
from app.sandbox import company_names
from app.settings.connections import Connection, Environment
from app.settings.failure_wordings import WordingsFile
from app.settings.mappings import MappingsFile
from app.settings.paths import evidence_folder
from app.settings.preferences import LONGEST_SETTLE_SECONDS
from app.settings.settings import Settings
from app.settings.specification import read_specification
from app.storage.drafts.store import DraftStore
from app.storage.history.history import History
from app.storage.history.store import HistoryStore
from app.storage.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Tuning:
    """How long to wait for what; tests wait less. Without `completion` it is what SIGNOFF_PATIENCE says."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    reads: ReadPatience = field(default_factory=ReadPatience)
    completion: Patience | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that one connection offers. `user` is who sits at this machine, as the operating system names them;
    `environment` is where the connection leads, as was found when it was opened."""

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
    journal: Journal
    user: str
    environment: Environment

    @property
    def is_sandbox(self) -> bool:
        return self.environment is Environment.SANDBOX

    def company_name(self, company_id: CompanyId) -> str:
        """Pleo's export API names no company: a credential speaks for one, which is the connection's own name."""
        return company_names().get(company_id, company_id) if self.is_sandbox else self.connection.name

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
        # Where another connection writes to the same one, its next row opens it again.
        await asyncio.to_thread(self.journal.close)


class ServiceFactory:
    """Makes the services of a connection. `journal` is that of all connections but the sandbox."""

    def __init__(
        self,
        settings: Settings,
        access: PleoAccess,
        journal: Journal,
        clock: Clock,
        environment: Mapping[str, str],
        patience: Patience | None = None,
    ) -> None:
        self._settings = settings
        self._access = access
        self._journal = journal
        self._clock = clock
        self._environment = environment
        self._patience = patience

    async def open(self, sign_in: SignIn) -> Services:
        """Raises UsageProblem for an unsafe address and for a SIGNOFF_PATIENCE that is no number of seconds,
        SettingsProblem for a bad integration specification or certificate file."""
        connection = sign_in.connection
        language = language_of(connection.readers_language)
        specification = replace(read_specification(connection), language=language)
        patience = self._patience or wished_patience(self._environment, self._settings.preferences.now.settle_seconds)
        environment = await self._access.environment_of(connection)
        is_sandbox = environment is Environment.SANDBOX
        pleo, channels = await self._access.open(sign_in, environment=environment)
        address = checked_base_url(connection.base_url)
        user = _user()
        origin = Origin(_at_this_machine(user), replace(connection, base_url=address).origin)
        folder = evidence_folder(self._settings.folder, is_sandbox=is_sandbox)
        journal = Journal(folder, self._clock) if is_sandbox else self._journal
        if self._settings.keeps_secrets and not is_sandbox:
            journal.keep_head_in(KeyringHead(self._settings.credentials, folder))
        # The sandbox has another address at each start.
        name = "sandbox" if is_sandbox else connection.origin
        reader = JobReader(pleo, journal, self._clock, origin, patience.settle_seconds)
        four_eyes = self._settings.asks_for_four_eyes(connection, is_sandbox=is_sandbox)
        updates = ItemUpdateService(
            pleo, journal, self._clock, origin=origin, patience=patience, reader=reader, four_eyes=four_eyes
        )
        completion = CompletionService(
            pleo,
            journal,
            self._clock,
            specification,
            origin=origin,
            patience=patience,
            four_eyes=four_eyes,
            reader=reader,
        )
        return Services(
            connection,
            pleo,
            JobsService(pleo, self._clock, reader, connection.company_id),
            completion,
            updates,
            DraftService(DraftStore(folder, name), updates),
            History(HistoryStore(folder), name),
            channels,
            WordingsFile(self._settings.folder, connection.id),
            MappingsFile(self._settings.folder),
            journal,
            user,
            environment,
        )


def _user() -> str:
    """Who sits at this machine, as the operating system names them; "" where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such name in this environment
        return ""


def _at_this_machine(user: str) -> str:
    return "@".join(filter(None, (user, platform.node())))


_LONGEST_PATIENCE_SECONDS = 600


def wished_patience(environment: Mapping[str, str], settle_seconds: float) -> Patience:
    """SIGNOFF_PATIENCE: for how many seconds silence is read into at once. SIGNOFF_SETTLE_SECONDS: how many seconds
    after a send an unchanged job proves that nothing arrived, in place of `settle_seconds`, which is the setting.

    Raises UsageProblem for what is no number of seconds.
    """
    patience = Patience(settle_seconds=settle_seconds)
    at_once = _wished_seconds(environment, "SIGNOFF_PATIENCE", _LONGEST_PATIENCE_SECONDS)
    settled = _wished_seconds(environment, "SIGNOFF_SETTLE_SECONDS", LONGEST_SETTLE_SECONDS)
    if at_once is not None:
        patience = patience.lasting(at_once)
    return patience if settled is None else replace(patience, settle_seconds=settled)


def _wished_seconds(environment: Mapping[str, str], name: str, most: int) -> float | None:
    wished = environment.get(name, "").strip()
    if not wished:
        return None
    try:
        seconds = float(wished)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= most:
        raise UsageProblem(
            said("{name} is no number of seconds from 0 to {most}: {wished}", name=name, most=most, wished=wished[:100])
        )
    return seconds
