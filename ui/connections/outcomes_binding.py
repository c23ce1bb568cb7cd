"""Joins drafted outcomes with the items that they are for and the gate that counts them."""

import asyncio

from PySide6.QtCore import QObject

from app.composition.services import Services
from app.errors import SignoffError
from app.messages import joined
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FailureType, JobId
from app.outcomes.drafts import DraftBook
from app.platform.clock import Clock
from ui.common.errors import say_problem
from ui.common.readers import readers_of
from ui.common.text_format import TextFormat, releasable_words
from ui.completion.gate_panel import GatePanel
from ui.connections.job_four_eyes import JobFourEyes
from ui.connections.job_reports import JobReports
from ui.items.page import ItemsPage
from ui.items.presenter import ItemsPresenter
from ui.outcomes.drafts_section import DraftsSection
from ui.outcomes.outcome_presenter import OutcomePresenter
from ui.outcomes.presenter import DraftsPresenter
from ui.outcomes.send_presenter import SendPresenter
from ui.outcomes.view_model import SentWords, unknown_words
from ui.review.view_model import CauseCard
from ui.shell.main_window import MainWindow
from ui.widgets.message_bar import MessageKind
from ui.widgets.vain_press import VainPress


class OutcomesBinding(QObject):
    def __init__(
        self,
        window: MainWindow,
        services: Services,
        page: ItemsPage,
        items: ItemsPresenter,
        gate: GatePanel,
        clock: Clock,
        fmt: TextFormat,
        ask_again_seconds: float,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._clock, self._fmt = clock, fmt
        self._page = page
        self._items = items
        self._snapshot: JobSnapshot | None = None
        self._forbidden = ""
        self.section = DraftsSection()
        gate.add_section(self.section)
        VainPress(self.section.send, lambda: window.refusals.say(self._forbidden))
        self.drafts = DraftsPresenter(self.section, window.messages, services.drafts, services.completion.preview)
        self._user, self.four_eyes = services.user, JobFourEyes(services.completion, self)
        self._reports = JobReports(services.updates, self)
        readers = readers_of(services.connection.readers_language)
        self.outcome = OutcomePresenter(window, services.drafts, services.wordings, "", clock.now, fmt, readers)
        self.sending = SendPresenter(window, services.drafts, services.company_name, fmt, ask_again_seconds)
        self._join()

    @property
    def is_busy(self) -> bool:
        """Whether one of its dialogs is open."""
        return self.outcome.dialog is not None or self.sending.dialog is not None

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        self._snapshot = snapshot
        self.outcome.show_snapshot(snapshot)
        self.drafts.show_snapshot(snapshot)
        self._reports.show_snapshot(snapshot)
        self._show_unknown()

    def set_outcome_of(self, cause: CauseCard) -> None:
        """One decision for all items of a cause."""
        wanted = frozenset(cause.item_ids)
        concerned = [row for row in self._page.model.rows() if row.item.accounting_entry_id in wanted]
        kind = FailureType(cause.key[0])
        self.outcome.ask(concerned, (), kind=kind or None, cause=joined(": ", (cause.title, cause.words)))

    def set_outcome(self) -> None:
        """For the rows that are selected, and beside them for all that the filter leaves in sight."""
        self.outcome.ask(self._page.table.selected_rows(), self._page.model.shown_rows())

    def discard(self) -> None:
        self.drafts.discard(row.item.accounting_entry_id for row in self._page.table.selected_rows())

    def send(self) -> None:
        if self._snapshot and not self._forbidden:
            self.sending.preview(self._snapshot, self._items.entries, self.drafts.book.drafts)

    def forbid(self, reason: str) -> None:
        """Why nothing can be sent now; drafting goes on. An empty reason allows it again."""
        self._forbidden = reason
        self.section.send.setEnabled(not reason)
        self.section.send.setToolTip(reason)

    async def aclose(self) -> None:
        parts = (self.four_eyes, self._reports, self.drafts, self.outcome, self.sending)
        await asyncio.gather(*(part.aclose() for part in parts))
        self.deleteLater()

    def _join(self) -> None:
        self.drafts.book_changed.connect(self._show_book)
        self.drafts.jump_requested.connect(self._items.navigator.jump_to)
        self.drafts.send_requested.connect(self.send)
        self.outcome.drafted.connect(self.drafts.show_book)
        self.outcome.trouble.connect(self._say_not_kept)
        self.outcome.dialog_closed.connect(self._return_focus)
        self.sending.dialog_closed.connect(self._return_focus)
        self.sending.sent.connect(self._show_sent)
        self.sending.ended_unseen.connect(self._say_ended)
        self.sending.unknown_changed.connect(self._show_unknown)
        self.sending.trouble.connect(self._say_not_kept)
        self.section.release_requested.connect(self._release)
        self.four_eyes.changed.connect(self._name_user)
        self._reports.changed.connect(self._items.show_reports)
        self._name_user()

    def _name_user(self) -> None:
        """A user name beside a name passes for a second person."""
        self.outcome.name_user("" if self.four_eyes.are_asked_for else self._user)

    def _show_sent(self, job_id: JobId) -> None:
        self.drafts.show_book(job_id)
        if self._snapshot and self._snapshot.job.id == job_id:
            self._reports.look_again(job_id)
        self._items.refresh()

    def _show_unknown(self, _job_id: JobId | None = None) -> None:
        found = self.sending.unknown_of(self._snapshot.job.id) if self._snapshot else None
        if found is None:
            self.section.show_unknown("")
            return
        now, due = self._clock.now(), found.releasable_from
        can_release = due is not None and due <= now
        releasable = releasable_words(due, now, self._fmt) if due and not can_release else ""
        self.section.show_unknown(unknown_words(len(found.unknown), releasable), can_release=can_release)

    def _release(self) -> None:
        if self._snapshot:
            self.sending.ask_to_release(self._snapshot.job.id)

    def _say_ended(self, end: SentWords) -> None:
        self._window.messages.show_message(MessageKind(end.tone), end.title, end.details, advice=end.advice)

    def _show_book(self, book: DraftBook) -> None:
        self._items.show_drafts(book.drafts)

    def _return_focus(self) -> None:
        self._page.table.setFocus()

    def _say_not_kept(self, problem: SignoffError) -> None:
        say_problem(self._window.messages, problem)
