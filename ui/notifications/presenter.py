"""Between what the watches know and the notices: each fact once, where somebody sees it."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.messages import joined, ntr, tr
from app.models.vocabulary import CompanyId, JobId
from app.platform.clock import Clock
from app.settings.connections import ConnectionId
from app.texts.phrases import is_same_day
from app.watching.facts import JobFacts
from app.watching.notices import NoticeKind, Wishes, notices, own_end
from ui.common.text_format import TextFormat
from ui.notifications.view_model import NoticeView, holds, notice_view, still_true, summed_up
from ui.widgets.message_bar import MessageKind
from ui.widgets.message_stack import MessageStack, StackedMessage

_SHOW = "show"
# What several companies tell at nearly the same time, as after the start, is summed up together.
_COLLECT_MS = 800
# What is older than these has been overtaken; the list of jobs says it all.
_MOST = 20
_KINDS = {
    NoticeKind.READY: MessageKind.SUCCESS,
    NoticeKind.FAILURES: MessageKind.INFO,
    NoticeKind.DEADLINE: MessageKind.WARNING,
    NoticeKind.EXPIRED: MessageKind.ERROR,
    NoticeKind.ENDED: MessageKind.INFO,
}


class Notified(Container[str], Protocol):
    """What the user was told already, at this run or an earlier one."""

    def add(self, facts: Iterable[str]) -> None: ...


class Desktop(Protocol):
    """Where a notice is shown beside the window."""

    @property
    def message_clicked(self) -> SignalInstance: ...

    def tell(self, title: str, text: str) -> None:
        """Plain text; nothing where there is no tray."""


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """One connection's jobs, as the last looks left them. `world` is where they are, empty for Pleo itself: the
    sandbox has the same jobs at every start, and they are new each time."""

    connection_id: ConnectionId
    company_name: Callable[[CompanyId], str]
    jobs: tuple[JobFacts, ...]
    world: str = ""


@dataclass(frozen=True, slots=True)
class _NotifiedOf:
    notified: Notified
    world: str

    def __contains__(self, fact: object) -> bool:
        return f"{self.world}{fact}" in self.notified

    def add(self, facts: Iterable[str]) -> None:
        self.notified.add(f"{self.world}{fact}" for fact in facts)


class NoticesPresenter(QObject):
    """`is_in_front` tells whether somebody looks at the window, `is_before_eyes` at this very job."""

    show_requested = Signal(object, object, object)  # ConnectionId, JobId, EntryId or None
    unread_changed = Signal(int)
    came = Signal(str)  # what a screen reader is to say of it

    def __init__(
        self,
        stack: MessageStack,
        desktop: Desktop,
        notified: Notified,
        clock: Clock,
        fmt: TextFormat,
        wishes: Callable[[], Wishes],
        *,
        is_in_front: Callable[[], bool],
        is_before_eyes: Callable[[ConnectionId, JobId], bool],
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._desktop = desktop
        self._notified = notified
        self._clock = clock
        self._fmt = fmt
        self._wishes = wishes
        self._is_in_front = is_in_front
        self._is_before_eyes = is_before_eyes
        self._shown: dict[str, NoticeView] = {}
        self._came_at: dict[str, datetime] = {}
        self._unread: set[str] = set()
        self._on_desktop: NoticeView | None = None
        self._collected: list[NoticeView] = []
        self._collecting = QTimer(self)
        self._collecting.setInterval(_COLLECT_MS)
        self._collecting.setSingleShot(True)
        self._collecting.timeout.connect(self._show_collected)
        stack.action_requested.connect(lambda key, _action: self._lead_to(self._shown[key]))
        stack.closed.connect(self._forget)
        desktop.message_clicked.connect(self._lead_to_desktops)

    def judge(self, companies: Iterable[CompanyFacts]) -> None:
        """A fact that is not wanted, or whose job is on screen, counts as told without a notice. What no
        longer holds goes by itself."""
        wishes = self._wishes()
        for company in companies:
            self._withdraw(company)
            notified = _NotifiedOf(self._notified, company.world)
            found = notices(company.jobs, notified, self._clock.now(), wishes.warnings_minutes)
            notified.add(fact for notice in found for fact in notice.facts)
            self._collected += [
                notice_view(notice, company.connection_id, company.company_name(notice.job.company_id), self._fmt)
                for notice in found
                if wishes.want(notice.kind)
            ]
        if self._collected and not self._collecting.isActive():
            self._collecting.start()

    def close(self) -> None:
        self._collecting.stop()

    def mark_read(self) -> None:
        """Somebody looks at all of them; they stay until they were followed, closed or overtaken."""
        self._unread.clear()
        self.unread_changed.emit(0)

    def take_own_end(self, job_id: JobId, world: str = "") -> None:
        """The user ended the job: nobody needs to be told."""
        _NotifiedOf(self._notified, world).add((own_end(job_id),))

    def let_go(self, connection_id: ConnectionId, job_id: JobId) -> None:
        """Somebody looks at the job."""
        for view in tuple(self._shown.values()):
            if view.is_about(connection_id, job_id):
                self._forget(view.key)

    def _withdraw(self, company: CompanyFacts) -> None:
        for view in tuple(self._shown.values()):
            if view.connection_id == company.connection_id and not all(holds(view, facts) for facts in company.jobs):
                self._forget(view.key)

    def _is_seen(self, view: NoticeView) -> bool:
        """A deadline is told even about the job on screen: time passes while nobody looks at the clock."""
        return view.kind is not NoticeKind.DEADLINE and self._is_before_eyes(view.connection_id, view.job_id)

    def _show_collected(self) -> None:
        collected, self._collected = self._collected, []
        views = [view for view in still_true(collected) if not self._is_seen(view)]
        if views:
            self._show(summed_up(views))

    def _show(self, views: tuple[NoticeView, ...]) -> None:
        older = [view for view in self._shown.values() if view.key not in {new.key for new in views}]
        left = still_true((*reversed(older), *views))
        self._shown = {view.key: view for view in (*views, *older) if view in left}
        self._shown = dict(list(self._shown.items())[:_MOST])
        for view in views:
            self._came_at[view.key] = self._clock.now()
            self._unread.add(view.key)
        self._show_shown()
        for view in views:
            self.came.emit(joined(" ", (view.title, view.text)))
        if not self._is_in_front():
            self._on_desktop = views[0]
            others = len(views) - 1
            more = ntr("and {n} more", "and {n} more", others) if others else ""
            self._desktop.tell(views[0].title, "\n".join(filter(None, (views[0].text, more))))

    def _show_shown(self) -> None:
        self._came_at = {key: when for key, when in self._came_at.items() if key in self._shown}
        self._unread &= self._shown.keys()
        self._stack.show_messages([self._message(view) for view in self._shown.values()])
        self.unread_changed.emit(len(self._unread))

    def _message(self, view: NoticeView) -> StackedMessage:
        came_at = self._came_at[view.key]
        is_today = is_same_day(came_at, self._clock.now())
        when = self._fmt.time(came_at) if is_today else self._fmt.moment(came_at)
        return StackedMessage(
            view.key,
            _KINDS[view.kind],
            view.title,
            joined(" · ", filter(None, (when, view.text))),
            actions=((_SHOW, tr("Show")),),
            closable=True,
            is_announced=False,
        )

    def _lead_to(self, view: NoticeView) -> None:
        self._forget(view.key)
        self.show_requested.emit(view.connection_id, view.job_id, view.entry_id)

    def _lead_to_desktops(self) -> None:
        if self._on_desktop:
            self._lead_to(self._on_desktop)

    def _forget(self, key: str) -> None:
        if self._shown.pop(key, None):
            self._show_shown()
