"""Joins the screens of one connection: what one learns, the others show. No screen knows another."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction

from app.clock import Clock
from app.completion.service import CompletionService
from app.completion.tally import tally
from app.errors import SettingsProblem
from app.jobs.job_list import JobList, JobScope
from app.jobs.ports import History
from app.jobs.service import JobsService
from app.models.snapshot import JobSnapshot
from app.models.words import CompanyId, JobId
from app.resolution.service import ItemUpdateService
from ui.completion.gate_panel import GatePanel
from ui.completion.presenter import CompletionPresenter
from ui.completion.recovery import RecoveryPresenter
from ui.format import LocaleFormat
from ui.items.columns import item_columns
from ui.items.detail import BOOKS, PLEO
from ui.items.navigation import has_failed, needs_attention
from ui.items.page import ItemsPage
from ui.items.presenter import ItemsPresenter
from ui.items.view_model import ItemRow, sum_steps
from ui.items.views import ViewsPresenter, ViewStore
from ui.jobs.page import SCOPES, JobsPage
from ui.jobs.presenter import JobsPresenter
from ui.main_window import MainWindow
from ui.review.panel import ReviewPanel
from ui.review.presenter import ReviewPresenter
from ui.review.view_model import CauseCard, sums_text
from ui.tasks import Tasks, in_slices
from ui.widgets.message_bar import MessageKind

_ITEMS_A_PAGE = 100
_SUMS_AFTER_MS = 60


@dataclass(frozen=True, slots=True)
class Watching:
    """How often Pleo is asked by itself. Seconds.

    The open job is read while it is not final, a long one less often; the list of jobs goes on in any case. `unknown`
    lies between the reads that settle an outcome which is not known yet.
    """

    base: float = 10
    for_each_request: float = 0.6
    job_list: float = 180
    unknown: float = 10


class Services(Protocol):
    """What one connection offers, as the switchboard puts it together."""

    @property
    def jobs(self) -> JobsService: ...

    @property
    def completion(self) -> CompletionService: ...

    @property
    def updates(self) -> ItemUpdateService: ...

    @property
    def history(self) -> History: ...

    def company_name(self, company_id: CompanyId) -> str: ...


class Workspace(QObject):
    failure_type_taken = Signal(object)  # FailureType

    def __init__(
        self, window: MainWindow, services: Services, views: ViewStore, clock: Clock, watching: Watching
    ) -> None:
        super().__init__(window)
        words, named = LocaleFormat(), services.company_name
        self._words = words
        self._window = window
        self._watching = watching
        self._tasks = Tasks(self)
        self._connections: list[QMetaObject.Connection] = []
        self.jobs_page = JobsPage()
        self.items_page = ItemsPage(item_columns(words))
        self.gate = GatePanel()
        self.review_panel = ReviewPanel()
        self.gate.add_section(self.review_panel)
        self.jobs = JobsPresenter(self.jobs_page, services.jobs, named, clock, words)
        self.items = ItemsPresenter(self.items_page, services.jobs, services.history, named, clock, words)
        self.completion = CompletionPresenter(self.gate, services.completion, named, words, watching.unknown)
        self.review = ReviewPresenter(self.review_panel, services.history, words)
        self.recovery = RecoveryPresenter(window.messages, services.completion, services.updates)
        self.views = ViewsPresenter(self.items_page, window.actions_by_name.views, views, self._say_not_kept)
        self._sums = QTimer(self)
        self._sums.setSingleShot(True)
        self._sums.setInterval(_SUMS_AFTER_MS)
        self._sums.timeout.connect(self._show_sums)
        self._join()
        window.install(self.jobs_page, self.items_page, self.gate)

    def open(self) -> None:
        self.recovery.start()
        self.jobs.refresh()
        self._tasks.replace("watch", self._watch())
        self._tasks.replace("watch list", self._watch_list())

    def refresh(self) -> None:
        self.jobs.refresh()
        self.items.refresh()

    async def close(self) -> None:
        """What was under way has ended when this returns, so that it meets no widget that is gone."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._tasks.cancel_all()
        self.views.close()
        parts = (self.jobs, self.items, self.completion, self.review, self.recovery)
        for part in parts:
            part.close()
        for part in parts:
            await part.finished()
        await self._tasks.finished()
        self.deleteLater()

    def _join(self) -> None:
        self.jobs.job_chosen.connect(self.items.open_job)
        self.jobs.listed.connect(self._choose_first)
        self.jobs_page.refresh_requested.connect(self.refresh)
        self.items.snapshot_changed.connect(self._show_snapshot)
        self.items.review_changed.connect(self.review.show)
        self.items_page.table.selection_news.connect(self._show_rows_shown)
        self.items_page.model.shown_changed.connect(self._show_rows_shown)
        self.items_page.filter_changed.connect(self._show_rows_shown)
        self.items_page.cause_cleared.connect(self.review_panel.clear_choice)
        self.review_panel.cause_chosen.connect(self._show_cause)
        self.recovery.recovered.connect(self.completion.take_recovered)
        self.completion.jump_requested.connect(self.items.jump_to)
        self.completion.job_moved.connect(self._read_moved)
        self.completion.snapshot_read.connect(self.items.show_snapshot)
        self.completion.failure_type_taken.connect(self.failure_type_taken)
        self.completion.dialog_closed.connect(self._return_focus)
        self.items_page.links_changed.connect(self._show_links)
        self._join_actions()

    def _join_actions(self) -> None:
        actions = self._window.actions_by_name
        table = self.items_page.table
        pairs: tuple[tuple[QAction, Callable[[], object]], ...] = (
            (actions.read_again, self.refresh),
            (actions.act, self.completion.act),
            (actions.copy, lambda: table.copy_selection(with_headers=False)),
            (actions.copy_with_headers, lambda: table.copy_selection(with_headers=True)),
            (actions.select_all, table.selectAll),
            (actions.open_in_pleo, lambda: self.items_page.link_requested.emit(PLEO)),
            (actions.open_in_books, lambda: self.items_page.link_requested.emit(BOOKS)),
        )
        pairs += (
            (actions.find, self._find),
            (actions.show_all, self.items_page.show_all_items),
            (actions.next_to_do, lambda: self.items.go_to_next(needs_attention)),
            (actions.previous_to_do, lambda: self.items.go_to_next(needs_attention, backwards=True)),
            (actions.next_failed, lambda: self.items.go_to_next(has_failed)),
        )
        for letter in (actions.next_failed, actions.open_in_pleo, actions.open_in_books):
            table.addAction(letter)
            self.items_page.detail.addAction(letter)
        for action, act in pairs:
            self._connections.append(action.triggered.connect(act))
        for place, action in enumerate(actions.scopes):
            choose = partial(self.jobs_page.scope.setCurrentIndex, place)
            self._connections.append(action.triggered.connect(lambda _on=False, choose=choose: choose()))
        self.jobs_page.scope_chosen.connect(self._mark_scope)

    def _mark_scope(self, scope: JobScope) -> None:
        place = [known for known, _ in SCOPES].index(scope)
        self._window.actions_by_name.scopes[place].setChecked(True)

    def _choose_first(self, found: JobList) -> None:
        """The most urgent job is open from the start: the program opens on what needs the accountant."""
        if found.jobs and self.items.snapshot is None and self.jobs_page.list.currentIndex().row() < 0:
            self.jobs_page.choose(found.jobs[0].id)

    def _show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        self.completion.show_snapshot(snapshot)
        actions = self._window.actions_by_name
        actions.act.setText(f"&{self.gate.action.text()}")
        actions.act.setEnabled(self.gate.action.isEnabled())
        if snapshot:
            self.jobs.job_was_read(snapshot.job, tally(snapshot.items))
        self._show_rows_shown()

    def _show_links(self, links: Sequence[str]) -> None:
        actions = self._window.actions_by_name
        actions.open_in_pleo.setEnabled(PLEO in links)
        actions.open_in_books.setEnabled(BOOKS in links)

    def _show_rows_shown(self) -> None:
        model, table = self.items_page.model, self.items_page.table
        self._tasks.cancel("sums")
        if self.items.snapshot is None:
            self._window.rows_shown.setText("")
            return
        wanted = self.items_page.filter()
        only = f" · only {wanted.described()}" if wanted.is_active else ""
        shown = f"{model.rowCount():,} of {model.total():,} rows{only}"
        chosen = table.selected_count()
        self._window.rows_shown.setText(f"{shown} · {chosen:,} selected" if chosen > 1 else shown)
        if chosen > 1:
            self._sums.start()

    def _show_sums(self) -> None:
        """The selection's money, once it has come to rest: adding up 100,000 rows is not for every key press."""
        rows = self.items_page.table.selected_rows()
        if len(rows) > 1:
            self._tasks.replace("sums", self._add_up(rows))

    async def _add_up(self, rows: Sequence[ItemRow]) -> None:
        money = sums_text(await in_slices(sum_steps(rows)), self._words)
        if money:
            self._window.rows_shown.setText(f"{self._window.rows_shown.text()}: {money}")

    def _show_cause(self, card: CauseCard | None) -> None:
        self.items_page.filter_by_cause(card.item_ids if card else None, card.title if card else "")

    def _find(self) -> None:
        self.items_page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.items_page.search.selectAll()

    def _say_not_kept(self, problem: SettingsProblem) -> None:
        self._window.messages.show_message(
            MessageKind.WARNING, f"{problem.title}.", problem.details, advice=problem.advice
        )

    def _read_moved(self, _job_id: JobId) -> None:
        self.refresh()

    async def _watch(self) -> None:
        """The open job is read again by itself while it is not final."""
        while True:
            await asyncio.sleep(self._pause())
            snapshot = self.items.snapshot
            if snapshot and not snapshot.job.is_finished and not self.completion.is_busy:
                self.items.watch()

    async def _watch_list(self) -> None:
        while True:
            await asyncio.sleep(self._watching.job_list)
            if not self.completion.is_busy:
                self.jobs.refresh()

    def _return_focus(self) -> None:
        """The button that opened the dialog may be gone by now; then the items are what comes next."""
        if not self.gate.action.isEnabled() or self.gate.action.isHidden():
            self.items_page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pause(self) -> float:
        snapshot = self.items.snapshot
        requests = len(snapshot.items) / _ITEMS_A_PAGE if snapshot else 0
        return self._watching.base + requests * self._watching.for_each_request
