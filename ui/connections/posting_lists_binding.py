"""Joins posting lists, in and out, with the job on screen and its drafts."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.composition.services import Services
from app.errors import SettingsProblem
from app.messages import said, shown, tr
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import JobId
from app.platform.clock import Clock
from app.posting_lists.outcomes import AcceptedList
from ui.common.errors import say_problem
from ui.common.text_format import TextFormat
from ui.connections.job_four_eyes import JobFourEyes
from ui.outcomes.outcome_presenter import OutcomePresenter
from ui.outcomes.presenter import DraftsPresenter
from ui.posting_lists.open_items_presenter import OpenItemsPresenter
from ui.posting_lists.presenter import PostingsPresenter
from ui.shell.main_window import MainWindow
from ui.widgets.message_bar import MessageKind

# Amounts are what shows that a row is about another item, so no list is opened without them while they may still come.
_NOT_OPENED = said("Amounts and suppliers have not been read yet, so the list was not opened.")


class PostingLists(QObject):
    dialog_closed = Signal()

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        four_eyes: JobFourEyes,
        drafts: DraftsPresenter,
        outcome: OutcomePresenter,
        clock: Clock,
        fmt: TextFormat,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._drafts = drafts
        self._outcome = outcome
        self._clock = clock
        self._snapshot: JobSnapshot | None = None
        self._accounting: AccountingData | None = None
        self._has_said_not_opened = False
        self.results = PostingsPresenter(
            window,
            services.mappings,
            lambda: drafts.book.drafts,
            clock.now,
            fmt,
            person=lambda: outcome.person if four_eyes.are_asked_for else None,
        )
        self.open_items = OpenItemsPresenter(window, window.messages, services.company_name)
        four_eyes.changed.connect(self.results.ask_person_anew)
        self.results.accepted.connect(self._take)
        self.results.trouble.connect(self._say_not_kept)
        self.results.dialog_closed.connect(self.dialog_closed)

    @property
    def is_busy(self) -> bool:
        return self.results.dialog is not None

    def show_job(self, snapshot: JobSnapshot | None, accounting: AccountingData | None) -> None:
        """`accounting` is None as long as nobody knows whether there is any."""
        self._snapshot, self._accounting = snapshot, accounting
        if snapshot is None or accounting is None:
            return
        self.results.show_accounting(snapshot, accounting)
        if self._has_said_not_opened and self._window.messages.title() == shown(_NOT_OPENED):
            self._window.messages.clear()
        self._has_said_not_opened = False

    def import_from(self, path: Path | None = None) -> None:
        """Asks for the file where none is given. A job that has ended takes no outcomes."""
        if self._snapshot is None or self._snapshot.job.is_finished:
            return
        if self._accounting is None:
            advice = tr("Drop it again as soon as they are there: without them, its amounts cannot be compared.")
            self._window.messages.show_message(MessageKind.INFO, _NOT_OPENED, advice=advice)
            self._has_said_not_opened = True
            return
        self.results.open(self._snapshot, self._accounting, path)

    def export(self) -> None:
        if self._snapshot and self._accounting:
            outcomes = {entry_id: draft.outcome for entry_id, draft in self._drafts.book.drafts.items()}
            self.open_items.export(self._snapshot, self._accounting, outcomes)

    async def aclose(self) -> None:
        parts = (self.results, self.open_items)
        await asyncio.gather(*(part.aclose() for part in parts))
        self.deleteLater()

    def _take(self, job_id: JobId, accepted: AcceptedList) -> None:
        name = self.results.accepted_by
        if name:
            self._outcome.remember_person(name)
        self._drafts.take_list(
            job_id, accepted.outcomes, accepted.rows, name or self._outcome.person, self._clock.now()
        )

    def _say_not_kept(self, problem: SettingsProblem) -> None:
        say_problem(self._window.messages, problem)
