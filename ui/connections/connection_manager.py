"""The connections that are open: each is watched, and has a view once a job of it was chosen."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.composition.sandbox_process import OWN_SANDBOX
from app.composition.services import ServiceFactory, Services
from app.composition.sign_in import SignIn
from app.errors import JournalProblem
from app.models.vocabulary import JobId
from app.platform.clock import Clock
from app.settings.connections import Connection, ConnectionId, SignInKind
from app.settings.settings import Settings
from app.watching.monitor import JobsMonitor
from app.watching.schedule import Watching
from ui.common.locale_format import LocaleFormat
from ui.common.tasks import Tasks
from ui.connections.all_jobs_binding import AllJobsBinding
from ui.connections.connection_view import ConnectionView
from ui.connections.job_on_screen import JobOnScreen, OpenConnection
from ui.connections.next_jobs import NextJobs
from ui.connections.polling import MachineState, Polling
from ui.jobs.page import SCOPES, JobsPage
from ui.jobs.presenter import JobsPresenter
from ui.jobs.rows import WatchedConnection
from ui.jobs.view_model import JobKey
from ui.shell.main_window import MainWindow


class ConnectionManager(QObject):
    """A connection is closed only when nothing of it is on its way any more."""

    job_moved = Signal(object)  # JobKey: an event was sent, or what became of one is known
    sign_in_requested = Signal(object)  # ConnectionId

    def __init__(
        self,
        window: MainWindow,
        factory: ServiceFactory,
        settings: Settings,
        clock: Clock,
        machine: MachineState,
        watching: Watching | None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._factory = factory
        self._settings = settings
        self._clock = clock
        self._open: dict[ConnectionId, OpenConnection] = {}
        self._closings = Tasks(self)
        fmt, minutes = LocaleFormat(), settings.preferences.now.watch_minutes
        self.monitor: JobsMonitor[ConnectionId] = JobsMonitor(clock)
        self.polling = Polling(window, machine, self.monitor, clock, minutes, watching)
        self.jobs_page = JobsPage()
        self.jobs = JobsPresenter(self.jobs_page, self.monitor, clock, fmt)
        self.on_screen = JobOnScreen(window, self.jobs_page, self.jobs, self._open, self._view_of, fmt)
        self.all_jobs = AllJobsBinding(window, self._open, self.on_screen)
        self.next_jobs = NextJobs(window, self.jobs, self.on_screen, self.has_ended_here, fmt)
        self._stop_advising = self.monitor.listen_to_facts(lambda _facts: self.on_screen.advise())
        machine.network_changed.connect(self._follow_network)
        window.install(self.jobs_page)
        self._join_actions()

    @property
    def plays(self) -> bool:
        """Whether this program's own sandbox is what is open."""
        return OWN_SANDBOX in self._open

    def services_of(self, connection_id: ConnectionId) -> Services | None:
        """None where the connection is not open."""
        company = self._open.get(connection_id)
        return company.services if company else None

    async def open(self, sign_in: SignIn) -> None:
        """Raises SignoffError."""
        await self._closings.finished()
        services = await self._factory.open(sign_in)
        connection = services.connection
        self._open[connection.id] = OpenConnection(services)
        self._window.show_jobs()
        self.on_screen.name_window()
        watch = self.polling.watch_of(services, partial(self._is_deciding, connection.id))
        signs_in = connection.sign_in is SignInKind.OAUTH
        self.jobs.add(
            WatchedConnection(connection.id, connection.name, connection.colour, watch, services.company_name, signs_in)
        )
        self.monitor.add(connection.id, watch)
        await self._settle_what_was_left(services)

    async def close(self, connection_id: ConnectionId) -> None:
        """What is on its way is waited for."""
        company = self._open.get(connection_id)
        if company and company.view:
            await company.view.finish_sending()
        self.jobs.remove(connection_id)
        await self.monitor.remove(connection_id)
        if company is None:
            return
        self.on_screen.leave(connection_id)
        del self._open[connection_id]
        if company.view:
            await company.view.aclose()
        await company.services.close()

    async def close_all(self) -> None:
        """Goes on to its end even where nobody waits for it any longer: half a company is none."""
        await self._closings.finished()
        for connection_id in {*self._open, *self.jobs.troubles.closed()}:
            self._closings.start(self.close(connection_id))
        await self._closings.finished()

    async def aclose(self) -> None:
        """The program ends: nothing is waited for any longer."""
        self._stop_advising()
        self.jobs.close()
        await self.all_jobs.search.aclose()
        await self.monitor.aclose()
        await self._closings.finished()
        self.on_screen.forget()
        for company in self._open.values():
            if company.view:
                await company.view.aclose()
            await company.services.close()
        self._open.clear()

    def sending(self) -> tuple[ConnectionView, ...]:
        """Those that have something on its way."""
        views = [company.view for company in self._open.values() if company.view]
        return tuple(view for view in views if view.on_its_way)

    def go_on(self, connection_id: ConnectionId) -> bool:
        """With a credential that is good again, which the services find where they found the old one; what is on
        screen stays. False where the connection is not open."""
        company = self._open.get(connection_id)
        if company is None:
            return False
        self.monitor.look_again_at(connection_id)
        if company.view:
            company.view.refresh()
        return True

    def refresh(self) -> None:
        self.monitor.look_again()
        self.on_screen.refresh()

    def hurry_from(self, soon: timedelta) -> None:
        """A job hurries, in the list and in the gate, when less than that is left."""
        self.jobs.soon = soon
        for company in self._open.values():
            if company.view:
                company.view.completion.soon = soon

    def has_ended_here(self, key: JobKey) -> bool:
        """Whether the job's end is the doing of this window."""
        company = self._open.get(key.connection_id)
        return bool(company and company.view and company.view.completion.has_ended(key.job_id))

    def _follow_network(self) -> None:
        self.monitor.look_again(is_wished=False)
        for company in self._open.values():
            if company.view:
                company.view.network_changed()

    def _view_of(self, connection_id: ConnectionId) -> ConnectionView:
        company = self._open[connection_id]
        if company.view is None:
            company.view = self._new_view(company.services, company.services.connection)
            company.view.open()
            company.view.check_sending()
        return company.view

    def _new_view(self, services: Services, connection: Connection) -> ConnectionView:
        watching, here = self.polling.watching_of(services), partial(self.polling.conditions_of, connection)
        view = ConnectionView(
            self._window, services, self._settings.views, self._clock, watching, polling_conditions=here
        )
        view.completion.soon = self.jobs.soon
        view.failure_type_taken.connect(partial(self._settings.remember_failure_type, connection.id))
        view.sign_in_requested.connect(partial(self.sign_in_requested.emit, connection.id))
        view.job_read.connect(partial(self.monitor.take, connection.id))
        view.items.snapshot_changed.connect(partial(self.on_screen.take_focus, view))
        view.job_moved.connect(partial(self._tell_moved, connection.id))
        view.confirmed.connect(self.next_jobs.take_confirmed)
        view.older_requested.connect(lambda job_id: self.on_screen.go_to(JobKey(connection.id, job_id)))
        return view

    def _tell_moved(self, connection_id: ConnectionId, job_id: JobId) -> None:
        self.monitor.look_again_at(connection_id)
        self.job_moved.emit(JobKey(connection_id, job_id))

    def _is_deciding(self, connection_id: ConnectionId) -> bool:
        company = self._open.get(connection_id)
        return bool(company and company.view and company.view.is_busy)

    async def _settle_what_was_left(self, services: Services) -> None:
        """An attempt that an earlier run left open is settled at once, whether or not somebody looks at the company."""
        try:
            is_due = await services.has_left_open()
        except JournalProblem:
            is_due = True  # its view says what is the matter with the journal
        if is_due and services.connection.id in self._open:
            self._view_of(services.connection.id)

    def _join_actions(self) -> None:
        actions, page = self._window.actions_by_name, self.jobs_page
        actions.read_again.triggered.connect(self.refresh)
        page.refresh_requested.connect(self.on_screen.refresh)
        page.job_actions = (
            actions.act,
            actions.export_open_items,
            actions.import_results,
            actions.copy_job_id,
            actions.open_in_pleo,
        )
        actions.dense_jobs.toggled.connect(page.show_dense)
        scopes = [scope for scope, _ in SCOPES]
        page.scope_chosen.connect(lambda scope: actions.scopes[scopes.index(scope)].setChecked(True))
        for place, action in enumerate(actions.scopes):
            action.triggered.connect(lambda _on=False, place=place: page.scope.setCurrentIndex(place))
