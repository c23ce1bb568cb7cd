"""Between the connection dialog and the settings behind it."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import NotSignedIn, SignoffError
from app.messages import said, tr
from app.settings.company_guard import remembering
from app.settings.connections import Connection, SignInKind
from app.settings.settings import Settings
from ui.common.tasks import Tasks
from ui.settings.browser_sign_in import Access, BrowserSignIn
from ui.settings.connection_dialog import ConnectionDialog
from ui.settings.view_model import finding_of, trouble_of
from ui.widgets.message_bar import MessageKind

_WHERE_IT_COMES_FROM = said("Pleo shows it once, when it is made under Settings, API Keys.")
_SANDBOX_IS_HERE = said(
    "Its address begins with http://127.0.0.1, as signoff sandbox prints it. For any other server, choose Another "
    "address."
)
_WRONG_KEY = said("The key is wrong, expired or revoked. Paste another one below.")


class ConnectionPresenter(QObject):
    connected = Signal(object, object)  # Connection, Introspection: it is stored and works

    def __init__(self, window: QWidget, settings: Settings, access: Access) -> None:
        super().__init__(window)
        self._settings = settings
        self._access = access
        self._tasks = Tasks(self)
        self.dialog: ConnectionDialog | None = None

    def open(self, parent: QWidget, stored: Connection | None = None) -> None:
        """For a new connection, or to change a stored one."""
        if self.dialog:
            return
        dialog = ConnectionDialog(stored, keeps_secrets=self._settings.keeps_secrets, parent=parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        browser = BrowserSignIn(dialog, dialog.messages, self._access)
        dialog.sign_in_requested.connect(partial(self._sign_in, dialog, browser))
        dialog.test_requested.connect(partial(self._start, dialog, save=False))
        dialog.save_requested.connect(partial(self._start, dialog, save=True))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def _forget(self) -> None:
        self._tasks.cancel_all()
        self.dialog = None

    def _start(self, dialog: ConnectionDialog, connection: Connection, secret: str, *, save: bool) -> None:
        if self._is_no_sandbox(dialog):
            return
        if connection.sign_in is SignInKind.OAUTH:
            secret = ""  # what was typed is the client's secret; the tokens are stored
        elif not secret.strip() and not dialog.is_stored:
            dialog.show_message(MessageKind.WARNING, tr("Paste the key first"), _WHERE_IT_COMES_FROM)
            dialog.ask_for_key()
            return
        self._tasks.replace("test", self._check(dialog, connection, secret, save=save))

    def _sign_in(
        self, dialog: ConnectionDialog, browser: BrowserSignIn, connection: Connection, client_secret: str
    ) -> None:
        if self._is_no_sandbox(dialog):
            return
        self._tasks.replace("test", self._ask_and_check(dialog, browser, connection, client_secret))

    def _is_no_sandbox(self, dialog: ConnectionDialog) -> bool:
        if dialog.wants_sandbox_elsewhere:
            dialog.show_message(MessageKind.WARNING, tr("A sandbox runs on this computer"), _SANDBOX_IS_HERE)
        return dialog.wants_sandbox_elsewhere

    async def _ask_and_check(
        self, dialog: ConnectionDialog, browser: BrowserSignIn, connection: Connection, client_secret: str
    ) -> None:
        dialog.show_waiting()
        try:
            secret = await browser.secret_for(connection, client_secret)
        except SignoffError as problem:
            _show_trouble(dialog, problem)
            return
        if secret is None:
            dialog.show_ready()
            return
        await self._check(dialog, connection, secret, save=True)

    async def _check(self, dialog: ConnectionDialog, connection: Connection, secret: str, *, save: bool) -> None:
        """A key is checked before it is stored: what does not work is not kept."""
        dialog.show_busy(tr("Asking Pleo …"))
        try:
            found = await self._access.test(connection, secret)
            if save:
                connection = remembering(connection, found)
                await asyncio.to_thread(self._settings.save, connection, secret)  # a keyring may ask to be unlocked
        except SignoffError as problem:
            _show_trouble(dialog, problem)
            return
        if save:
            dialog.show_saved(finding_of(found))
            self.connected.emit(connection, found)
        else:
            dialog.show_finding(finding_of(found))


def _show_trouble(dialog: ConnectionDialog, problem: SignoffError) -> None:
    trouble = trouble_of(problem)
    is_key = isinstance(problem, NotSignedIn) and dialog.secret.isVisible()
    advice = _WRONG_KEY if is_key else trouble.advice
    dialog.show_message(MessageKind.ERROR, trouble.words, advice, trouble.details)
    if is_key:
        dialog.ask_for_key()
