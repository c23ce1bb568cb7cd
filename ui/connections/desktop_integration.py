"""How Signoff makes itself noticed: notices, the icon in the tray, staying there when the window is closed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QApplication

from app.composition.services import Services
from app.errors import SettingsProblem
from app.messages import ntr, tr
from app.models.vocabulary import EntryId, JobId
from app.platform.clock import Clock
from app.settings.connections import ConnectionId
from app.settings.preferences import Preferences, PreferencesBook
from app.watching.facts import KnownJobs
from app.watching.notices import Wishes
from ui.common.dialogs import confirm
from ui.common.locale_format import LocaleFormat
from ui.connections.connection_manager import ConnectionManager
from ui.jobs.view_model import JobKey
from ui.notifications.bell import NoticeBell
from ui.notifications.presenter import CompanyFacts, NoticesPresenter, Notified
from ui.shell.main_window import MainWindow


class TrayIcon(Protocol):
    @property
    def raise_requested(self) -> SignalInstance: ...

    @property
    def read_requested(self) -> SignalInstance: ...

    @property
    def quit_requested(self) -> SignalInstance: ...

    @property
    def message_clicked(self) -> SignalInstance: ...

    @property
    def is_shown(self) -> bool: ...

    def set_wanted(self, *, is_wanted: bool) -> None: ...

    def show_count(self, count: int, words: str, *, hurries: bool) -> None: ...

    def tell(self, title: str, text: str) -> None: ...


class DesktopIntegration(QObject):
    def __init__(
        self,
        window: MainWindow,
        manager: ConnectionManager,
        preferences: PreferencesBook,
        notified: Notified,
        clock: Clock,
        tray: TrayIcon,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._manager = manager
        self._preferences = preferences
        self._clock = clock
        self._fmt = LocaleFormat()
        self._tray = tray
        self.bell = NoticeBell()
        window.statusBar().addPermanentWidget(self.bell)
        # It would be the only one to take the focus while the window opens, and keep it from the items.
        self.bell.hide()
        self.notices = NoticesPresenter(
            self.bell.panel.stack,
            tray,
            notified,
            clock,
            self._fmt,
            lambda: _wishes(self._preferences.now),
            is_in_front=_is_in_front,
            is_before_eyes=self._is_before_eyes,
        )
        self._join()
        self._take(self._preferences.now)

    def close(self) -> None:
        self._stop_listening()
        self._stop_judging()
        self.notices.close()
        self._tray.set_wanted(is_wanted=False)

    async def stays_in_tray(self) -> bool:
        """Whether closing the window leaves the program in the tray; the first time the user is asked."""
        if not self._tray.is_shown:
            return False
        wished = self._preferences.now.close_to_tray
        if wished is None:
            wished = await self._asks_once()
        return wished

    def _join(self) -> None:
        self._stop_listening = self._preferences.listen(self._take)
        self._stop_judging = self._manager.monitor.listen_to_facts(self._judge)
        self._manager.jobs.choice.job_chosen.connect(lambda key: self.notices.let_go(*key))
        self._manager.job_moved.connect(self._take_moved)
        self._window.seen.connect(self._manager.polling.come_into_sight)
        self.notices.show_requested.connect(self._lead_to)
        self.notices.unread_changed.connect(self.bell.show_unread)
        self.notices.came.connect(self.bell.say)
        self.bell.opened.connect(self.notices.mark_read)
        self._window.actions_by_name.notices.triggered.connect(self.bell.show_notices)
        self._tray.raise_requested.connect(self._window.come_to_front)
        self._tray.read_requested.connect(self._manager.refresh)
        self._tray.quit_requested.connect(self._window.quit_requested)

    def _take(self, preferences: Preferences) -> None:
        self._tray.set_wanted(is_wanted=preferences.use_tray)
        self._manager.hurry_from(timedelta(minutes=max(preferences.deadline_warnings_minutes, default=0)))
        self._manager.polling.take_minutes(preferences.watch_minutes)

    def _judge(self, facts: Mapping[ConnectionId, KnownJobs]) -> None:
        self.bell.show()
        for connection_id, known in facts.items():
            services = self._manager.services_of(connection_id)
            if services:
                world = _world(services)
                self.notices.judge([CompanyFacts(connection_id, services.company_name, known.facts(), world)])
        self._show_count()

    def _show_count(self) -> None:
        now = self._clock.now()
        jobs = [job for watch in self._manager.monitor.watches.values() for job in watch.known.running()]
        deadlines = (job.deadline for job in jobs)
        ends = min((deadline for deadline in deadlines if deadline and deadline > now), default=None)
        hurries = ends is not None and ends - now < self._manager.jobs.soon
        self._tray.show_count(
            len(jobs), tray_words(len(jobs), self._fmt.time_left(ends, now) if ends else ""), hurries=hurries
        )

    def _take_moved(self, key: JobKey) -> None:
        if self._manager.has_ended_here(key):
            services = self._manager.services_of(key.connection_id)
            self.notices.take_own_end(key.job_id, _world(services) if services else "")

    def _is_before_eyes(self, connection_id: ConnectionId, job_id: JobId) -> bool:
        return _is_in_front() and self._manager.on_screen.shows(JobKey(connection_id, job_id))

    def _lead_to(self, connection_id: ConnectionId, job_id: JobId, entry_id: EntryId | None) -> None:
        self._window.come_to_front()
        self._manager.on_screen.show_item(JobKey(connection_id, job_id), entry_id)

    async def _asks_once(self) -> bool:
        stays = await confirm(
            self._window,
            tr("Keep watching from the tray?"),
            tr(
                "Signoff can stay in the tray when its window is closed, and tell you of new failures and deadlines. "
                "You can change this under Tools, Settings."
            ),
            action=tr("Stay in the tray"),
            cancel=tr("Quit"),
        )
        try:
            self._preferences.change(close_to_tray=stays)
        except SettingsProblem:
            return stays  # it holds until the program ends
        return stays


def tray_words(count: int, left: str) -> str:
    """For whoever points at the icon. `left` is how long the job has that expires first, "" where none has a time."""
    if not count:
        return tr("Signoff: Nothing needs you")
    if left:
        return ntr(
            "Signoff: {n} job needs someone, the next has {left}",
            "Signoff: {n} jobs need someone, the next has {left}",
            count,
            left=left,
        )
    return ntr("Signoff: {n} job needs someone", "Signoff: {n} jobs need someone", count)


def _is_in_front() -> bool:
    """A dialog of the window's counts as the window."""
    return QApplication.activeWindow() is not None


def _world(services: Services) -> str:
    """Empty for Pleo itself; a sandbox is another one at each start."""
    return f"{services.connection.base_url} " if services.is_sandbox else ""


def _wishes(preferences: Preferences) -> Wishes:
    return Wishes(
        failures=preferences.notify_failures,
        deadlines=preferences.notify_deadlines,
        ready=preferences.notify_ready,
        ended=preferences.notify_ended,
        warnings_minutes=preferences.deadline_warnings_minutes,
    )
