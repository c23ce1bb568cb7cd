"""Joins the screens of one connection: what one learns, the others show. No screen knows another."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from app.completion.preview import Preview
from app.composition.services import Services
from app.errors import SettingsProblem, SignoffError
from app.jobs.counted import counted_snapshot
from app.messages import tr
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, JobId
from app.platform.clock import Clock
from app.watching.open_job_watch import OpenJobWatch
from app.watching.schedule import PollingConditions, Watching
from ui.common.errors import say_problem
from ui.common.locale_format import LocaleFormat
from ui.common.tasks import Tasks
from ui.completion.confirmed import ConfirmedEvent
from ui.completion.gate_panel import GatePanel
from ui.completion.presenter import CompletionPresenter
from ui.completion.recovery import RecoveryPresenter
from ui.connections.menu_binding import MenuBinding
from ui.connections.outcomes_binding import OutcomesBinding
from ui.connections.posting_lists_binding import PostingLists
from ui.connections.selection_sums import SelectionSums
from ui.items.columns import item_columns
from ui.items.page import ItemsPage
from ui.items.presenter import ItemsPresenter
from ui.items.views import ViewsPresenter, ViewStore
from ui.review.panel import ReviewPanel
from ui.review.presenter import ReviewPresenter
from ui.review.view_model import CauseCard
from ui.shell.main_window import MainWindow


class ConnectionView(QObject):
    """Its panes are on screen while it is active; what it has under way goes on while it is not."""

    failure_type_taken = Signal(object)  # FailureType
    job_read = Signal(object, object)  # ExportJob, Counted: it was read whole
    job_moved = Signal(object)  # JobId: what Pleo holds may differ from what was read
    sign_in_requested = Signal()
    confirmed = Signal(object)  # ConfirmedEvent
    older_requested = Signal(object)  # JobId

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
        fmt, named = LocaleFormat(), services.company_name
        self._window = window
        self._services = services
        self._polling_conditions = polling_conditions
        self._tasks = Tasks(self)
        self.items_page = ItemsPage(item_columns(fmt))
        self.gate = GatePanel()
        self.review_panel = ReviewPanel()
        self.items = ItemsPresenter(self.items_page, services.jobs, services.history, named, clock, fmt)
        self.completion = CompletionPresenter(
            self.gate, services.completion, named, clock.now, fmt, watching.unknown, services.updates.set_by
        )
        self.drafting = OutcomesBinding(
            window, services, self.items_page, self.items, self.gate, clock, fmt, watching.unknown
        )
        drafts, outcome = self.drafting.drafts, self.drafting.outcome
        self.lists = PostingLists(window, services, self.drafting.four_eyes, drafts, outcome, clock, fmt)
        self.gate.add_section(self.review_panel)
        self.review = ReviewPresenter(self.review_panel, services.history, fmt)
        self.recovery = RecoveryPresenter(window.messages, services.completion, services.updates)
        self.views = ViewsPresenter(self.items_page, window.actions_by_name.views, views, self._say_not_kept)
        self.sums = SelectionSums(window.rows_shown, self.items_page, fmt)
        self.menu = MenuBinding(
            window, self.items_page, self.items, self.gate, self.completion, self.drafting, self.lists
        )
        self._watch = OpenJobWatch(
            clock,
            watching,
            polling_conditions,
            snapshot=lambda: self.items.snapshot,
            is_paused=lambda: self.is_busy,
            read=self.items.watch,
        )
        self._join()
        window.add_panes(self.items_page, self.gate, self.gate.bar)

    def open(self) -> None:
        self.recovery.start()

    def open_job(self, job_id: JobId) -> None:
        self.drafting.four_eyes.show_job(job_id)
        self.items.open_job(job_id)

    def show_item(self, job_id: JobId, entry_id: EntryId | None) -> None:
        """The job, and in it the item, as soon as it was read; without one its first failed item."""
        self.open_job(job_id)
        self.items.navigator.jump_when_read(entry_id)

    def activate(self) -> None:
        """From here on the menus speak to these panes."""
        if self.menu.is_active:
            return
        self._window.show_panes(self.items_page, self.gate, self.gate.bar)
        self.menu.activate()
        self.views.show_menu()
        self.sums.activate()
        self._tasks.replace("watch", self._watch.watch())

    def park(self) -> None:
        """Out of sight; an event on its way, and what is not known yet, go on to be asked for."""
        self.menu.park()
        self.views.hide_menu()
        self.sums.park()
        self._tasks.cancel("watch")

    def check_sending(self) -> None:
        """Nothing is sent on what could not be read again."""
        reason = self.why_not_to_send()
        for part in (self.completion, self.drafting, self.menu):
            part.forbid(reason)

    def why_not_to_send(self) -> str:
        """Empty where everything can be sent."""
        if self._polling_conditions().is_offline:
            return tr("Offline: nothing can be sent until the network is back.")
        if self.items.is_old:
            return tr("What is shown is old. Nothing can be sent before the job has been read again (F5).")
        return ""

    def network_changed(self) -> None:
        self.check_sending()
        if self.menu.is_active and not self.is_busy:
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
            return tr("An event is on its way to Pleo")
        return tr("Outcomes are on their way to Pleo") if self.drafting.sending.is_sending else ""

    async def finish_sending(self) -> None:
        """Until what is on its way is known. Outcomes that have not left yet stay drafted."""
        if self.drafting.sending.is_sending:
            await self.drafting.sending.finish_sending()
        await self.completion.sent()

    async def aclose(self) -> None:
        """What was under way has ended when this returns, so that it meets no widget that is gone. All parts are
        stopped before one is waited for: what ends in one starts nothing in another."""
        self.park()
        parts = (self.items, self.completion, self.lists, self.drafting, self.review, self.recovery, self.sums)
        await asyncio.gather(*(part.aclose() for part in (*parts, self._tasks)))
        self._window.remove_panes(self.items_page, self.gate, self.gate.bar)
        self.deleteLater()

    def _join(self) -> None:
        self.items.snapshot_changed.connect(self._show_snapshot)
        self.items.age_changed.connect(self.check_sending)
        self.items.review_changed.connect(self.review.show)
        self.items.review_changed.connect(self.lists.show_job)
        self.items.review_changed.connect(self.completion.take_review)
        self.drafting.drafts.book_changed.connect(lambda book: self.gate.show_drafted(len(book.drafts)))
        self.gate.outcomes_requested.connect(self.drafting.send)
        self.completion.confirmed.connect(self._take_confirmed)
        self.completion.older_requested.connect(self.older_requested)
        self.completion.refused.connect(self._window.refusals.say)
        self.items_page.cause_cleared.connect(self.review_panel.clear_choice)
        self.review_panel.cause_chosen.connect(self._show_cause)
        self.review_panel.outcome_requested.connect(self.drafting.set_outcome_of)
        self.recovery.recovered.connect(self.completion.take_recovered)
        self.recovery.left_open.connect(self.drafting.sending.keep_asking)
        self.completion.jump_requested.connect(self.items.navigator.jump_to)
        self.completion.job_moved.connect(self._read_moved)
        self.completion.snapshot_read.connect(self.items.show_snapshot)
        self.completion.failure_type_taken.connect(self.failure_type_taken)
        self.completion.dialog_closed.connect(self._return_focus)
        self.lists.dialog_closed.connect(self.items_page.table.setFocus)
        self.items_page.sign_in_requested.connect(self.sign_in_requested)
        self.completion.sign_in_requested.connect(self.sign_in_requested)
        for told in (self.completion.not_sent, self.completion.not_released):
            told.connect(self._say)

    def _show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        for part in (self.completion, self.drafting, self.menu):
            part.show_snapshot(snapshot)
        judged = self.completion.judged
        if snapshot and judged and not self.items.is_old:
            is_ready = isinstance(judged, Preview)
            self.job_read.emit(snapshot.job, counted_snapshot(snapshot, judged.tally, is_ready=is_ready))
        self._tasks.cancel("origin")
        if snapshot and snapshot.job.is_finished:
            self._tasks.replace("origin", self._show_origin(snapshot))
        self.sums.show_job(is_open=snapshot is not None)

    def _take_confirmed(self, event: ConfirmedEvent) -> None:
        """The next job comes on screen before this one is read again: what is known of its end is kept at once."""
        if event.has_ended_job and event.outcome.job:
            ended = replace(event.preview.snapshot, job=event.outcome.job)
            self._tasks.start(self._remember(ended))
        self.confirmed.emit(event)

    async def _remember(self, ended: JobSnapshot) -> None:
        await self._services.history.remember(ended, None, {})

    async def _show_origin(self, snapshot: JobSnapshot) -> None:
        self.completion.show_origin(is_from_here=await self._services.jobs.ended_from_here(snapshot.job))

    def _show_cause(self, card: CauseCard | None) -> None:
        self.items_page.filter_by_cause(card.item_ids if card else None, card.title if card else "")

    def _say(self, problem: SignoffError) -> None:
        say_problem(self._window.messages, problem)

    def _say_not_kept(self, problem: SettingsProblem) -> None:
        say_problem(self._window.messages, problem)

    def _read_moved(self, job_id: JobId) -> None:
        self.refresh()
        self.job_moved.emit(job_id)

    def _return_focus(self) -> None:
        """The button that opened the dialog may be gone by now; then the items are what comes next."""
        if not self.gate.action.is_ready() or self.gate.action.isHidden():
            self.items_page.table.setFocus(Qt.FocusReason.OtherFocusReason)
