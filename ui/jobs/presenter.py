"""Shows the jobs of all connections in one list, as the monitor knows them."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from app.jobs.job_list import JobScope
from app.platform.clock import Clock
from app.settings.connections import ConnectionId
from app.watching.monitor import JobsMonitor
from ui.common.text_format import TextFormat
from ui.jobs.choice import JobChoice
from ui.jobs.next_job import next_key
from ui.jobs.page import JobsPage
from ui.jobs.rows import JobRows, WatchedConnection, by_company, companies, read_stamp
from ui.jobs.troubles_presenter import TroublesPresenter
from ui.jobs.view_model import JobKey, JobRow

# What many connections tell at nearly the same time is shown once.
_SHOW_AFTER_MS = 40
Need = tuple[int, float]


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
        self._place: tuple[JobKey, Need] | None = None  # of the job that is worked on
        self.choice.job_chosen.connect(self._keep_place)
        self.troubles = TroublesPresenter(page.troubles, monitor, self.connections)
        self._showing = QTimer(self)
        self._showing.setInterval(_SHOW_AFTER_MS)
        self._showing.setSingleShot(True)
        self._showing.timeout.connect(self._show)
        self._stop_listening = monitor.listen_to_changes(self._show_soon)
        page.scope_chosen.connect(self.show_scope)
        page.company_chosen.connect(self._show_company)
        page.refresh_requested.connect(monitor.look_again)
        page.density_changed.connect(self._show)

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
        self._scope, self._place = scope, None
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
        shown.sort(key=self._order)
        if self._page.is_dense:
            shown = by_company(shown)
        self._page.show_rows(shown, self._scope, self.choice.chosen)
        self.troubles.show()
        self._show_reading()
        self.choice.rows_shown(have_all_answered=all(each.known.has_answered for each in self.connections()))

    def next_job(
        self, *, is_ready: bool = False, but_for: Callable[[JobKey], bool] = lambda _key: False
    ) -> JobKey | None:
        """The one that comes after the chosen one in the list, around its end; None where no other one is wanted."""
        return next_key(self._page.model.rows(), self.choice.chosen, is_ready=is_ready, but_for=but_for)

    def _keep_place(self, key: JobKey) -> None:
        """What is worked on stays where it is, however its urgency changes, until another job is chosen."""
        row = next((row for row in self._page.model.rows() if row.key == key), None)
        self._place = (key, row.need) if row else None

    def _order(self, row: JobRow) -> tuple[Need, str]:
        is_kept = self._place is not None and self._place[0] == row.key
        return self._place[1] if self._place and is_kept else row.need, row.company.casefold()

    def _show_reading(self) -> None:
        if any(each.watch.is_looking for each in self.connections()):
            self._page.busy.start()
        else:
            self._page.busy.stop()
        known = [each.known for each in self.connections()]
        self._page.show_stamp(read_stamp(known, self._scope, self._clock.now(), self._fmt))
