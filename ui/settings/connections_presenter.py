"""Between the window of all connections and the settings behind it."""

import asyncio

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import SignoffError
from app.messages import tr
from app.models.page import Introspection
from app.settings.connections import Connection, ConnectionId, SignInKind
from app.settings.settings import Settings
from ui.common.dialogs import confirm
from ui.common.tasks import Tasks
from ui.settings.browser_sign_in import Access
from ui.settings.connections_window import ConnectionsWindow
from ui.settings.presenter import ConnectionPresenter
from ui.settings.sign_in_presenter import SignInPresenter
from ui.settings.view_model import ASKING, ConnectionRow, SignInFinding, finding_of, trouble_of
from ui.widgets.message_bar import MessageKind

# So many are asked at a time, whatever their number.
_ASKED_AT_ONCE = 8


class ConnectionsPresenter(QObject):
    changed = Signal()  # a connection was added, changed or removed
    signed_in = Signal(object)  # ConnectionId: the same connection, whose sign-in had ended

    def __init__(self, window: QWidget, settings: Settings, access: Access) -> None:
        super().__init__(window)
        self._parent = window
        self._settings = settings
        self._access = access
        self._tasks = Tasks(self)
        self._findings: dict[ConnectionId, SignInFinding] = {}
        self.editor = ConnectionPresenter(window, settings, access)
        self.editor.connected.connect(self._take)
        self.sign_in = SignInPresenter(window, settings, access)
        self.sign_in.signed_in.connect(self._take_sign_in)
        self.window: ConnectionsWindow | None = None

    def open(self) -> None:
        """Asks Pleo about each connection, so that what does not work is seen."""
        if self.window:
            self.window.raise_()
            return
        window = ConnectionsWindow(self._parent)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.add_requested.connect(self.add)
        window.edit_requested.connect(self.edit)
        window.replace_requested.connect(self.replace_credential)
        window.check_requested.connect(self.check)
        window.remove_requested.connect(self._ask_to_remove)
        window.finished.connect(self._forget)
        self.window = window
        self.check_all()
        window.open()

    def add(self) -> None:
        self.editor.open(self.window or self._parent)

    def edit(self, connection_id: ConnectionId) -> None:
        stored = self._stored(connection_id)
        if stored:
            self.editor.open(self.window or self._parent, stored)

    def replace_credential(self, connection_id: ConnectionId) -> None:
        """A new key, or another sign-in at Pleo; also from elsewhere, where the old one does not work any more."""
        stored = self._stored(connection_id)
        if stored and stored.sign_in is SignInKind.OAUTH:
            self.sign_in.open(QApplication.activeModalWidget() or self._parent, stored)
        elif stored:
            self.edit(connection_id)

    def replace_or_add(self, last: str | None) -> None:
        """The credential of the connection with that id, else of the first one; where there is none, a new one."""
        stored = self._read()
        chosen = next((each for each in stored if each.id == last), stored[0] if stored else None)
        if chosen:
            self.replace_credential(chosen.id)
        else:
            self.add()

    def check_all(self) -> None:
        turns = asyncio.Semaphore(_ASKED_AT_ONCE)
        for connection in self._read():
            self._ask(connection, turns)
        self._show()

    def check(self, connection_id: ConnectionId) -> None:
        stored = self._stored(connection_id)
        if stored:
            self._ask(stored, asyncio.Semaphore())
            self._show()

    async def aclose(self) -> None:
        await self._tasks.aclose()
        await self.editor.aclose()
        await self.sign_in.aclose()

    def _ask(self, connection: Connection, turns: asyncio.Semaphore) -> None:
        self._findings[connection.id] = ASKING
        self._tasks.replace(connection.id, self._find_out(connection, turns))

    async def _find_out(self, connection: Connection, turns: asyncio.Semaphore) -> None:
        try:
            async with turns:
                finding = finding_of(await self._access.test(connection, ""))
        except SignoffError as problem:
            finding = trouble_of(problem)
        self._findings[connection.id] = finding
        self._show()

    def _take(self, connection: Connection, found: Introspection) -> None:
        self._tasks.cancel(connection.id)
        self._findings[connection.id] = finding_of(found)
        self._show()
        if self.window:
            self.window.choose(connection.id)
        self.changed.emit()

    def _take_sign_in(self, connection: Connection, found: Introspection) -> None:
        self._tasks.cancel(connection.id)
        self._findings[connection.id] = finding_of(found)
        self._show()
        self.signed_in.emit(connection.id)

    def _ask_to_remove(self, connection_id: ConnectionId) -> None:
        stored = self._stored(connection_id)
        if stored:
            self._tasks.replace("remove", self._remove(stored))

    async def _remove(self, connection: Connection) -> None:
        is_wished = await confirm(
            self.window,
            tr("Remove the connection {name}?", name=connection.name),
            tr(
                "Its key is deleted from this machine; in Pleo the key stays good until it is revoked there. "
                "The journal keeps what was sent over this connection, and nothing in Pleo changes."
            ),
            action=tr("Remove connection"),
            dangerous=True,
        )
        if not is_wished:
            return
        try:
            await asyncio.to_thread(self._settings.remove, connection)
        except SignoffError as problem:
            self._say(problem)
            return
        self._tasks.cancel(connection.id)
        self._show()
        self.changed.emit()

    def _stored(self, connection_id: ConnectionId) -> Connection | None:
        return next((each for each in self._read() if each.id == connection_id), None)

    def _read(self) -> tuple[Connection, ...]:
        try:
            return self._settings.connections()
        except SignoffError as problem:
            self._say(problem)
            return ()

    def _show(self) -> None:
        if self.window:
            rows = [ConnectionRow(each, self._findings.get(each.id, SignInFinding())) for each in self._read()]
            self.window.show_rows(rows)

    def _say(self, problem: SignoffError) -> None:
        if self.window:
            trouble = trouble_of(problem)
            self.window.messages.show_message(MessageKind.ERROR, trouble.words, trouble.details, advice=trouble.advice)

    def _forget(self) -> None:
        self._tasks.cancel_all()
        self.window = None
