"""Between the watches of all connections and the one list of jobs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import NotReachable
from app.jobs.counted import Counted
from app.jobs.job_list import JobScope
from app.models.export_job import ExportJob
from app.models.vocabulary import CompanyId, JobId
from app.platform.clock import Clock
from app.settings.connections import ColourMark, ConnectionId
from app.watching.facts import Known
from app.watching.jobs_watch import JobsWatch
from app.watching.schedule import has_slept
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat
from ui.jobs.page import JobsPage
from ui.jobs.troubles import CompanyTrouble, Remedy, TroubleView, trouble_views
from ui.jobs.view_model import JobKey, JobRow, RowContext, job_row, older_jobs
from ui.widgets.message_bar import MessageKind
from ui.widgets.message_stack import Message

_TICK_MS = 15_000
# What many connections tell at nearly the same time is shown once.
_SHOW_AFTER_MS = 40
# The most urgent job is chosen when every connection has answered, or when the slow ones have had their time.
_FIRST_CHOICE_MS = 2_000
_OFFLINE = "offline"


@dataclass(eq=False, slots=True)
class Source:
    """One connection as the list knows it. `shown` is what its `rows` say; `made` are those before time was added."""

    connection_id: ConnectionId
    name: str
    mark: ColourMark
    watch: JobsWatch
    company_name: Callable[[CompanyId], str]
    signs_in: bool = False
    shown: tuple[Known, JobScope, int] | None = None
    rows: list[JobRow] = field(default_factory=list)
    made: dict[JobId, tuple[RowContext, ExportJob, Counted | None, JobRow]] = field(default_factory=dict)


class JobsPresenter(QObject):
    """Each connection is watched by a task of its own, so that none waits for another. What was read last stays on
    screen, marked as old, when a later look fails."""

    job_chosen = Signal(object)  # JobKey
    remedy_requested = Signal(object, object)  # ConnectionId, Remedy
    news = Signal()  # what is known is another, or time has passed

    def __init__(self, page: JobsPage, clock: Clock, fmt: TextFormat) -> None:
        super().__init__(page)
        self._page = page
        self._clock = clock
        self._fmt = fmt
        self._tasks = Tasks(self)
        self._sources: dict[ConnectionId, Source] = {}
        self._closed: dict[ConnectionId, CompanyTrouble] = {}
        self._shown_troubles: dict[str, TroubleView] = {}
        self._scope = JobScope.NEEDS_ATTENTION
        self._company = ""
        self._chosen: JobKey | None = None
        # What was on screen before; chosen first where it is still there.
        self.preferred: JobKey | None = None
        self.soon = timedelta(minutes=15)
        self._ticked_at = clock.now()
        self._ticks = _timer(self, _TICK_MS, self._tick)
        self._ticks.start()
        self._showing = _timer(self, _SHOW_AFTER_MS, self._show, is_single=True)
        self._first_choice = _timer(self, _FIRST_CHOICE_MS, self._show, is_single=True)
        page.job_chosen.connect(self._choose)
        page.scope_chosen.connect(self.show_scope)
        page.company_chosen.connect(self._show_company)
        page.refresh_requested.connect(self.look_again)
        page.troubles.action_requested.connect(self._request_remedy)

    @property
    def chosen(self) -> JobKey | None:
        return self._chosen

    def sources(self) -> tuple[Source, ...]:
        return tuple(self._sources.values())

    def closed(self) -> tuple[ConnectionId, ...]:
        """The connections that could not be opened."""
        return tuple(self._closed)

    def add(self, source: Source) -> None:
        """From here on the connection is watched."""
        self._closed.pop(source.connection_id, None)
        self._sources[source.connection_id] = source
        source.watch.scope = self._scope
        source.watch.on_news = self._show_soon
        self._look_again_at(source, is_wished=False)
        if self._chosen is None:
            self._first_choice.start()

    def add_closed(self, trouble: CompanyTrouble) -> None:
        """A connection that could not be opened at all."""
        self._closed[trouble.connection_id] = trouble
        self._show_soon()

    async def remove(self, connection_id: ConnectionId) -> None:
        """Nothing of it is asked any more when this returns."""
        self._closed.pop(connection_id, None)
        source = self._sources.pop(connection_id, None)
        if source:
            source.watch.on_news = lambda: None
            await self._tasks.cancel_and_wait(connection_id)
        if self._chosen and self._chosen.connection_id == connection_id:
            self._chosen = None
        self._show_soon()

    def look_again(self) -> None:
        """At once, whatever the network is said to be: it is the user's wish."""
        for source in self.sources():
            self._look_again_at(source)

    def look_again_at(self, connection_id: ConnectionId) -> None:
        if connection_id in self._sources:
            self._look_again_at(self._sources[connection_id])

    def look_again_by_itself(self) -> None:
        """At once, where the machine is not offline."""
        for source in self.sources():
            self._look_again_at(source, is_wished=False)

    def look_again_where_old(self, age: timedelta) -> None:
        """After a time in which it was asked less often."""
        for source in self.sources():
            found = source.watch.known.listed(JobScope.NEEDS_ATTENTION)
            if found is None or self._clock.now() - found.read_at > age:
                self._look_again_at(source, is_wished=False)

    def show_scope(self, scope: JobScope) -> None:
        self._scope = scope
        for source in self.sources():
            source.watch.scope = scope
        self._show()
        self.look_again()

    def job_was_read(self, connection_id: ConnectionId, job: ExportJob, counted: Counted) -> None:
        """A job that could be read tells that Pleo can be reached again."""
        source = self._sources.get(connection_id)
        if source is None:
            return
        source.watch.take(job, counted)
        trouble = source.watch.known.trouble
        if trouble and isinstance(trouble.problem, NotReachable) and not source.watch.is_looking:
            self._look_again_at(source)

    def choose(self, key: JobKey) -> None:
        """As if it had been clicked; a job that the list does not hold is chosen all the same."""
        if self._page.model.index_of(key).isValid():
            self._page.choose(key)
        if self._chosen != key:
            self._choose(key)

    async def aclose(self) -> None:
        for timer in (self._ticks, self._showing, self._first_choice):
            timer.stop()
        await self._tasks.aclose()

    def _look_again_at(self, source: Source, *, is_wished: bool = True) -> None:
        self._tasks.replace(source.connection_id, source.watch.watch(is_wished=is_wished))

    def _show_soon(self) -> None:
        if not self._showing.isActive():
            self._showing.start()

    def _show_company(self, name: str) -> None:
        self._company = name
        self._show()

    def _tick(self) -> None:
        """Time passes on every card; after a sleep nothing on screen can be trusted."""
        now = self._clock.now()
        passed, self._ticked_at = (now - self._ticked_at).total_seconds(), now
        if has_slept(_TICK_MS / 1000, passed):
            self.look_again_by_itself()
        self._show()

    def _show(self) -> None:
        self._showing.stop()
        rows = [row for source in self.sources() for row in self._rows_of(source)]
        self._page.show_companies(_companies(self.sources()))
        shown = [row for row in rows if self._company in ("", row.company)]
        shown.sort(key=lambda row: (row.need, row.company.casefold()))
        self._page.show_rows(shown, self._scope, self._chosen)
        self._show_troubles()
        self._show_reading()
        self.news.emit()
        if not self._first_choice.isActive() or all(source.watch.known.has_answered for source in self.sources()):
            self._choose_first()

    def _rows_of(self, source: Source) -> list[JobRow]:
        """Made anew only where something is known anew, or time has passed."""
        now = self._clock.now()
        wanted = (source.watch.known, self._scope, int(now.timestamp() * 1000 // _TICK_MS))
        if source.shown is None or source.shown[0] is not wanted[0] or source.shown[1:] != wanted[1:]:
            source.shown = wanted
            source.rows = [row.at(now, self._fmt, self.soon) for row in self._new_rows(source)]
        return source.rows

    def _new_rows(self, source: Source) -> Iterator[JobRow]:
        known = source.watch.known
        found = known.listed(self._scope)
        older = older_jobs(known.running())
        old_since = self._fmt.stamp(found.read_at, self._clock.now()) if found and known.is_old else ""
        before, source.made = source.made, {}
        for job in found.jobs if found else ():
            key = JobKey(source.connection_id, job.id)
            place = RowContext(key, source.company_name(job.company_id), source.mark, older.get(job.id), old_since)
            says = (place, job, known.counted.get(job.id))
            made = before.get(job.id)
            row = made[3] if made and made[:3] == says else job_row(*says, self._fmt)
            source.made[job.id] = (*says, row)
            yield row

    def first_words(self, key: JobKey) -> str:
        """Which job of the company comes before this one; "" where none does."""
        source = self._sources.get(key.connection_id)
        older = older_jobs(source.watch.known.running()).get(key.job_id) if source else None
        return (
            f"An older job of this company, of {self._fmt.moment(older.created_at)}, is still open. "
            "Pleo expects that one to be completed first."
            if older
            else ""
        )

    def _show_troubles(self) -> None:
        offline = [source for source in self.sources() if source.watch.known.is_offline]
        troubles = [
            CompanyTrouble(source.connection_id, source.name, source.watch.known.trouble.problem, source.signs_in)
            for source in self.sources()
            if source.watch.known.trouble and not source.watch.known.is_offline
        ]
        views = trouble_views((*self._closed.values(), *troubles))
        self._shown_troubles = {view.key: view for view in views}
        messages = [_offline_message()] if offline else []
        self._page.troubles.show_messages([*messages, *map(_trouble_message, views)])

    def _show_reading(self) -> None:
        watches = [source.watch for source in self.sources()]
        if any(watch.is_looking for watch in watches):
            self._page.busy.start()
        else:
            self._page.busy.stop()
        known = [watch.known for watch in watches]
        self._page.show_stamp(_stamp(known, self._scope, self._clock.now(), self._fmt))

    def _request_remedy(self, key: str, _action: str) -> None:
        if key == _OFFLINE:
            self.look_again()
            return
        view = self._shown_troubles[key]
        if view.remedy is not Remedy.READ_AGAIN:
            self.remedy_requested.emit(view.connection_ids[0], view.remedy)
            return
        for connection_id in view.connection_ids:
            if connection_id in self._sources:
                self.look_again_at(connection_id)
            else:
                self.remedy_requested.emit(connection_id, view.remedy)

    def _choose_first(self) -> None:
        """The program opens on what needs the accountant."""
        keys = [row.key for row in self._page.model.rows()]
        if keys and self._chosen is None:
            self.choose(self.preferred if self.preferred in keys else keys[0])

    def _choose(self, key: JobKey) -> None:
        self._first_choice.stop()
        self._chosen = key
        self.job_chosen.emit(key)


def _timer(owner: QObject, milliseconds: int, act: Callable[[], None], *, is_single: bool = False) -> QTimer:
    timer = QTimer(owner)
    timer.setInterval(milliseconds)
    timer.setSingleShot(is_single)
    timer.timeout.connect(act)
    return timer


def _companies(sources: Iterable[Source]) -> list[tuple[str, ColourMark]]:
    """Every company by its name: those of the connections, and those that one connection's jobs name."""
    named: dict[str, ColourMark] = {}
    for source in sources:
        named.update(dict.fromkeys((row.company for row in source.rows), source.mark))
        if not source.rows:
            named[source.name] = source.mark
    return sorted(named.items(), key=lambda company: company[0].casefold())


def _stamp(known: list[Known], scope: JobScope, now: datetime, fmt: TextFormat) -> str:
    """The time of what was read longest ago; what could not be read again says so above and on its cards."""
    lists = [(each, each.listed(scope)) for each in known]
    fresh = [found.read_at for each, found in lists if found and not each.is_old]
    old = [found.read_at for each, found in lists if found and each.is_old]
    if not fresh:
        return f"Old: read {fmt.stamp(max(old), now)}" if old else ""
    return f"Read {fmt.time(min(fresh))}"


def _offline_message() -> Message:
    return Message(
        _OFFLINE,
        MessageKind.WARNING,
        "Offline",
        "What was read before stays, marked as old. Nothing can be sent.",
        actions=((Remedy.READ_AGAIN, "Try anyway"),),
    )


def _trouble_message(view: TroubleView) -> Message:
    """What to do is the button; the words about it are folded, so that many troubles leave room for the jobs."""
    folded = "\n".join(filter(None, (view.advice, view.details)))
    return Message(view.key, MessageKind.ERROR, view.title, details=folded, actions=((view.remedy, view.button),))
