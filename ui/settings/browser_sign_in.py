"""A sign-in in the browser, with what the user can do in the window meanwhile."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.messages import said
from app.models.page import Introspection
from app.settings.connections import Connection
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.sheet import Sheet

_COPY, _STOP = "copy-address", "stop-waiting"
_ACTIONS = ((_COPY, said("Copy the address")), (_STOP, said("Stop waiting")))
_WAITING = said("Waiting for your browser")
_ADVICE = said("Sign in to Pleo there and allow the access. If no page appears, copy the address and open it yourself.")
_COPIED = said("The address is on the clipboard. Open it in a browser on this computer.")
_NO_BROWSER = said("The browser could not be opened")


class Access(Protocol):
    """How Pleo is asked about a connection. Every method raises SignoffError."""

    async def test(self, connection: Connection, secret: str) -> Introspection:
        """Whom the secret speaks for; an empty one means the one that is stored for the connection."""

    async def sign_in_by_browser(
        self, connection: Connection, client_secret: str, show: Callable[[str], object]
    ) -> str:
        """The secret to be tested and stored. `show` is given the address to open."""


class BrowserSignIn(QObject):
    """Speaks in the message bar of the dialog that it belongs to."""

    def __init__(self, dialog: Sheet, bar: MessageBar, access: Access) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._bar = bar
        self._access = access
        self._address = ""
        self._asking: asyncio.Future[str] | None = None
        self._is_stopped = False
        bar.action_requested.connect(self._act)

    async def secret_for(self, connection: Connection, client_secret: str) -> str | None:
        """None where the user stops waiting. Raises SignoffError."""
        self._is_stopped = False
        self._asking = asyncio.ensure_future(self._access.sign_in_by_browser(connection, client_secret, self._show))
        try:
            secret: str | None = await self._asking
        except asyncio.CancelledError:
            if not self._is_stopped:
                raise  # the dialog is closed, and the bar gone with it
            secret = None
        self._asking = None
        self._bar.clear()
        # The user is in the browser, and what comes next is here.
        self._dialog.activateWindow()
        return secret

    def _show(self, address: str) -> None:
        self._address = address
        if QDesktopServices.openUrl(QUrl(address)):
            self._say(MessageKind.INFO, _WAITING, _ADVICE)
        else:
            self._say(
                MessageKind.WARNING, _NO_BROWSER, said("Copy the address and open it in a browser on this computer.")
            )

    def _say(self, kind: MessageKind, title: str, advice: str) -> None:
        self._bar.show_message(kind, title, advice=advice, actions=_ACTIONS, closable=False)
        self._dialog.area.ensureVisible(0, 0)
        self._dialog.fit()

    def _act(self, key: str) -> None:
        if key == _COPY:
            QGuiApplication.clipboard().setText(self._address)
            self._say(MessageKind.INFO, _WAITING, _COPIED)
        elif key == _STOP and self._asking:
            self._is_stopped = True
            self._asking.cancel()
