"""How Signoff makes itself noticed: notices, the icon in the tray, staying there when the window is closed."""

from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QApplication

from app.errors import SettingsProblem
from app.models.vocabulary import EntryId, JobId
from app.platform.clock import Clock
from app.settings.connections import ConnectionId
from app.settings.preferences import Preferences, PreferencesBook
from app.watching.facts import Known
from app.watching.notices import Wishes
from ui.common.dialogs import confirm
from ui.common.locale_format import LocaleFormat
from ui.connections.connection_manager import ConnectionManager
from ui.jobs.view_model import JobKey
from ui.notifications.presenter import CompanyFacts, NoticesPresenter, Notified
from ui.shell.main_window import MainWindow

# As often is time judged to have passed.
_AGAIN_SECONDS = 15


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
        self._judged: dict[ConnectionId, tuple[Known, int]] = {}
        self.notices = NoticesPresenter(
            manager.jobs_page.notices,
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
        self._manager.jobs.news.connect(self._follow)
        self._manager.jobs.job_chosen.connect(lambda key: self.notices.let_go(*key))
        self._manager.job_moved.connect(self._take_moved)
        self._window.seen.connect(self._manager.come_into_sight)
        self.notices.show_requested.connect(self._lead_to)
        self._tray.raise_requested.connect(self._window.come_to_front)
        self._tray.read_requested.connect(self._manager.refresh)
        self._tray.quit_requested.connect(self._window.quit_requested)

    def _take(self, preferences: Preferences) -> None:
        self._tray.set_wanted(is_wanted=preferences.use_tray)
        self._manager.jobs.soon = timedelta(minutes=max(preferences.deadline_warnings_minutes, default=0))
        self._manager.take_watching(preferences.watch_minutes)

    def _follow(self) -> None:
        """A company is judged when a look at it has ended, and again as time passes."""
        minute = int(self._clock.now().timestamp() // _AGAIN_SECONDS)
        before_all = dict(self._judged)
        for source in self._manager.jobs.sources():
            known = source.watch.known
            if source.watch.is_looking or known.is_remembered:
                continue
            before = self._judged.get(source.connection_id)
            if before and before[0] is known and before[1] == minute:
                continue
            self._judged[source.connection_id] = (known, minute)
            world = self._manager.world_of(source.connection_id)
            self.notices.judge([CompanyFacts(source.connection_id, source.company_name, known.facts(), world)])
        if self._judged != before_all:
            self._show_count()

    def _show_count(self) -> None:
        now = self._clock.now()
        jobs = [job for source in self._manager.jobs.sources() for job in source.watch.known.running()]
        ends = min((job.deadline for job in jobs if job.deadline and job.deadline > now), default=None)
        words = f"{len(jobs)} {'job needs' if len(jobs) == 1 else 'jobs need'} someone" if jobs else "Nothing needs you"
        left = f", the next has {self._fmt.time_left(ends, now)}" if ends else ""
        hurries = ends is not None and ends - now < self._manager.jobs.soon
        self._tray.show_count(len(jobs), f"Signoff: {words}{left}", hurries=hurries)

    def _take_moved(self, key: JobKey) -> None:
        if self._manager.has_ended_here(key):
            self.notices.take_own_end(key.job_id, self._manager.world_of(key.connection_id))

    def _is_before_eyes(self, connection_id: ConnectionId, job_id: JobId) -> bool:
        return _is_in_front() and self._manager.is_shown(JobKey(connection_id, job_id))

    def _lead_to(self, connection_id: ConnectionId, job_id: JobId, entry_id: EntryId | None) -> None:
        self._window.come_to_front()
        self._manager.show_item(JobKey(connection_id, job_id), entry_id)

    async def _asks_once(self) -> bool:
        stays = await confirm(
            self._window,
            "Keep watching from the tray?",
            "Signoff can stay in the tray when its window is closed, and tell you of new failures and deadlines. "
            "You can change this under Tools, Settings.",
            action="Stay in the tray",
            cancel="Quit",
        )
        try:
            self._preferences.change(close_to_tray=stays)
        except SettingsProblem:
            return stays  # it holds until the program ends
        return stays


def _is_in_front() -> bool:
    """A dialog of the window's counts as the window."""
    return QApplication.activeWindow() is not None


def _wishes(preferences: Preferences) -> Wishes:
    return Wishes(
        failures=preferences.notify_failures,
        deadlines=preferences.notify_deadlines,
        ready=preferences.notify_ready,
        ended=preferences.notify_ended,
        warnings_minutes=preferences.deadline_warnings_minutes,
    )
