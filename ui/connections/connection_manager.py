"""The connections that are open: each is watched, and has a view once a job of it was chosen."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from app.composition.services import Services, SignIn, Switchboard
from app.errors import JournalProblem
from app.models.vocabulary import EntryId, JobId
from app.settings.connections import Connection, ConnectionId, SignInKind
from app.watching.concurrency_limit import ConcurrencyLimit
from app.watching.jobs_watch import JobsWatch
from app.watching.schedule import PollingConditions, Watching
from ui.common.locale_format import LocaleFormat
from ui.common.tasks import Tasks
from ui.connections.connection_view import ConnectionView
from ui.jobs.page import SCOPES, JobsPage
from ui.jobs.presenter import JobsPresenter, Source
from ui.jobs.view_model import JobKey
from ui.shell.main_window import MainWindow

# In the sandbox items become final within seconds, and nobody counts its requests.
_SANDBOX_WATCHING = Watching(base=2, for_each_request=0.1, job_list=20)


class MachineState(Protocol):
    @property
    def network_changed(self) -> SignalInstance: ...

    def polling_conditions(self, *, is_hidden: bool) -> PollingConditions: ...


@dataclass(eq=False, slots=True)
class OpenConnection:
    services: Services
    view: ConnectionView | None = None


class ConnectionManager(QObject):
    """A connection is closed only when nothing of it is on its way any more."""

    job_moved = Signal(object)  # JobKey: an event was sent, or what became of one is known
    sign_in_requested = Signal(object)  # ConnectionId

    def __init__(
        self, window: MainWindow, switchboard: Switchboard, machine: MachineState, watching: Watching | None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._switchboard = switchboard
        self._machine = machine
        self._watching = watching
        self._watch_minutes = switchboard.preferences.now.watch_minutes
        self._open: dict[ConnectionId, OpenConnection] = {}
        self._active: ConnectionId | None = None
        self._closings = Tasks(self)
        self._limit = ConcurrencyLimit()
        self.jobs_page = JobsPage()
        self.jobs = JobsPresenter(self.jobs_page, switchboard.clock, LocaleFormat())
        self.jobs.job_chosen.connect(self._show_job)
        self.jobs.news.connect(self._advise)
        self.jobs_page.refresh_requested.connect(self._refresh_items)
        machine.network_changed.connect(self._follow_network)
        window.install(self.jobs_page)
        self._has_begun = False
        self._join_actions()

    @property
    def view(self) -> ConnectionView | None:
        """The one on screen."""
        return self._open[self._active].view if self._active else None

    @property
    def services(self) -> Services | None:
        """Of the connection on screen."""
        return self._open[self._active].services if self._active else None

    @property
    def plays(self) -> bool:
        """Whether the sandbox is what is open."""
        return any(company.services.connection.is_sandbox for company in self._open.values())

    async def open(self, sign_in: SignIn) -> None:
        """Raises SignoffError."""
        await self._closings.finished()
        services = await self._switchboard.open(sign_in)
        connection = services.connection
        self._open[connection.id] = OpenConnection(services)
        self._window.show_jobs()
        self._name_window()
        self.jobs.add(self._source(services))
        await self._settle_what_was_left(services)

    async def close(self, connection_id: ConnectionId) -> None:
        """What is on its way is waited for."""
        company = self._open.get(connection_id)
        if company is None:
            await self.jobs.remove(connection_id)
            return
        if company.view:
            await company.view.finish_sending()
        await self.jobs.remove(connection_id)
        if self._active == connection_id:
            self._active = None
            self._disable_acts()
        del self._open[connection_id]
        if company.view:
            await company.view.aclose()
        await company.services.close()

    async def close_all(self) -> None:
        """Goes on to its end even where nobody waits for it any longer: half a company is none."""
        await self._closings.finished()
        for connection_id in {*self._open, *self.jobs.closed()}:
            self._closings.start(self.close(connection_id))
        await self._closings.finished()

    async def end(self) -> None:
        """The program ends: nothing is waited for any longer."""
        await self.jobs.aclose()
        await self._closings.finished()
        self._active = None
        for company in self._open.values():
            if company.view:
                await company.view.aclose()
            await company.services.close()
        self._open.clear()

    def sending(self) -> tuple[ConnectionView, ...]:
        """Those that have something on its way."""
        spaces = [company.view for company in self._open.values() if company.view]
        return tuple(space for space in spaces if space.on_its_way)

    def show_item(self, key: JobKey, entry_id: EntryId | None) -> None:
        """The job, and in it the item; nothing while a dialog is open, which is about another."""
        if key.connection_id not in self._open or (self.view and self.view.is_busy):
            return
        self.jobs.choose(key)
        view = self.view
        if view:
            view.show_item(key.job_id, entry_id)

    def is_shown(self, key: JobKey) -> bool:
        """Whether the job is the one on screen."""
        return self._active == key.connection_id and self.jobs.chosen == key

    def take_watching(self, minutes: int) -> None:
        """How often the user wants Pleo to be asked; from now on, and not after the pause that has begun."""
        if minutes != self._watch_minutes:
            self._watch_minutes = minutes
            self.jobs.look_again_by_itself()

    def come_into_sight(self) -> None:
        """Out of sight it was asked less often."""
        self.jobs.look_again_where_old(timedelta(minutes=self._watch_minutes))

    def world_of(self, connection_id: ConnectionId) -> str:
        """Empty for Pleo itself; a sandbox is another one at each start."""
        company = self._open.get(connection_id)
        connection = company.services.connection if company else None
        return f"{connection.base_url} " if connection and connection.is_sandbox else ""

    def go_on(self, connection_id: ConnectionId) -> bool:
        """With a credential that is good again, which the services find where they found the old one; what is on
        screen stays. False where the connection is not open."""
        company = self._open.get(connection_id)
        if company is None:
            return False
        self.jobs.look_again_at(connection_id)
        if company.view:
            company.view.refresh()
        return True

    def refresh(self) -> None:
        self.jobs.look_again()
        self._refresh_items()

    def _refresh_items(self) -> None:
        if self.view:
            self.view.refresh()

    def _follow_network(self) -> None:
        self.jobs.look_again_by_itself()
        for company in self._open.values():
            if company.view:
                company.view.network_changed()

    def _show_job(self, key: JobKey) -> None:
        if key.connection_id not in self._open:
            return
        view = self._view_of(key.connection_id)
        if self._active != key.connection_id:
            if self.view:
                self.view.park()
            self._active = key.connection_id
            self._name_window()
            view.activate()
        view.open_job(key.job_id)
        self._advise()

    def _advise(self) -> None:
        chosen = self.jobs.chosen
        if self.view and chosen and self.is_shown(chosen):
            self.view.gate.advise(self.jobs.first_words(chosen))

    def _view_of(self, connection_id: ConnectionId) -> ConnectionView:
        company = self._open[connection_id]
        if company.view is None:
            company.view = self._new_view(company.services)
            company.view.open()
            company.view.check_sending()
        return company.view

    def _new_view(self, services: Services) -> ConnectionView:
        connection = services.connection
        board = self._switchboard
        here = partial(self._polling_conditions, connection)
        view = ConnectionView(
            self._window, services, board.views, board.clock, self._watching_of(connection), polling_conditions=here
        )
        view.failure_type_taken.connect(partial(board.remember_failure_type, connection.id))
        view.sign_in_requested.connect(partial(self.sign_in_requested.emit, connection.id))
        view.job_read.connect(partial(self.jobs.job_was_read, connection.id))
        view.items.snapshot_changed.connect(lambda snapshot: self._begin(view) if snapshot else None)
        view.job_moved.connect(partial(self._tell_moved, connection.id))
        return view

    def _begin(self, view: ConnectionView) -> None:
        """The keys speak to the items of the first job, unless the user is busy elsewhere by then."""
        focused = self._window.focusWidget()
        if not self._has_begun and (focused is None or focused in (self.jobs_page.scope, self.jobs_page.list)):
            view.items_page.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._has_begun = True

    def _tell_moved(self, connection_id: ConnectionId, job_id: JobId) -> None:
        self.jobs.look_again_at(connection_id)
        self.job_moved.emit(JobKey(connection_id, job_id))

    def has_ended_here(self, key: JobKey) -> bool:
        """Whether the job's end is the doing of this window."""
        company = self._open.get(key.connection_id)
        return bool(company and company.view and company.view.completion.has_ended(key.job_id))

    def _source(self, services: Services) -> Source:
        connection = services.connection
        watch = JobsWatch(
            services.jobs,
            services.history,
            self._switchboard.clock,
            partial(self._watching_of, connection),
            partial(self._polling_conditions, connection),
            is_paused=partial(self._is_deciding, connection.id),
            limit=self._limit,
        )
        signs_in = connection.sign_in is SignInKind.OAUTH
        return Source(connection.id, connection.name, connection.colour, watch, services.company_name, signs_in)

    def _is_deciding(self, connection_id: ConnectionId) -> bool:
        company = self._open.get(connection_id)
        return bool(company and company.view and company.view.is_busy)

    def _watching_of(self, connection: Connection) -> Watching:
        if self._watching:
            return self._watching
        if connection.is_sandbox:
            return _SANDBOX_WATCHING
        return Watching(job_list=self._watch_minutes * 60)

    def _polling_conditions(self, connection: Connection) -> PollingConditions:
        """What is served by this very machine needs no network."""
        is_hidden = self._window.isHidden() or self._window.isMinimized()
        here = self._machine.polling_conditions(is_hidden=is_hidden)
        return replace(here, is_online=None) if connection.is_local else here

    async def _settle_what_was_left(self, services: Services) -> None:
        """An attempt that an earlier run left open is settled at once, whether or not somebody looks at the company."""
        try:
            is_due = await services.has_left_open()
        except JournalProblem:
            is_due = True  # its view says what is the matter with the journal
        if is_due and services.connection.id in self._open:
            self._view_of(services.connection.id)

    def _name_window(self) -> None:
        connection = self._named()
        if connection:
            self._window.show_connection(
                connection.name, connection.environment.value, is_sandbox=connection.is_sandbox
            )
        else:
            self._window.show_companies(len(self._open))

    def _named(self) -> Connection | None:
        if self._active:
            return self._open[self._active].services.connection
        only = next(iter(self._open.values())) if len(self._open) == 1 else None
        return only.services.connection if only else None

    def _join_actions(self) -> None:
        actions = self._window.actions_by_name
        actions.read_again.triggered.connect(self.refresh)
        for place, action in enumerate(actions.scopes):
            action.triggered.connect(partial(self._choose_scope, place))
        scopes = [scope for scope, _ in SCOPES]
        self.jobs_page.scope_chosen.connect(lambda scope: actions.scopes[scopes.index(scope)].setChecked(True))

        self._disable_acts()

    def _disable_acts(self) -> None:
        """What is about the job on screen waits until there is one."""
        actions = self._window.actions_by_name
        for action in (
            *(actions.act, actions.open_in_pleo, actions.open_in_books, actions.undo, actions.redo),
            *(actions.set_outcome, actions.discard_drafts, actions.send_outcomes),
            *(actions.import_results, actions.export_open_items),
        ):
            action.setEnabled(False)

    def _choose_scope(self, place: int, _checked: bool = False) -> None:
        self.jobs_page.scope.setCurrentIndex(place)
