"""What keeps companies away from the list, above it, each with its own way out."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from app.messages import joined, tr
from app.settings.connections import ConnectionId
from app.watching.monitor import JobsMonitor
from ui.jobs.rows import WatchedConnection
from ui.jobs.troubles import CompanyTrouble, Remedy, TroubleView, trouble_views
from ui.widgets.message_bar import MessageKind
from ui.widgets.message_stack import MessageStack, StackedMessage

_OFFLINE = "offline"


class TroublesPresenter(QObject):
    """A look again is made here; every other way out is asked for."""

    remedy_requested = Signal(object, object)  # ConnectionId, Remedy

    def __init__(
        self,
        stack: MessageStack,
        monitor: JobsMonitor[ConnectionId],
        connections: Callable[[], Iterable[WatchedConnection]],
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._monitor = monitor
        self._connections = connections
        self._closed: dict[ConnectionId, CompanyTrouble] = {}
        self._shown: dict[str, TroubleView] = {}
        stack.action_requested.connect(self._request_remedy)

    def closed(self) -> tuple[ConnectionId, ...]:
        """The connections that could not be opened."""
        return tuple(self._closed)

    def add_closed(self, trouble: CompanyTrouble) -> None:
        """A connection that could not be opened at all."""
        self._closed[trouble.connection_id] = trouble
        self.show()

    def forget_closed(self, connection_id: ConnectionId) -> None:
        if self._closed.pop(connection_id, None):
            self.show()

    def show(self) -> None:
        is_offline = any(connection.known.is_offline for connection in self._connections())
        troubles = [
            CompanyTrouble(
                connection.connection_id, connection.name, connection.known.trouble.problem, connection.signs_in
            )
            for connection in self._connections()
            if connection.known.trouble and not connection.known.is_offline
        ]
        views = trouble_views((*self._closed.values(), *troubles))
        self._shown = {view.key: view for view in views}
        self._stack.show_messages([*([_offline_message()] if is_offline else []), *map(_trouble_message, views)])

    def _request_remedy(self, key: str, _action: str) -> None:
        if key == _OFFLINE:
            self._monitor.look_again()
            return
        view = self._shown[key]
        if view.remedy is not Remedy.READ_AGAIN:
            self.remedy_requested.emit(view.connection_ids[0], view.remedy)
            return
        for connection_id in view.connection_ids:
            if connection_id in self._monitor.watches:
                self._monitor.look_again_at(connection_id)
            else:
                self.remedy_requested.emit(connection_id, view.remedy)


def _offline_message() -> StackedMessage:
    return StackedMessage(
        _OFFLINE,
        MessageKind.WARNING,
        tr("Offline"),
        tr("What was read before stays, marked as old. Nothing can be sent."),
        actions=((Remedy.READ_AGAIN, tr("Try anyway")),),
    )


def _trouble_message(view: TroubleView) -> StackedMessage:
    """What to do is the button; the words about it are folded, so that many troubles leave room for the jobs."""
    folded = joined("\n", filter(None, (view.advice, view.details)))
    return StackedMessage(
        view.key, MessageKind.ERROR, view.title, details=folded, actions=((view.remedy, view.button),)
    )
