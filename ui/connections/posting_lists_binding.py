"""Joins posting lists, in and out, with the job on screen and its drafts."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMetaObject, QObject, Signal
from PySide6.QtGui import QAction

from app.completion.service import CompletionService
from app.errors import SettingsProblem
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import JobId
from app.outcomes.drafts import PostingRow
from app.platform.clock import Clock
from app.posting_lists.outcomes import AcceptedList
from ui.common.errors import say_problem
from ui.common.text_format import TextFormat
from ui.outcomes.outcome_presenter import OutcomePresenter
from ui.outcomes.presenter import DraftsPresenter
from ui.posting_lists.open_items_presenter import OpenItemsPresenter
from ui.posting_lists.presenter import Mappings, PostingsPresenter
from ui.shell.main_window import MainWindow
from ui.widgets.message_bar import MessageKind

# Amounts are what shows that a row is about another item, so no list is opened without them while they may still come.
_NOT_READ = "Amounts and suppliers have not been read yet"
_NOT_OPENED = f"{_NOT_READ}, so the list was not opened."


class Services(Protocol):
    @property
    def completion(self) -> CompletionService: ...

    @property
    def mappings(self) -> Mappings: ...


class PostingLists(QObject):
    dialog_closed = Signal()

    def __init__(
        self,
        window: MainWindow,
        services: Services,
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
        self._connections: list[QMetaObject.Connection] = []
        self._is_active = False
        person = (lambda: outcome.person) if services.completion.four_eyes else None
        self.results = PostingsPresenter(
            window, services.mappings, lambda: drafts.book.drafts, clock.now, fmt, person=person
        )
        self.open_items = OpenItemsPresenter(window, window.messages)
        self.results.accepted.connect(self._take)
        self.results.trouble.connect(self._say_not_kept)
        self.results.dialog_closed.connect(self.dialog_closed)

    @property
    def is_busy(self) -> bool:
        return self.results.dialog is not None

    def show_job(self, snapshot: JobSnapshot | None, accounting: AccountingData | None) -> None:
        """`accounting` is None as long as nobody knows whether there is any."""
        self._snapshot, self._accounting = snapshot, accounting
        self._enable_actions()
        if snapshot is None or accounting is None:
            return
        self.results.show_accounting(snapshot, accounting)
        if self._is_active and self._window.messages.title() == _NOT_OPENED:
            self._window.messages.clear()

    def import_from(self, path: Path | None = None) -> None:
        """Asks for the file where none is given. A job that has ended takes no outcomes."""
        if self._snapshot is None or self._snapshot.job.is_finished:
            return
        if self._accounting is None:
            advice = "Drop it again as soon as they are there: without them, its amounts cannot be compared."
            self._window.messages.show_message(MessageKind.INFO, _NOT_OPENED, advice=advice)
            return
        self.results.open(self._snapshot, self._accounting, path)

    def activate(self) -> None:
        """From here on the menus, and files that are dropped on the window, are for this job."""
        self._is_active = True
        self._join_window()

    def park(self) -> None:
        """Out of sight."""
        if self._is_active:
            self._window.takes_files = False
        self._is_active = False
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()

    async def aclose(self) -> None:
        self.park()
        parts = (self.results, self.open_items)
        await asyncio.gather(*(part.aclose() for part in parts))
        self.deleteLater()

    def _join_window(self) -> None:
        actions = self._window.actions_by_name
        pairs: tuple[tuple[QAction, Callable[[], object]], ...] = (
            (actions.import_results, self.import_from),
            (actions.export_open_items, self._export),
        )
        for action, act in pairs:
            self._connections.append(action.triggered.connect(lambda _on=False, act=act: act()))
        self._connections.append(self._window.file_dropped.connect(self.import_from))
        self._enable_actions()

    def _enable_actions(self) -> None:
        if not self._is_active:
            return
        is_open = self._snapshot is not None and not self._snapshot.job.is_finished
        is_read = self._accounting is not None
        for action in (self._window.actions_by_name.import_results, self._window.actions_by_name.export_open_items):
            action.setEnabled(is_open and is_read)
            action.setToolTip(_NOT_READ if is_open and not is_read else "")
        # Also what is dropped too early, to say why it is not opened.
        self._window.takes_files = is_open

    def _export(self) -> None:
        if self._snapshot and self._accounting:
            outcomes = {entry_id: draft.outcome for entry_id, draft in self._drafts.book.drafts.items()}
            self.open_items.export(self._snapshot, self._accounting, outcomes)

    def _take(self, job_id: JobId, accepted: AcceptedList) -> None:
        source = accepted.source
        rows = {
            entry_id: PostingRow(source.name, source.sha256, row.number, row.by.value if row.by else "choice")
            for entry_id, row in accepted.rows.items()
        }
        name = self.results.accepted_by
        if name:
            self._outcome.remember_person(name)
        self._drafts.take_list(job_id, accepted.outcomes, rows, name or self._outcome.person, self._clock.now())

    def _say_not_kept(self, problem: SettingsProblem) -> None:
        say_problem(self._window.messages, problem)
