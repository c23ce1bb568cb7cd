"""Which job is on screen, and in which connection's view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from app.composition.services import Services
from app.models.address import host_shown
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId
from app.settings.connections import ConnectionId
from ui.common.text_format import TextFormat
from ui.completion.summary import OlderJob
from ui.connections.connection_view import ConnectionView
from ui.connections.place_words import place_words
from ui.jobs.page import JobsPage
from ui.jobs.presenter import JobsPresenter
from ui.jobs.view_model import JobKey, advice_of, job_before
from ui.shell.main_window import MainWindow
from ui.shell.menu_state import MenuFacts


@dataclass(eq=False, slots=True)
class OpenConnection:
    """`view` is None until a job of it was chosen."""

    services: Services
    view: ConnectionView | None = None


class JobOnScreen(QObject):
    """`view_of` makes the view of a connection where it has none yet."""

    def __init__(
        self,
        window: MainWindow,
        page: JobsPage,
        jobs: JobsPresenter,
        connections: Mapping[ConnectionId, OpenConnection],
        view_of: Callable[[ConnectionId], ConnectionView],
        fmt: TextFormat,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._jobs = jobs
        self._connections = connections
        self._view_of = view_of
        self._fmt = fmt
        self._active: ConnectionId | None = None
        self._has_begun = False
        self._goes_to: JobKey | None = None
        jobs.choice.job_chosen.connect(self._show)

    @property
    def view(self) -> ConnectionView | None:
        return self._connections[self._active].view if self._active else None

    @property
    def services(self) -> Services | None:
        return self._connections[self._active].services if self._active else None

    def shows(self, key: JobKey) -> bool:
        """Whether the job is the one on screen."""
        return self._active == key.connection_id and self._jobs.choice.chosen == key

    def show_item(self, key: JobKey, entry_id: EntryId | None) -> None:
        """The job, and in it the item; nothing while a dialog is open, which is about another."""
        if key.connection_id not in self._connections or (self.view and self.view.is_busy):
            return
        self._jobs.choice.choose(key)
        if self.view:
            self.view.show_item(key.job_id, entry_id)

    def go_to(self, key: JobKey) -> None:
        """The job, and the keys speak to its items as soon as they were read; nothing while a dialog is open."""
        if key.connection_id not in self._connections or (self.view and self.view.is_busy):
            return
        self._goes_to = key
        self._jobs.choice.choose(key)

    def refresh(self) -> None:
        if self.view:
            self.view.refresh()

    def advise(self) -> None:
        """What the other jobs of the company say about completing this one now."""
        chosen = self._jobs.choice.chosen
        connection = self._jobs.connection(chosen.connection_id) if chosen else None
        if self.view and chosen and connection and self.shows(chosen):
            running = connection.known.running()
            older, is_sure = job_before(running, chosen.job_id)
            when = self._fmt.moment(older.created_at) if older and is_sure else ""
            self.view.completion.show_older(OlderJob(older.id, when) if older else None)
            self.view.gate.advise(advice_of(running, chosen.job_id, self._fmt))

    def take_focus(self, view: ConnectionView, snapshot: JobSnapshot | None) -> None:
        """The keys speak to the items of the first job, unless the user is busy elsewhere by then."""
        if snapshot is None:
            return
        focused = self._window.focusWidget()
        if self._goes_to and self.shows(self._goes_to) and snapshot.job.id == self._goes_to.job_id:
            view.items_page.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._goes_to = None
        if not self._has_begun and (focused is None or focused in (self._page.scope, self._page.list)):
            view.items_page.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._has_begun = True

    def leave(self, connection_id: ConnectionId) -> None:
        """The connection closes: where it is on screen, nothing can be done with its job any more."""
        if self._active != connection_id:
            return
        if self.view:
            self.view.park()
        self.forget()
        self._window.show_menu(MenuFacts())

    def forget(self) -> None:
        self._active = None

    def name_window(self) -> None:
        services = self._named()
        if services:
            connection = services.connection
            place = place_words(connection.name, services.environment, host_shown(connection.base_url))
            self._window.show_connection(place.title, place.status, place.banner, is_sandbox=services.is_sandbox)
        else:
            self._window.show_companies(len(self._connections))

    def _show(self, key: JobKey) -> None:
        if key.connection_id not in self._connections:
            return
        if self._goes_to != key:
            self._goes_to = None  # the user went elsewhere meanwhile
        view = self._view_of(key.connection_id)
        if self._active != key.connection_id:
            if self.view:
                self.view.park()
            self._active = key.connection_id
            self.name_window()
            view.activate()
        view.open_job(key.job_id)
        self._window.folding.turn_to_items()
        self.advise()

    def _named(self) -> Services | None:
        if self._active:
            return self._connections[self._active].services
        only = next(iter(self._connections.values())) if len(self._connections) == 1 else None
        return only.services if only else None
