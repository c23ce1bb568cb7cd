"""Between the sign-in dialog and the settings behind it."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import SignoffError
from app.messages import tr
from app.settings.connections import Connection
from app.settings.settings import Settings
from ui.common.tasks import Tasks
from ui.settings.browser_sign_in import Access, BrowserSignIn
from ui.settings.sign_in_dialog import SignInDialog
from ui.settings.view_model import trouble_of


class SignInPresenter(QObject):
    signed_in = Signal(object, object)  # Connection, Introspection: its new tokens are stored

    def __init__(self, window: QWidget, settings: Settings, access: Access) -> None:
        super().__init__(window)
        self._settings = settings
        self._access = access
        self._tasks = Tasks(self)
        self.dialog: SignInDialog | None = None

    def open(self, parent: QWidget, connection: Connection) -> None:
        """The browser is opened at once: that is what was asked for."""
        if self.dialog:
            self.dialog.activateWindow()
            return
        dialog = SignInDialog(connection.name, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        browser = BrowserSignIn(dialog, dialog.messages, self._access)
        dialog.sign_in_requested.connect(partial(self._start, dialog, browser, connection))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()
        self._start(dialog, browser, connection)

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def _forget(self) -> None:
        self._tasks.cancel_all()
        self.dialog = None

    def _start(self, dialog: SignInDialog, browser: BrowserSignIn, connection: Connection) -> None:
        self._tasks.replace("sign in", self._sign_in(dialog, browser, connection))

    async def _sign_in(self, dialog: SignInDialog, browser: BrowserSignIn, connection: Connection) -> None:
        """Checked before it is stored: the sign-in of another company replaces nothing."""
        dialog.show_busy(tr("Signing in …"))
        try:
            secret = await browser.secret_for(connection, "")
            if secret is None:
                dialog.show_ready()
                return
            found = await self._access.test(connection, secret)
            await asyncio.to_thread(self._settings.save, connection, secret)
        except SignoffError as problem:
            trouble = trouble_of(problem)
            dialog.show_trouble(trouble.words, trouble.advice, trouble.details)
            return
        dialog.accept()
        self.signed_in.emit(connection, found)
