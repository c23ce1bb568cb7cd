"""Reads one job again and again, and puts on screen what was read."""

import asyncio
from collections.abc import Callable, Mapping
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import SignoffError
from app.jobs.service import JobsService
from app.messages import tr
from app.models.draft import Drafts
from app.models.export_item import ExportItem
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import CompanyId, EntryId, JobId
from app.outcomes.reports import Reports
from app.platform.clock import Clock
from app.ports import History
from ui.common.errors import show_problem
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat
from ui.items.accounting import has_entries_for, missing_words, read_accounting
from ui.items.detail_presenter import DetailPresenter
from ui.items.head import job_head, old_job_words
from ui.items.item_table import ItemTable
from ui.items.navigator import ItemNavigator
from ui.items.page import ItemsPage
from ui.widgets.message_bar import MessageKind

_TICK_MS = 15_000
# A word of progress lays the head out anew; nobody reads more of them.
_PROGRESS_EVERY_SECONDS = 0.1


class ItemsPresenter(QObject):
    """What was read last stays on screen, marked as old, when a later read fails."""

    snapshot_changed = Signal(object)  # JobSnapshot, or None while another job is being read
    age_changed = Signal()  # what is on screen is old now, or is not any more
    review_changed = Signal(object, object)  # JobSnapshot or None, AccountingData or None: all that is on screen

    def __init__(
        self,
        page: ItemsPage,
        service: JobsService,
        history: History,
        company_name: Callable[[CompanyId], str],
        clock: Clock,
        fmt: TextFormat,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._service = service
        self._history = history
        self._company_name = company_name
        self._clock = clock
        self._fmt = fmt
        self._tasks = Tasks(self)
        self._job_id: JobId | None = None
        self.snapshot: JobSnapshot | None = None
        self._accounting: AccountingData | None = None
        self.is_old = False
        self._told_at = 0.0
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._show_head)
        self._ticks.start(_TICK_MS)
        self._table = ItemTable(page, self._tasks)
        self._detail = DetailPresenter(page, service, clock, fmt, self._tasks)
        self.navigator = ItemNavigator(page)
        page.retry_requested.connect(self.refresh)

    @property
    def is_reading(self) -> bool:
        return self._tasks.is_running("read")

    @property
    def is_at_rest(self) -> bool:
        """Whether a job is on screen with all that can be read about it."""
        return self.snapshot is not None and self._accounting is not None and not self.is_reading

    @property
    def entries(self) -> Mapping[EntryId, ExportItem]:
        """What is behind the items on screen, as far as it was read."""
        return self._accounting.entries if self._accounting else {}

    def open_job(self, job_id: JobId) -> None:
        if job_id == self._job_id and self.snapshot:
            return
        self._job_id = self._detail.job_id = job_id
        self.snapshot = None
        self._accounting = self._detail.read_at = None
        self.navigator.begin_job()
        self._page.accounting_notice.clear()
        self._page.show_empty(tr("Reading the job …"), tr("Its items appear as soon as all of them were read."))
        self.snapshot_changed.emit(None)
        self.review_changed.emit(None, None)
        self._show_age(None)
        self._tasks.replace("read", self._read())

    def refresh(self) -> None:
        """Reads job, items and accounting data again, what blocks first; nothing where no job is open."""
        if self._job_id:
            self._tasks.replace("read", self._read(keep_order=False))

    def show_blocking_first(self) -> None:
        """In place of the user's own sort."""
        self._table.show_blocking_first()

    def watch(self) -> None:
        """A quieter refresh: accounting data is read again only for items that have none yet."""
        if self._job_id and not self.is_reading:
            self._tasks.replace("read", self._read(keep_accounting=True))

    def show_snapshot(self, snapshot: JobSnapshot) -> None:
        """A read that another act of the user's brought along, such as the one before sending."""
        if snapshot.job.id == self._job_id:
            self._tasks.replace("read", self._take(snapshot))

    def show_drafts(self, drafts: Drafts) -> None:
        """Outcomes that were entered here, in the rows of the job on screen; nothing is read for it."""
        self._table.take_drafts(drafts)
        self._tasks.replace("drafts", self._show_marks())

    def show_reports(self, reports: Reports) -> None:
        """Who set which outcome, in the rows of the job on screen."""
        self._table.take_reports(reports)
        if self.snapshot:
            self._tasks.replace("drafts", self._show_marks())

    async def aclose(self) -> None:
        self._ticks.stop()
        await self._tasks.aclose()

    async def _read(self, *, keep_accounting: bool = False, keep_order: bool = True) -> None:
        assert self._job_id is not None
        self._page.busy.start(tr("Reading items …"))
        try:
            snapshot = await self._service.open_job(self._job_id, self._show_progress)
            await self._accept(snapshot, keep_order=keep_order)
            await self._complete(snapshot, keep_accounting=keep_accounting)
        except SignoffError as problem:
            if self.snapshot is None:
                await self._recall(self._job_id, problem)
            self._show_trouble(problem)
        finally:
            self._page.busy.stop()

    async def _recall(self, job_id: JobId, problem: SignoffError) -> None:
        """The job as it was read last, in an earlier run of the program perhaps, is better than none."""
        remembered = await self._history.last_snapshot(job_id)
        if remembered:
            await self._accept(remembered.snapshot, why_old=problem)
            await self._accept_accounting(remembered.accounting)

    async def _show_marks(self) -> None:
        await self._table.show_marks()
        self._detail.show_again()

    async def _take(self, snapshot: JobSnapshot) -> None:
        await self._accept(snapshot)
        try:
            await self._complete(snapshot, keep_accounting=True)
        finally:
            self._page.busy.stop()

    async def _complete(self, snapshot: JobSnapshot, *, keep_accounting: bool) -> None:
        if not (keep_accounting and has_entries_for(snapshot, self._accounting)):
            self._page.busy.start(tr("Reading amounts and suppliers …"))
            known, job_id = self._accounting, snapshot.job.id
            data = await read_accounting(self._service, self._history, job_id, known, self._show_progress)
            await self._accept_accounting(data)
        self._table.make_ready()

    def _show_progress(self, read: int, total: int | None) -> None:
        now = perf_counter()
        if now - self._told_at < _PROGRESS_EVERY_SECONDS:
            return
        self._told_at = now
        so_far = self._fmt.number(read)
        if total:
            words = tr("{read} of {total} read …", read=so_far, total=self._fmt.number(total))
        else:
            words = tr("{read} read …", read=so_far)
        self._page.busy.start(words)
        if self.snapshot is None:
            self._page.show_empty(tr("Reading the job …"), words)

    async def _accept(
        self, snapshot: JobSnapshot, *, keep_order: bool = True, why_old: SignoffError | None = None
    ) -> None:
        same_job = self.snapshot is not None and self.snapshot.job.id == snapshot.job.id
        entries = self._accounting.entries if self._accounting else None
        ready = await self._table.prepare(snapshot, entries, same_job=same_job, keep_order=keep_order)
        self.snapshot = snapshot
        self._show_age(why_old)
        self._page.show_review()
        before = self._table.show(ready, same_job=same_job)
        if not same_job:
            self._page.choose_first()
        self._detail.show_again()
        self._show_head()
        try:
            # The gate counts all items: that is work enough for a turn of its own.
            await asyncio.sleep(0)
        finally:
            if self.snapshot is snapshot:
                self.snapshot_changed.emit(snapshot)
                self.review_changed.emit(snapshot, self._accounting)
                self.navigator.job_shown()
        await self._table.release(before)

    async def _accept_accounting(self, data: AccountingData) -> None:
        assert self.snapshot is not None
        ready = await self._table.prepare(self.snapshot, data.entries, same_job=True, keep_order=True)
        self._accounting, self._detail.read_at = data, data.read_at
        before = self._table.show(ready, same_job=True)
        self._show_accounting_notice(data)
        self.review_changed.emit(self.snapshot, data)
        try:
            # What the detail says is parsed anew: a turn of its own.
            await asyncio.sleep(0)
        finally:
            if self._accounting is data:
                self._detail.show_again()
        await self._table.release(before)

    def _show_accounting_notice(self, data: AccountingData) -> None:
        notice = self._page.accounting_notice
        if data.problem is None:
            notice.clear()
            return
        has_ended = self.snapshot is not None and self.snapshot.job.is_finished
        words = missing_words(data.problem, has_entries=bool(data.entries), has_ended=has_ended)
        notice.show_message(MessageKind.INFO, words, data.problem.details, advice="")

    def _show_head(self) -> None:
        if self.snapshot:
            company, now = self._company_name(self.snapshot.job.company_id), self._clock.now()
            self._page.show_head(*job_head(self.snapshot, company, now, self._fmt, is_old=self.is_old))

    def _show_trouble(self, problem: SignoffError) -> None:
        if self.snapshot is None:
            self._page.show_review()
            what = tr("The job could not be read")
            self._page.show_head(what, "", "")
            self._table.clear()
            show_problem(self._page.messages, problem, what)
            return
        self._show_age(problem)
        self._show_head()

    def _show_age(self, why_old: SignoffError | None) -> None:
        """The message says "old" exactly while what is on screen is: nobody hears of the one before the other."""
        was_old, self.is_old = self.is_old, why_old is not None
        if self.snapshot and why_old:
            old = old_job_words(self.snapshot.read_at, self._clock.now(), self._fmt)
            show_problem(self._page.messages, why_old, old, kind=MessageKind.WARNING, closable=False)
        else:
            self._page.messages.clear()
        if was_old != self.is_old:
            self.age_changed.emit()
