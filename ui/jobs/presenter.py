"""Shows the jobs of all connections in one list, as the monitor knows them."""

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from app.jobs.job_list import JobScope
from app.platform.clock import Clock
from app.settings.connections import ConnectionId
from app.watching.monitor import JobsMonitor
from ui.common.text_format import TextFormat
from ui.jobs.choice import JobChoice
from ui.jobs.page import JobsPage
from ui.jobs.rows import JobRows, WatchedConnection, companies, read_stamp
from ui.jobs.troubles_presenter import TroublesPresenter

# What many connections tell at nearly the same time is shown once.
_SHOW_AFTER_MS = 40


class JobsPresenter(QObject):
    """What was read last stays on screen, marked as old, when a later look fails. Less than `soon` is a hurry."""

    def __init__(self, page: JobsPage, monitor: JobsMonitor[ConnectionId], clock: Clock, fmt: TextFormat) -> None:
        super().__init__(page)
        self._page = page
        self._monitor = monitor
        self._clock = clock
        self._fmt = fmt
        self._connections: dict[ConnectionId, WatchedConnection] = {}
        self._rows = JobRows(fmt)
        self._scope = JobScope.NEEDS_ATTENTION
        self._company = ""
        self.soon = timedelta(minutes=15)
        self.choice = JobChoice(page)
        self.troubles = TroublesPresenter(page.troubles, monitor, self.connections)
        self._showing = QTimer(self)
        self._showing.setInterval(_SHOW_AFTER_MS)
        self._showing.setSingleShot(True)
        self._showing.timeout.connect(self._show)
        self._stop_listening = monitor.listen_to_changes(self._show_soon)
        page.scope_chosen.connect(self.show_scope)
        page.company_chosen.connect(self._show_company)
        page.refresh_requested.connect(monitor.look_again)

    def connections(self) -> tuple[WatchedConnection, ...]:
        return tuple(self._connections.values())

    def connection(self, connection_id: ConnectionId) -> WatchedConnection | None:
        return self._connections.get(connection_id)

    def add(self, connection: WatchedConnection) -> None:
        self._connections[connection.connection_id] = connection
        self.troubles.forget_closed(connection.connection_id)
        self.choice.await_answers()

    def remove(self, connection_id: ConnectionId) -> None:
        self._connections.pop(connection_id, None)
        self._rows.forget(connection_id)
        self.troubles.forget_closed(connection_id)
        self.choice.forget(connection_id)
        self._show_soon()

    def show_scope(self, scope: JobScope) -> None:
        self._scope = scope
        self._show()
        self._monitor.look_at(scope)

    def close(self) -> None:
        self._stop_listening()
        self._showing.stop()
        self.choice.close()

    def _show_company(self, name: str) -> None:
        self._company = name
        self._show()

    def _show_soon(self) -> None:
        if not self._showing.isActive():
            self._showing.start()

    def _show(self) -> None:
        self._showing.stop()
        now = self._clock.now()
        rows = [(each, self._rows.of(each, self._scope, now, self.soon)) for each in self.connections()]
        self._page.show_companies(companies(rows))
        shown = [row for _, its_rows in rows for row in its_rows if self._company in ("", row.company)]
        shown.sort(key=lambda row: (row.need, row.company.casefold()))
        self._page.show_rows(shown, self._scope, self.choice.chosen)
        self.troubles.show()
        self._show_reading()
        self.choice.rows_shown(have_all_answered=all(each.known.has_answered for each in self.connections()))

    def _show_reading(self) -> None:
        if any(each.watch.is_looking for each in self.connections()):
            self._page.busy.start()
        else:
            self._page.busy.stop()
        known = [each.known for each in self.connections()]
        self._page.show_stamp(read_stamp(known, self._scope, self._clock.now(), self._fmt))
