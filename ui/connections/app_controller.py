"""What the window is connected to, from its opening to its end."""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.composition.compose import Composition, compose
from app.composition.sandbox_process import SandboxProcess, sandbox_sign_in
from app.composition.sign_in import SignIn
from app.composition.update_check import BuildSettings, UpdateCheck, build_settings
from app.errors import CredentialMissing, SignoffError
from app.messages import said, tr
from app.models.vocabulary import JobId
from app.platform.logs import wished_level, write_log_to
from app.platform.private_files import make_data_folder_private
from app.settings.connections import Connection, ConnectionId, SignInKind
from app.settings.window_state import WindowStateFile
from app.watching.schedule import Watching
from ui.common.dialogs import confirm
from ui.common.errors import OPEN_FILE, SHOW_FOLDER, say_problem, show_bug, show_problem
from ui.common.tasks import Tasks
from ui.connections.about import AboutPresenter
from ui.connections.connection_manager import ConnectionManager
from ui.connections.connection_view import ConnectionView
from ui.connections.desktop_integration import DesktopIntegration, TrayIcon
from ui.connections.machine import Machine
from ui.connections.polling import MachineState
from ui.connections.timeline import TimelinePresenter
from ui.connections.updates import UpdatesPresenter
from ui.jobs.troubles import CompanyTrouble, Remedy
from ui.jobs.view_model import JobKey
from ui.notifications.tray import Tray
from ui.settings.colours import ColoursPresenter
from ui.settings.connections_presenter import ConnectionsPresenter
from ui.settings.first_run import FirstRunPage
from ui.settings.log_presenter import LogPresenter
from ui.settings.settings_presenter import SettingsPresenter
from ui.shell.main_window import MainWindow
from ui.shell.window_geometry import state_of
from ui.widgets.message_bar import MessageKind

# A closed window is gone within that, whatever hangs: a disk, a server, a keyring.
_CLOSING_SECONDS: Final = 15
_SAID_AFTER_SECONDS: Final = 3
_KEYRING_ADVICE: Final = said(
    "It may ask for its password behind this window. Signoff waits for a while, then goes on without."
)


class AppController(QObject):
    def __init__(
        self,
        window: MainWindow,
        composition: Composition | None = None,
        watching: Watching | None = None,
        machine: MachineState | None = None,
        tray: TrayIcon | None = None,
        updates: BuildSettings | None = None,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.composition = composition or compose()
        clock, stored = self.composition.clock, self.composition.settings
        self._left = WindowStateFile(stored.folder).read()
        self.manager = ConnectionManager(
            window, self.composition.services, stored, clock, machine or Machine(self), watching
        )
        window.actions_by_name.dense_jobs.setChecked(self._left.has_dense_jobs)
        self.desktop_integration = DesktopIntegration(
            window, self.manager, stored.preferences, stored.notified, clock, tray or Tray(window)
        )
        if self._left.connection and self._left.job:
            self.manager.jobs.choice.preferred = JobKey(ConnectionId(self._left.connection), JobId(self._left.job))
        self.connections = ConnectionsPresenter(window, stored, self.composition.access)
        self.update_check = UpdateCheck(stored.folder, stored.preferences, clock, updates or build_settings())
        self.settings = SettingsPresenter(window, stored, self.update_check.state)
        self.log = LogPresenter(window, stored)
        self.colours = ColoursPresenter(window.actions_by_name.themes, stored.preferences, self._say_problem, window)
        self._sandbox = SandboxProcess()
        self._tasks = Tasks(self, self.show_bug)
        self.about = AboutPresenter(window, self._tasks)
        self.timeline = TimelinePresenter(window, self.manager, stored.folder, self._tasks)
        self.updates = UpdatesPresenter(
            window, self.update_check, stored.preferences, lambda: bool(self.manager.sending()), self._tasks
        )
        self._closed = asyncio.Event()
        self._is_closing = False
        self._join()

    @property
    def view(self) -> ConnectionView | None:
        """That of the job on screen."""
        return self.manager.on_screen.view

    def _join(self) -> None:
        window, actions = self.window, self.window.actions_by_name
        window.close_requested.connect(self._request_close)
        window.quit_requested.connect(lambda: self._request_close(quits=True))
        window.messages.action_requested.connect(self._follow_message)
        window.welcome.button_clicked.connect(lambda: self.connections.replace_or_add(self._left.connection))
        self.connections.changed.connect(self._connect_stored)
        self.connections.signed_in.connect(self._go_on)
        self.manager.jobs.troubles.remedy_requested.connect(self._mend)
        self.manager.sign_in_requested.connect(self.connections.replace_credential)
        actions.connections.triggered.connect(self.connections.open)
        actions.sandbox.triggered.connect(lambda: self.connect_sandbox("everyday"))
        actions.about.triggered.connect(self.about.open)
        actions.settings.triggered.connect(self.settings.open)
        actions.log.triggered.connect(self.log.open)
        self.settings.imported.connect(self._take_imported)
        self.settings.network_changed.connect(self._reconnect)

    async def run(self, scenario: str | None) -> None:
        """Until the window has been closed."""
        make_data_folder_private(self.composition.settings.folder)
        write_log_to(self.composition.settings.folder / "logs", wished_level(os.environ))
        logging.getLogger("signoff").info("opened, version %s", version("signoff"))
        if scenario is None:
            self._connect_stored()
        else:
            self.connect_sandbox(scenario)
        self.updates.start()
        await self._closed.wait()
        self.updates.close()
        self._keep_window_state()
        try:
            async with asyncio.timeout(_CLOSING_SECONDS):
                await self._let_go_of_all()
        except TimeoutError:
            logging.getLogger("signoff").warning("closed without waiting for what did not end in time")
        self.window.let_go()

    async def _let_go_of_all(self) -> None:
        await self._tasks.aclose()
        await self.connections.aclose()
        await self.settings.aclose()
        self.colours.close()
        self.desktop_integration.close()
        await self.manager.aclose()
        await asyncio.to_thread(self._sandbox.stop)

    def connect_sandbox(self, scenario: str) -> None:
        self._tasks.replace("connect", self._connect_sandbox(scenario))

    def show_bug(self, error: BaseException) -> None:
        show_bug(error, self.window)

    async def use(self, sign_in: SignIn) -> None:
        """This connection alone. Raises SignoffError; those before it are gone by then."""
        await self.manager.close_all()
        await self.manager.open(sign_in)
        self.window.messages.clear()
        self.window.result.clear()
        self._say_damage_once()

    def _follow_message(self, key: str) -> None:
        if key not in (OPEN_FILE, SHOW_FOLDER):
            self._connect_stored()

    def _take_imported(self) -> None:
        if self.view:
            self.view.views.read_again()
        self._reconnect()

    def _reconnect(self) -> None:
        """The sandbox on this very machine stays open: no setting changes the way to it."""
        if not self.manager.plays:
            self._connect_stored()

    def _say_damage_once(self) -> None:
        preferences = self.composition.settings.preferences
        damage, preferences.problem = preferences.problem, None
        if damage:
            self._say_problem(damage)

    def _go_on(self, connection_id: ConnectionId) -> None:
        """With the new tokens, which the services find in the keyring."""
        if not self.manager.go_on(connection_id):
            self._connect_stored()

    def _say_problem(self, problem: SignoffError) -> None:
        say_problem(self.window.messages, problem)

    def _connect_stored(self) -> None:
        self._tasks.replace("connect", self._connect_what_is_stored())

    async def _connect_what_is_stored(self) -> None:
        """All that is stored; where that is one or none, the environment may have the key."""
        choice = self.manager.jobs.choice
        choice.preferred = choice.chosen or choice.preferred
        try:
            stored = await asyncio.to_thread(self.composition.settings.connections)
            if len(stored) > 1:
                await self._open_all(stored)
            else:
                await self.use(await self._keyring_asked(self.composition.sign_ins.chosen))
        except CredentialMissing:
            await self.manager.close_all()
            self._show_not_connected()
        except SignoffError as problem:
            await self.manager.close_all()
            self.window.show_welcome(tr("Not connected"), tr("The message above says why."), tr("Connect to Pleo…"))
            show_problem(self.window.messages, problem, tr("The connection could not be opened"))

    async def _open_all(self, stored: Sequence[Connection]) -> None:
        """Each by itself, so that none waits for another's keyring or certificate."""
        await self.manager.close_all()
        self.window.messages.clear()
        self.window.result.clear()
        self._say_damage_once()
        self.window.show_jobs()
        await asyncio.gather(*(self._open(connection) for connection in stored))

    async def _open(self, connection: Connection) -> None:
        try:
            await self.manager.open(await self._keyring_asked(partial(self.composition.sign_ins.stored, connection)))
        except SignoffError as problem:
            signs_in = connection.sign_in is SignInKind.OAUTH
            self.manager.jobs.troubles.add_closed(CompanyTrouble(connection.id, connection.name, problem, signs_in))

    async def _keyring_asked(self, work: Callable[[], SignIn]) -> SignIn:
        """Says so where it takes long: a keyring can ask for its password where nobody looks."""
        bar = self.window.messages
        words = (MessageKind.INFO, tr("Waiting for the keyring of the operating system"))
        slow = asyncio.get_running_loop().call_later(
            _SAID_AFTER_SECONDS, lambda: bar.show_message(*words, advice=_KEYRING_ADVICE, closable=False)
        )
        try:
            return await asyncio.to_thread(work)
        finally:
            slow.cancel()
            if bar.title() == words[1]:
                bar.clear()

    def _mend(self, connection_id: ConnectionId, remedy: Remedy) -> None:
        if remedy is Remedy.OPEN_CONNECTION:
            self.connections.edit(connection_id)
            return
        if remedy is not Remedy.READ_AGAIN:
            self.connections.replace_credential(connection_id)
            return
        connection = self.composition.settings.connection(connection_id)
        if connection:
            self._tasks.replace(connection_id, self._open(connection))

    def _keep_window_state(self) -> None:
        """What is played in the sandbox is not what the next start goes on with."""
        services, chosen = self.manager.on_screen.services, self.manager.jobs.choice.chosen
        if services and chosen and not services.is_sandbox:
            self._left = replace(self._left, connection=chosen.connection_id, job=chosen.job_id)
        now = replace(
            state_of(self.window),
            connection=self._left.connection,
            job=self._left.job,
            has_dense_jobs=self.window.actions_by_name.dense_jobs.isChecked(),
        )
        WindowStateFile(self.composition.settings.folder).write(now)

    def _show_not_connected(self) -> None:
        stored = self.composition.settings.connections()
        if stored:
            self.window.show_welcome(*_way_back(stored[0], keeps_secrets=self.composition.settings.keeps_secrets))
            return
        page = FirstRunPage(keeps_secrets=self.composition.settings.keeps_secrets)
        page.connect_requested.connect(self.connections.add)
        page.sandbox_requested.connect(self.window.actions_by_name.sandbox.trigger)
        self.window.show_first_run(page)
        self._say_damage_once()
        page.connect_button.setFocus()

    async def _connect_sandbox(self, scenario: str) -> None:
        try:
            url = await asyncio.to_thread(self._sandbox.start, scenario)
            await self.use(sandbox_sign_in(url))
        except SignoffError as problem:
            self.window.show_welcome(
                tr("The sandbox is not running"), tr("The message above says why."), tr("Connect to Pleo…")
            )
            show_problem(self.window.messages, problem, tr("The sandbox could not be started"))

    def _request_close(self, *, quits: bool = False) -> None:
        if not self._is_closing:
            self._is_closing = True
            self._tasks.start(self._close(quits=quits or _session_ends()))

    async def _close(self, *, quits: bool) -> None:
        """While an event is on its way the window waits for its outcome, unless the user insists."""
        try:
            if not quits and await self.desktop_integration.stays_in_tray():
                self.window.hide()
                return
            sending = self.manager.sending()
            if sending:
                waiting = asyncio.gather(*(view.finish_sending() for view in sending))
                asked = asyncio.ensure_future(self._insists(sending[0].on_its_way))
                await asyncio.wait((waiting, asked), return_when=asyncio.FIRST_COMPLETED)
                if waiting.done():
                    asked.cancel()
                elif not asked.result():
                    return
            self._closed.set()
        finally:
            self._is_closing = False

    async def _insists(self, on_its_way: str) -> bool:
        return await confirm(
            self.window,
            on_its_way,
            tr(
                "Signoff waits until it is known what became of it, then closes. If you close now, it is written down "
                "what was sent, and Signoff finds out what became of it when it is opened again."
            ),
            action=tr("Close now"),
            cancel=tr("Wait"),
            dangerous=True,
        )


def _session_ends() -> bool:
    """Whether the user's whole session ends, such as at a log-out: no time for questions."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()


def _way_back(connection: Connection, *, keeps_secrets: bool) -> tuple[str, str, str]:
    """Title, hint and button of the page that asks for a credential that is not there."""
    why = "" if keeps_secrets else tr("Without a keyring it lives until Signoff is closed.")
    if connection.sign_in is SignInKind.OAUTH:
        title, way = tr("Nobody is signed in to {name}", name=connection.name), tr("Sign in to go on.")
        return title, " ".join(filter(None, (why, way))), tr("Sign in with Pleo…")
    title, way = tr("The key of {name} is needed", name=connection.name), tr("Enter it to go on.")
    return title, " ".join(filter(None, (why, way))), tr("Enter the key…")
