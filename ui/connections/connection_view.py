"""Joins the screens of one connection: what one learns, the others show. No screen knows another."""

import asyncio
import random
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction

from app.completion.preview import Preview
from app.errors import SettingsProblem
from app.jobs.counted import counted_snapshot
from app.jobs.ports import History
from app.jobs.service import JobsService
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, JobId
from app.outcomes.service import ItemUpdateService
from app.platform.clock import Clock
from app.watching.schedule import PollingConditions, Watching, pause_of_open_job
from ui.common.errors import say_problem
from ui.common.locale_format import LocaleFormat
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import sums_text
from ui.completion.gate_panel import GatePanel
from ui.completion.presenter import CompletionPresenter
from ui.completion.recovery import RecoveryPresenter
from ui.connections.outcomes_binding import OutcomesBinding
from ui.connections.outcomes_binding import Services as DraftingServices
from ui.connections.posting_lists_binding import PostingLists
from ui.connections.posting_lists_binding import Services as ListServices
from ui.items.columns import item_columns
from ui.items.detail import BOOKS, PLEO
from ui.items.navigation import has_failed, needs_attention
from ui.items.page import ItemsPage
from ui.items.presenter import ItemsPresenter
from ui.items.view_model import ItemRow, sum_steps
from ui.items.views import ViewsPresenter, ViewStore
from ui.review.panel import ReviewPanel
from ui.review.presenter import ReviewPresenter
from ui.review.view_model import CauseCard
from ui.shell.main_window import MainWindow

_SUMS_AFTER_MS = 60


class Services(DraftingServices, ListServices, Protocol):
    """What one connection offers, as the switchboard puts it together."""

    @property
    def jobs(self) -> JobsService: ...

    @property
    def updates(self) -> ItemUpdateService: ...

    @property
    def history(self) -> History: ...


class ConnectionView(QObject):
    """Its panes are on screen while it is active; what it has under way goes on while it is not."""

    failure_type_taken = Signal(object)  # FailureType
    job_read = Signal(object, object)  # ExportJob, Counted: it was read whole
    job_moved = Signal(object)  # JobId: what Pleo holds may differ from what was read
    sign_in_requested = Signal()

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        views: ViewStore,
        clock: Clock,
        watching: Watching,
        polling_conditions: Callable[[], PollingConditions] = PollingConditions,
    ) -> None:
        super().__init__(window)
        words, named = LocaleFormat(), services.company_name
        self._words = words
        self._window = window
        self._watching = watching
        self._polling_conditions = polling_conditions
        self._is_active = False
        self._links: Sequence[str] = ()
        self._tasks = Tasks(self)
        self._connections: list[QMetaObject.Connection] = []
        self.items_page = ItemsPage(item_columns(words))
        self.gate = GatePanel()
        self.review_panel = ReviewPanel()
        self.items = ItemsPresenter(self.items_page, services.jobs, services.history, named, clock, words)
        self.completion = CompletionPresenter(self.gate, services.completion, named, words, watching.unknown)
        self.drafting = OutcomesBinding(window, services, self.items_page, self.items, self.gate, clock, words)
        drafts, outcome = self.drafting.drafts, self.drafting.outcome
        self.lists = PostingLists(window, services, drafts, outcome, clock, words)
        self.gate.add_section(self.review_panel)
        self.review = ReviewPresenter(self.review_panel, services.history, words)
        self.recovery = RecoveryPresenter(window.messages, services.completion, services.updates)
        self.views = ViewsPresenter(self.items_page, window.actions_by_name.views, views, self._say_not_kept)
        self._sums = QTimer(self)
        self._sums.setSingleShot(True)
        self._sums.setInterval(_SUMS_AFTER_MS)
        self._sums.timeout.connect(self._show_sums)
        self._join()
        window.add_panes(self.items_page, self.gate)

    def open(self) -> None:
        self.recovery.start()

    def open_job(self, job_id: JobId) -> None:
        self.items.open_job(job_id)

    def show_item(self, job_id: JobId, entry_id: EntryId | None) -> None:
        """The job, and in it the item, as soon as it was read; without one its first failed item."""
        self.items.open_job(job_id)
        self.items.navigator.jump_when_read(entry_id)

    def activate(self) -> None:
        """From here on the menus speak to these panes."""
        if self._is_active:
            return
        self._is_active = True
        self._window.show_panes(self.items_page, self.gate)
        self._join_actions()
        for part in (self.drafting, self.lists):
            part.activate()
        self.views.show_menu()
        self._show_acts()
        self._show_rows_shown()
        self._tasks.replace("watch", self._watch())

    def park(self) -> None:
        """Out of sight; an event on its way, and what is not known yet, go on to be asked for."""
        self._is_active = False
        self._tasks.cancel("watch")
        for part in (self.drafting, self.lists):
            part.park()
        self.views.hide_menu()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()

    def check_sending(self) -> None:
        """Nothing is sent on what could not be read again."""
        self.completion.forbid(self.why_not_to_send())
        self.drafting.forbid(self.why_not_to_send())
        self._show_acts()

    def why_not_to_send(self) -> str:
        """Empty where everything can be sent."""
        if self._polling_conditions().is_offline:
            return "Offline: nothing can be sent until the network is back."
        if self.items.is_old:
            return "What is shown is old. Nothing can be sent before the job has been read again (F5)."
        return ""

    def network_changed(self) -> None:
        self.check_sending()
        if self._is_active and not self.is_busy:
            self.items.watch()

    def refresh(self) -> None:
        self.items.refresh()

    @property
    def is_busy(self) -> bool:
        """Whether a dialog is open that shows what was read."""
        return self.completion.is_busy or self.drafting.is_busy or self.lists.is_busy

    @property
    def on_its_way(self) -> str:
        """What is being sent at the moment, in words; "" for nothing."""
        if self.completion.is_sending:
            return "An event is on its way to Pleo"
        return "Outcomes are on their way to Pleo" if self.drafting.sending.is_sending else ""

    async def finish_sending(self) -> None:
        """Until what is on its way is known. Outcomes that have not left yet stay drafted."""
        if self.drafting.sending.is_sending:
            await self.drafting.sending.finish_sending()
        await self.completion.sent()

    async def aclose(self) -> None:
        """What was under way has ended when this returns, so that it meets no widget that is gone. All parts are
        stopped before one is waited for: what ends in one starts nothing in another."""
        self.park()
        parts = (self.items, self.completion, self.lists, self.drafting, self.review, self.recovery, self._tasks)
        await asyncio.gather(*(part.aclose() for part in parts))
        self._window.remove_panes(self.items_page, self.gate)
        self.deleteLater()

    def _join(self) -> None:
        self.items.snapshot_changed.connect(self._show_snapshot)
        self.items.age_changed.connect(self.check_sending)
        self.items.review_changed.connect(self.review.show)
        self.items.review_changed.connect(self.lists.show_job)
        self.items_page.table.selection_news.connect(self._show_rows_shown)
        self.items_page.model.shown_changed.connect(self._show_rows_shown)
        self.items_page.filter_changed.connect(self._show_rows_shown)
        self.items_page.cause_cleared.connect(self.review_panel.clear_choice)
        self.review_panel.cause_chosen.connect(self._show_cause)
        self.review_panel.outcome_requested.connect(self.drafting.set_outcome_of)
        self.recovery.recovered.connect(self.completion.take_recovered)
        self.completion.jump_requested.connect(self.items.navigator.jump_to)
        self.completion.job_moved.connect(self._read_moved)
        self.completion.snapshot_read.connect(self.items.show_snapshot)
        self.completion.failure_type_taken.connect(self.failure_type_taken)
        self.completion.dialog_closed.connect(self._return_focus)
        self.lists.dialog_closed.connect(self.items_page.table.setFocus)
        self.items_page.links_changed.connect(self._show_links)
        self.items_page.sign_in_requested.connect(self.sign_in_requested)
        self.completion.sign_in_requested.connect(self.sign_in_requested)
        actions, table = self._window.actions_by_name, self.items_page.table
        letters = (actions.next_failed, actions.open_in_pleo, actions.open_in_books)
        table.addActions([*letters, actions.copy])
        self.items_page.detail.addActions(letters)

    def _join_actions(self) -> None:
        actions = self._window.actions_by_name
        table = self.items_page.table
        pairs: tuple[tuple[QAction, Callable[[], object]], ...] = (
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
            (actions.next_to_do, lambda: self.items.navigator.go_to_next(needs_attention)),
            (actions.previous_to_do, lambda: self.items.navigator.go_to_next(needs_attention, backwards=True)),
            (actions.next_failed, lambda: self.items.navigator.go_to_next(has_failed)),
        )
        self._connections = [action.triggered.connect(act) for action, act in pairs]

    def _show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        self.completion.show_snapshot(snapshot)
        self.drafting.show_snapshot(snapshot)
        self._show_acts()
        judged = self.completion.judged
        if snapshot and judged and not self.items.is_old:
            is_ready = isinstance(judged, Preview)
            self.job_read.emit(snapshot.job, counted_snapshot(snapshot, judged.tally, is_ready=is_ready))
        self._show_rows_shown()

    def _show_links(self, links: Sequence[str]) -> None:
        self._links = links
        self._show_acts()

    def _show_acts(self) -> None:
        if self._is_active:
            actions = self._window.actions_by_name
            actions.act.setText(f"&{self.gate.action.text()}")
            actions.act.setEnabled(self.gate.action.isEnabled())
            actions.open_in_pleo.setEnabled(PLEO in self._links)
            actions.open_in_books.setEnabled(BOOKS in self._links)

    def _show_rows_shown(self) -> None:
        model, table = self.items_page.model, self.items_page.table
        self._tasks.cancel("sums")
        if not self._is_active:
            return
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
        if money and self._is_active:
            self._window.rows_shown.setText(f"{self._window.rows_shown.text()}: {money}")

    def _show_cause(self, card: CauseCard | None) -> None:
        self.items_page.filter_by_cause(card.item_ids if card else None, card.title if card else "")

    def _find(self) -> None:
        self.items_page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.items_page.search.selectAll()

    def _say_not_kept(self, problem: SettingsProblem) -> None:
        say_problem(self._window.messages, problem)

    def _read_moved(self, job_id: JobId) -> None:
        self.refresh()
        self.job_moved.emit(job_id)

    async def _watch(self) -> None:
        """The open job is read again by itself while it is not final."""
        while True:
            await asyncio.sleep(self._pause())
            snapshot = self.items.snapshot
            is_wanted = snapshot is None or not snapshot.job.is_finished
            if is_wanted and not self.is_busy and not self._polling_conditions().is_offline:
                self.items.watch()

    def _return_focus(self) -> None:
        """The button that opened the dialog may be gone by now; then the items are what comes next."""
        if not self.gate.action.isEnabled() or self.gate.action.isHidden():
            self.items_page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pause(self) -> float:
        items = len(self.items.snapshot.items) if self.items.snapshot else 0
        return pause_of_open_job(self._watching, self._polling_conditions(), items, random.random())  # noqa: S311 - chance
