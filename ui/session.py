"""What the window is connected to at the moment, and the changes from one connection to another."""

import asyncio
import logging
import platform
from functools import partial
from importlib.metadata import version

import PySide6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

from app.assembly import SandboxChild, Services, SignIn, Switchboard, sandbox_sign_in
from app.errors import CredentialMissing, SignoffError
from app.logs import write_log_to
from ui.dialogs import confirm
from ui.error_display import show_bug, show_problem
from ui.main_window import MainWindow
from ui.settings.connections_presenter import ConnectionsPresenter
from ui.settings.first_run import FirstRunPage
from ui.tasks import Tasks
from ui.theme.apply import apply_theme, system_scheme
from ui.theme.tokens import Scheme
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
        self.connections = ConnectionsPresenter(window, self.switchboard)
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
        window.welcome.button_clicked.connect(self._enter_key)
        self.connections.changed.connect(self._connect_stored)
        actions.connections.triggered.connect(self.connections.open)
        actions.sandbox.triggered.connect(lambda: self.connect_sandbox("everyday"))
        actions.about.triggered.connect(self._show_about)
        for key, action in actions.themes.items():
            action.triggered.connect(partial(_use_theme, key))

    async def run(self, scenario: str | None) -> None:
        """Until the window has been closed."""
        write_log_to(self.switchboard.folder / "logs")
        logging.getLogger("signoff").info("opened, version %s", version("signoff"))
        if scenario is None:
            self._connect_stored()
        else:
            self.connect_sandbox(scenario)
        await self._closed.wait()
        self._tasks.cancel_all()
        await self._tasks.finished()
        await self.connections.close()
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
        workspace.failure_type_taken.connect(partial(self.switchboard.remember_failure_type, connection.id))
        self.workspace = workspace
        self.window.messages.clear()
        self.window.show_connection(connection.name, connection.environment.value, is_sandbox=connection.is_sandbox)
        workspace.open()

    def _connect_stored(self) -> None:
        self._tasks.replace("connect", self._connect_what_is_stored())

    async def _connect_what_is_stored(self) -> None:
        try:
            await self.use(await asyncio.to_thread(self._sign_in))
        except CredentialMissing as missing:
            await self._disconnect()
            self._show_not_connected(missing)
        except SignoffError as problem:
            await self._disconnect()
            self.window.show_welcome("Not connected", "The message above says why.", "Connect to Pleo…")
            show_problem(self.window.messages, problem, "The connection could not be opened")

    def _sign_in(self) -> SignIn:
        stored = self.switchboard.connections()
        return self.switchboard.sign_in_to(stored[0]) if len(stored) > 1 else self.switchboard.sign_in()

    def _show_not_connected(self, missing: CredentialMissing) -> None:
        if self.switchboard.connections():
            self.window.show_welcome(missing.title, missing.advice, "Enter the key…")
            return
        page = FirstRunPage(keeps_secrets=self.switchboard.keeps_secrets)
        page.connect_requested.connect(self.connections.add)
        page.sandbox_requested.connect(self.window.actions_by_name.sandbox.trigger)
        self.window.show_first_run(page)
        page.connect_button.setFocus()

    def _enter_key(self) -> None:
        stored = self.switchboard.connections()
        if stored:
            self.connections.edit(stored[0].id)
        else:
            self.connections.add()

    async def _connect_sandbox(self, scenario: str) -> None:
        try:
            url = await asyncio.to_thread(self._sandbox.start, scenario)
            await self.use(sandbox_sign_in(url))
        except SignoffError as problem:
            self.window.show_welcome("The sandbox is not running", "The message above says why.", "Connect to Pleo…")
            show_problem(self.window.messages, problem, "The sandbox could not be started")

    async def _disconnect(self) -> None:
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
            if workspace and workspace.completion.is_sending:
                waiting = asyncio.ensure_future(workspace.completion.finished())
                asked = asyncio.ensure_future(self._insists())
                await asyncio.wait((waiting, asked), return_when=asyncio.FIRST_COMPLETED)
                if waiting.done():
                    asked.cancel()
                elif not asked.result():
                    return
            self._closed.set()
        finally:
            self._is_closing = False

    async def _insists(self) -> bool:
        return await confirm(
            self.window,
            "An event is on its way to Pleo",
            "Signoff waits until it is known what became of it, then closes. If you close now, it is written down that "
            "the event was sent, and Signoff finds out what became of it when it is opened again.",
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


def _use_theme(key: str) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    schemes = {"light": Scheme.LIGHT, "dark": Scheme.DARK}
    apply_theme(app, schemes.get(key) or system_scheme())
