"""Between the connection dialog and the settings behind it."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import SignoffError
from app.logs import redaction
from app.models.page import Introspection
from app.settings.connections import Connection
from ui.settings.connection_dialog import ConnectionDialog
from ui.tasks import Tasks
from ui.widgets.message_bar import MessageKind

_NEEDED_SCOPES = ("export-jobs:read", "export-jobs:write", "export-items:read")
_COMPANY = "urn:pleo:company:"


class Connections(Protocol):
    """What this screen asks of the settings; every method raises SignoffError."""

    def connections(self) -> tuple[Connection, ...]: ...

    @property
    def keeps_secrets(self) -> bool: ...

    async def test(self, connection: Connection, secret: str) -> Introspection:
        """An empty secret means the one that is stored for the connection."""

    def save(self, connection: Connection, secret: str) -> None:
        """An empty secret keeps the one that is stored."""


class ConnectionPresenter(QObject):
    connected = Signal()  # another connection is stored and works

    def __init__(self, window: QWidget, connections: Connections) -> None:
        super().__init__(window)
        self._window = window
        self._connections = connections
        self._tasks = Tasks(self)
        self.dialog: ConnectionDialog | None = None

    def open(self) -> None:
        if self.dialog:
            return
        damage: SignoffError | None = None
        stored: Connection | None = None
        try:
            stored = next(iter(self._connections.connections()), None)
        except SignoffError as problem:
            damage = problem
        dialog = ConnectionDialog(stored, keeps_secrets=self._connections.keeps_secrets, parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.test_requested.connect(lambda connection, secret: self._start(connection, secret, save=False))
        dialog.save_requested.connect(lambda connection, secret: self._start(connection, secret, save=True))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        if damage:
            _show_problem(dialog, damage)
        dialog.open()

    async def close(self) -> None:
        self._tasks.cancel_all()
        await self._tasks.finished()

    def _forget(self) -> None:
        self._tasks.cancel_all()
        self.dialog = None

    def _start(self, connection: Connection, secret: str, *, save: bool) -> None:
        assert self.dialog is not None
        self._tasks.replace("test", self._check(self.dialog, connection, secret, save=save))

    async def _check(self, dialog: ConnectionDialog, connection: Connection, secret: str, *, save: bool) -> None:
        """A key is checked before it is stored: what does not work is not kept."""
        dialog.show_busy("Asking Pleo …")
        try:
            found = await self._connections.test(connection, secret)
            if save:
                self._connections.save(connection, secret)
        except SignoffError as problem:
            _show_problem(dialog, problem)
            return
        dialog.show_message(*_found_words(found))
        if save:
            dialog.accept()
            self.connected.emit()


def _show_problem(dialog: ConnectionDialog, problem: SignoffError) -> None:
    dialog.show_message(MessageKind.ERROR, problem.title, problem.advice, redaction.masked(problem.details))


def _found_words(found: Introspection) -> tuple[MessageKind, str, str]:
    company = (found.subject_urn or "").removeprefix(_COMPANY) or "not named"
    missing = [scope for scope in _NEEDED_SCOPES if found.scopes and scope not in found.scopes]
    facts = f"Company: {company}\nScopes: {', '.join(found.scopes) or 'not named'}"
    if missing:
        return MessageKind.WARNING, "Connected, but some access is missing", f"{facts}\nMissing: {', '.join(missing)}"
    return MessageKind.SUCCESS, "Connected", facts
