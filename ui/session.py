"""What the window is connected to at the moment, and the changes from one connection to another."""

import asyncio
import logging
import os
import platform
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version

import PySide6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from app.assembly import SandboxChild, Services, SignIn, Switchboard, sandbox_sign_in
from app.errors import CredentialMissing, SignoffError
from app.logs import wished_level, write_log_to
from app.models.words import JobId
from app.settings.connections import Connection, ConnectionId, SignInKind
from app.settings.window_state import WindowStateFile
from ui.dialogs import confirm
from ui.error_display import show_bug, show_problem
from ui.main_window import MainWindow
from ui.settings.colours import ColoursPresenter
from ui.settings.connections_presenter import ConnectionsPresenter
from ui.settings.first_run import FirstRunPage
from ui.settings.log_presenter import LogPresenter
from ui.settings.settings_presenter import SettingsPresenter
from ui.tasks import Tasks
from ui.widgets.message_bar import MessageKind
from ui.window_state import state_of
from ui.workspace import Watching, Workspace

# In the sandbox items become final within seconds, and nobody counts its requests.
_SANDBOX_WATCHING = Watching(base=2, for_each_request=0.1)


class Session(QObject):
    def __init__(
        self, window: MainWindow, switchboard: Switchboard | None = None, watching: Watching | None = None
    ) -> None:
        super().__init__(window)
        self.window = window
        self.switchboard = switchboard or Switchboard()
        self.workspace: Workspace | None = None
        self._left = WindowStateFile(self.switchboard.folder).read()
        self.connections = ConnectionsPresenter(window, self.switchboard)
        self.settings = SettingsPresenter(window, self.switchboard)
        self.log = LogPresenter(window, self.switchboard)
        self.colours = ColoursPresenter(
            window.actions_by_name.themes, self.switchboard.preferences, self._say_problem, window
        )
        self._watching = watching
        self._services: Services | None = None
        self._sandbox = SandboxChild()
        self._tasks = Tasks(self, self.show_bug)
        self._closed = asyncio.Event()
        self._is_closing = False
        self._join()

    def _join(self) -> None:
        window, actions = self.window, self.window.actions_by_name
        window.close_requested.connect(self._request_close)
        window.messages.action_requested.connect(lambda _key: self._connect_stored())
        window.welcome.button_clicked.connect(lambda: self.connections.replace_or_add(self._left.connection))
        self.connections.changed.connect(self._connect_stored)
        self.connections.signed_in.connect(self._go_on)
        actions.connections.triggered.connect(self.connections.open)
        actions.sandbox.triggered.connect(lambda: self.connect_sandbox("everyday"))
        actions.about.triggered.connect(self._show_about)
        actions.settings.triggered.connect(self.settings.open)
        actions.log.triggered.connect(self.log.open)
        self.settings.imported.connect(self._take_imported)
        self.settings.network_changed.connect(self._reconnect)

    async def run(self, scenario: str | None) -> None:
        """Until the window has been closed."""
        write_log_to(self.switchboard.folder / "logs", wished_level(os.environ))
        logging.getLogger("signoff").info("opened, version %s", version("signoff"))
        if scenario is None:
            self._connect_stored()
        else:
            self.connect_sandbox(scenario)
        await self._closed.wait()
        self._keep_window_state()
        self._tasks.cancel_all()
        await self._tasks.finished()
        await self.connections.close()
        await self.settings.close()
        self.colours.close()
        await self._disconnect()
        await asyncio.to_thread(self._sandbox.stop)
        self.window.let_go()

    def connect_sandbox(self, scenario: str) -> None:
        self._tasks.replace("connect", self._connect_sandbox(scenario))

    def show_bug(self, error: BaseException) -> None:
        show_bug(error, self.window)

    async def use(self, sign_in: SignIn) -> None:
        """Raises SignoffError; the connection before it is gone by then."""
        await self._disconnect()
        services = await self.switchboard.open(sign_in)
        self._services = services
        connection = services.connection
        watching = self._watching or (_SANDBOX_WATCHING if connection.is_sandbox else Watching())
        workspace = Workspace(self.window, services, self.switchboard.views, self.switchboard.clock, watching)
        workspace.wanted_job = JobId(self._left.job) if self._left.job else None
        workspace.failure_type_taken.connect(partial(self.switchboard.remember_failure_type, connection.id))
        workspace.sign_in_requested.connect(partial(self.connections.replace_credential, connection.id))
        self.workspace = workspace
        self.window.messages.clear()
        self._say_damage_once()
        self.window.show_connection(connection.name, connection.environment.value, is_sandbox=connection.is_sandbox)
        workspace.open()

    def _take_imported(self) -> None:
        if self.workspace:
            self.workspace.views.read_again()
        self._reconnect()

    def _reconnect(self) -> None:
        """The sandbox on this very machine stays open: no setting changes the way to it."""
        if not (self._services and self._services.connection.is_sandbox):
            self._connect_stored()

    def _say_damage_once(self) -> None:
        damage, self.switchboard.preferences.problem = self.switchboard.preferences.problem, None
        if damage:
            self._say_problem(damage)

    def _say_problem(self, problem: SignoffError) -> None:
        self.window.messages.show_message(
            MessageKind.WARNING, f"{problem.title}.", problem.details, advice=problem.advice
        )

    def _go_on(self, connection_id: ConnectionId) -> None:
        """With the new tokens, which the services find in the keyring: what is on screen stays."""
        if self.workspace and self._services and self._services.connection.id == connection_id:
            self.workspace.refresh()
        else:
            self._connect_stored()

    def _connect_stored(self) -> None:
        self._tasks.replace("connect", self._connect_what_is_stored())

    async def _connect_what_is_stored(self) -> None:
        try:
            await self.use(await asyncio.to_thread(self._sign_in))
        except CredentialMissing:
            await self._disconnect()
            self._show_not_connected()
        except SignoffError as problem:
            await self._disconnect()
            self.window.show_welcome("Not connected", "The message above says why.", "Connect to Pleo…")
            show_problem(self.window.messages, problem, "The connection could not be opened")

    def _sign_in(self) -> SignIn:
        stored = self.switchboard.connections()
        return self.switchboard.sign_in_to(self._last_of(stored)) if len(stored) > 1 else self.switchboard.sign_in()

    def _last_of(self, stored: Sequence[Connection]) -> Connection:
        """The connection that was open last, else the first."""
        return next((each for each in stored if each.id == self._left.connection), stored[0])

    def _note_what_is_open(self) -> None:
        """What is played in the sandbox is not what the next start goes on with."""
        if self.workspace and self._services and not self._services.connection.is_sandbox:
            snapshot, connection = self.workspace.items.snapshot, self._services.connection
            self._left = replace(self._left, connection=connection.id, job=snapshot.job.id if snapshot else None)

    def _keep_window_state(self) -> None:
        self._note_what_is_open()
        now = replace(state_of(self.window), connection=self._left.connection, job=self._left.job)
        WindowStateFile(self.switchboard.folder).write(now)

    def _show_not_connected(self) -> None:
        stored = self.switchboard.connections()
        if stored:
            why = "" if self.switchboard.keeps_secrets else "Without a keyring it lives until Signoff is closed. "
            self.window.show_welcome(*_way_back(self._last_of(stored), why))
            return
        page = FirstRunPage(keeps_secrets=self.switchboard.keeps_secrets)
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
            self.window.show_welcome("The sandbox is not running", "The message above says why.", "Connect to Pleo…")
            show_problem(self.window.messages, problem, "The sandbox could not be started")

    async def _disconnect(self) -> None:
        self._note_what_is_open()
        workspace, self.workspace = self.workspace, None
        if workspace:
            await workspace.close()
        if self._services:
            await self._services.close()
            self._services = None

    def _request_close(self) -> None:
        if not self._is_closing:
            self._is_closing = True
            self._tasks.start(self._close())

    async def _close(self) -> None:
        """While an event is on its way the window waits for its outcome, unless the user insists."""
        try:
            workspace = self.workspace
            if workspace and workspace.on_its_way:
                waiting = asyncio.ensure_future(workspace.finish_sending())
                asked = asyncio.ensure_future(self._insists(workspace.on_its_way))
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
            "Signoff waits until it is known what became of it, then closes. If you close now, it is written down what "
            "was sent, and Signoff finds out what became of it when it is opened again.",
            action="Close now",
            cancel="Wait",
            dangerous=True,
        )

    def _show_about(self) -> None:
        box = QMessageBox(self.window)
        box.setObjectName("aboutBox")
        box.setWindowTitle("About Signoff")
        box.setText(f"Signoff {version('signoff')}")
        box.setInformativeText(
            "Reviews Pleo export jobs and completes them, once, with the event their items imply.\n\n"
            f"Python {platform.python_version()}, Qt and PySide {PySide6.__version__} (LGPL 3).\n"
            "Signoff is under the MIT licence."
        )
        box.open()


def _way_back(connection: Connection, why: str) -> tuple[str, str, str]:
    """Title, hint and button of the page that asks for a credential that is not there."""
    if connection.sign_in is SignInKind.OAUTH:
        return f"Nobody is signed in to {connection.name}", f"{why}Sign in to go on.", "Sign in with Pleo…"
    return f"The key of {connection.name} is needed", f"{why}Enter it to go on.", "Enter the key…"
