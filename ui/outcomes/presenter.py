"""Between the drafts of the job on screen and the places that show them: the gate's section, the rows, the menus."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.completion.derive import NotReady
from app.completion.preview import Preview
from app.errors import DraftsProblem
from app.messages import ntr, tr
from app.models.draft import Draft, PostingRow
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, JobId
from app.outcomes.draft_service import DraftService
from app.outcomes.drafts import DraftBook, drafts_of_list, taking_from
from app.outcomes.projection import DraftedSnapshot
from app.platform.gc_tuning import many_arrive
from app.slices import Slices, slices
from ui.common.dialogs import confirm
from ui.common.errors import say_problem
from ui.common.tasks import Tasks, in_slices
from ui.outcomes.drafts_section import DraftsSection
from ui.outcomes.drafts_view import DraftsView, drafts_view
from ui.widgets.announcements import announce
from ui.widgets.message_bar import MessageBar, MessageKind

# About a millisecond.
_ROWS_IN_A_SLICE = 1_000

Judge = Callable[[JobSnapshot], Preview | NotReady]


class DraftsPresenter(QObject):
    book_changed = Signal(object)  # DraftBook of the job on screen
    jump_requested = Signal(object)  # tuple of entry ids
    send_requested = Signal()

    def __init__(self, section: DraftsSection, messages: MessageBar, service: DraftService, judge: Judge) -> None:
        super().__init__(section)
        self._section = section
        self._messages = messages
        self._service = service
        self._judge = judge
        self._tasks = Tasks(self)
        self._snapshot: JobSnapshot | None = None
        self.book = DraftBook()
        section.jump_requested.connect(self.jump_requested)
        section.send_requested.connect(self.send_requested)
        section.discard_requested.connect(lambda: self._tasks.replace("discard", self._discard_all()))

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        """After each read: what Pleo shows already is a draft no more."""
        is_other = snapshot is None or self._snapshot is None or snapshot.job.id != self._snapshot.job.id
        self._snapshot = snapshot
        if is_other:
            self._section.show_drafts(DraftsView())
            self._take(DraftBook())
        if snapshot:
            self._change(snapshot.job.id, lambda: self._service.settle(snapshot), is_announced=False)

    def show_book(self, job_id: JobId) -> None:
        """After something else has changed the drafts of the job."""
        self._change(job_id, lambda: self._service.book(job_id))

    def take_list(
        self,
        job_id: JobId,
        outcomes: Sequence[ItemOutcome],
        rows: Mapping[EntryId, PostingRow],
        by: str,
        at: datetime,
    ) -> None:
        """The outcomes of a posting list that the user has accepted for this job, whichever is on screen by now; each
        comes from its row of the file."""
        self._change(job_id, lambda: self._put_list(job_id, outcomes, rows, by, at))

    def discard(self, ids: Iterable[EntryId]) -> None:
        gone = tuple(ids)
        if self._snapshot:
            job_id = self._snapshot.job.id
            self._change(job_id, lambda: self._service.discard(job_id, gone))

    def undo(self) -> None:
        if self._snapshot:
            job_id = self._snapshot.job.id
            self._change(job_id, lambda: self._service.undo(job_id))

    def redo(self) -> None:
        if self._snapshot:
            job_id = self._snapshot.job.id
            self._change(job_id, lambda: self._service.redo(job_id))

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def _change(self, job_id: JobId, work: Callable[[], Awaitable[DraftBook]], *, is_announced: bool = True) -> None:
        """One after the other, in the order of the wishes: the service sees to that. A wish that is cancelled before
        its turn is never begun."""
        self._tasks.start(self._show_after(job_id, work, is_announced=is_announced))

    async def _show_after(self, job_id: JobId, work: Callable[[], Awaitable[DraftBook]], *, is_announced: bool) -> None:
        try:
            book = await work()
        except DraftsProblem as problem:
            self._say(problem)
            return
        if self._snapshot and self._snapshot.job.id == job_id:
            if is_announced and book != self.book:
                announce(self._section, _drafted_now(len(book.drafts)))
            self._take(book)
            self._tasks.replace("projection", self._show_projection(self._snapshot, book))

    def _take(self, book: DraftBook) -> None:
        """A book in which nothing has changed is not told again: the rows would be made anew for nothing."""
        if book != self.book:
            self.book = book
            self.book_changed.emit(book)

    async def _put_list(
        self, job_id: JobId, outcomes: Sequence[ItemOutcome], rows: Mapping[EntryId, PostingRow], by: str, at: datetime
    ) -> DraftBook:
        file_name = next((row.file_name for row in rows.values()), "")
        with many_arrive(len(outcomes), leave_garbage=False):
            drafts = await in_slices(_drafts_of(outcomes, rows, by, at))
            return await self._service.put(job_id, drafts, taking_from(file_name))

    async def _show_projection(self, snapshot: JobSnapshot, book: DraftBook) -> None:
        if not book.drafts:
            self._section.show_drafts(DraftsView())
            return
        drafted = DraftedSnapshot(snapshot, book.drafts)
        await in_slices(iter(drafted))
        # All items are counted several times, which is too long for one turn of the loop.
        would_be = await asyncio.to_thread(self._judge, drafted.found)
        self._section.show_drafts(drafts_view(book.drafts, would_be, has_ended=snapshot.job.is_finished))

    async def _discard_all(self) -> None:
        count = len(self.book.drafts)
        if await confirm(
            self._section.window(),
            ntr("Discard {n:,} draft?", "Discard {n:,} drafts?", count),
            tr("Nothing is sent, and Pleo's items stay as they are. You can undo this as long as Signoff is open."),
            action=ntr("Discard {n:,} draft", "Discard {n:,} drafts", count),
            cancel=ntr("Keep it", "Keep them", count),
            dangerous=True,
        ):
            self.discard(self.book.drafts)

    def _say(self, problem: DraftsProblem) -> None:
        say_problem(self._messages, problem, MessageKind.ERROR)


def _drafted_now(count: int) -> str:
    if not count:
        return tr("No outcome is drafted now")
    return ntr("{n:,} outcome is drafted now", "{n:,} outcomes are drafted now", count)


def _drafts_of(
    outcomes: Sequence[ItemOutcome], rows: Mapping[EntryId, PostingRow], by: str, at: datetime
) -> Slices[list[Draft]]:
    drafts: list[Draft] = []
    for part in slices(len(outcomes), _ROWS_IN_A_SLICE):
        drafts += drafts_of_list(outcomes[part], rows, by, at)
        yield
    return drafts
