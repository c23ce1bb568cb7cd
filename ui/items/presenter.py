"""Between the jobs service and the items of one job."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.errors import PleoProblem, Refused, ServerTrouble, SignoffError, TooManyRequests
from app.jobs.ports import History
from app.jobs.receipts import must_be_fetched_again, why_not_again
from app.jobs.service import JobsService, why_without_accounting_data
from app.models.export_item import ExportItem
from app.models.export_job import ExportJob
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import CompanyId, EntryId, JobId
from app.outcomes.drafts import Drafts
from app.platform.clock import Clock
from ui.common.errors import show_problem
from ui.common.status_text import job_word
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat
from ui.items.detail import RECEIPT, detail_facts, link_target, links_of
from ui.items.item_table import ItemTable
from ui.items.navigation import has_failed, next_place
from ui.items.page import ItemsPage
from ui.items.view_model import ItemRow
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
        self._wanted: tuple[EntryId | None, ...] = ()
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._show_head)
        self._ticks.start(_TICK_MS)
        page.item_chosen.connect(self._show_detail)
        page.retry_requested.connect(self.refresh)
        page.link_requested.connect(self._open_link)
        self._table = ItemTable(page, self._tasks)

    @property
    def is_reading(self) -> bool:
        return self._tasks.is_running("read")

    @property
    def is_at_rest(self) -> bool:
        """Whether a job is on screen with all that can be read about it."""
        return self.snapshot is not None and self._accounting is not None and not self.is_reading

    def open_job(self, job_id: JobId) -> None:
        if job_id == self._job_id and self.snapshot:
            return
        self._job_id = job_id
        self.snapshot = None
        self._accounting = None
        self.is_old = False
        self._wanted = ()
        self._page.messages.clear()
        self._page.accounting_notice.clear()
        self._page.show_empty("Reading the job …", "Its items appear as soon as all of them were read.")
        self.snapshot_changed.emit(None)
        self.review_changed.emit(None, None)
        self._tasks.replace("read", self._read())

    def refresh(self) -> None:
        """Reads job, items and accounting data again, what needs the accountant first; nothing where no job is open."""
        if self._job_id:
            self._tasks.replace("read", self._read(keep_order=False))

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
        self._tasks.replace("drafts", self._show_drafts(drafts))

    def go_to_next(self, is_wanted: Callable[[ItemRow], bool], *, backwards: bool = False) -> None:
        """Makes the next wanted row current; nothing where no row on screen is wanted."""
        model, table = self._page.model, self._page.table
        rows = model.shown_rows()
        place = next_place(rows, table.currentIndex().row(), is_wanted, backwards=backwards)
        if place is not None:
            table.select_ids([rows[place].key])
            table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def jump_when_read(self, entry_id: EntryId | None) -> None:
        """To the item of the open job as soon as it is on screen; without one to the next that has failed."""
        self._wanted = (entry_id,)
        if self.snapshot:
            self._jump_to_wanted()

    def _jump_to_wanted(self) -> None:
        for entry_id in self._wanted:
            if entry_id:
                self.jump_to([entry_id])
            else:
                self.go_to_next(has_failed)
        self._wanted = ()

    def jump_to(self, entry_ids: Iterable[EntryId]) -> None:
        wanted = set(entry_ids)
        self._page.jump_to([row.key for row in self._page.model.rows() if row.item.accounting_entry_id in wanted])

    async def aclose(self) -> None:
        self._ticks.stop()
        await self._tasks.aclose()

    async def _read(self, *, keep_accounting: bool = False, keep_order: bool = True) -> None:
        assert self._job_id is not None
        self._page.busy.start("Reading items …")
        try:
            snapshot = await self._service.open_job(self._job_id, self._show_progress)
            self._page.messages.clear()
            await self._accept(snapshot, keep_order=keep_order)
            await self._complete(snapshot, keep_accounting=keep_accounting)
        except SignoffError as problem:
            if self.snapshot is None:
                await self._recall(self._job_id)
            self._show_trouble(problem)
        finally:
            self._page.busy.stop()

    async def _recall(self, job_id: JobId) -> None:
        """The job as it was read last, in an earlier run of the program perhaps, is better than none."""
        remembered = await self._history.last_snapshot(job_id)
        if remembered:
            await self._accept(remembered.snapshot, is_old=True)
            await self._accept_accounting(remembered.accounting)

    async def _show_drafts(self, drafts: Drafts) -> None:
        await self._table.show_drafts(drafts)
        self._show_detail(self._page.table.current_id())

    async def _take(self, snapshot: JobSnapshot) -> None:
        await self._accept(snapshot)
        try:
            await self._complete(snapshot, keep_accounting=True)
        finally:
            self._page.busy.stop()

    async def _complete(self, snapshot: JobSnapshot, *, keep_accounting: bool) -> None:
        if not (keep_accounting and self._has_entries_for(snapshot)):
            self._page.busy.start("Reading amounts and suppliers …")
            await self._accept_accounting(await self._read_accounting(snapshot.job.id))
        self._table.make_ready()

    async def _read_accounting(self, job_id: JobId) -> AccountingData:
        """Pleo gives nothing for a finished job; what was read while it ran is kept, even from an earlier run."""
        data = await self._service.read_accounting_data(job_id, self._show_progress)
        if data.problem and not (self._accounting and self._accounting.entries):
            remembered = await self._history.last_snapshot(job_id)
            if remembered and remembered.accounting.entries:
                return replace(remembered.accounting, problem=data.problem)
        return data

    def _has_entries_for(self, snapshot: JobSnapshot) -> bool:
        if self._accounting is None:
            return False
        if snapshot.job.is_finished:
            return True
        if self._accounting.problem:
            return not _is_passing(self._accounting.problem)
        known = self._accounting.entries
        return all(map(known.__contains__, [item.accounting_entry_id for item in snapshot.items]))

    def _show_progress(self, read: int, total: int | None) -> None:
        now = perf_counter()
        if now - self._told_at < _PROGRESS_EVERY_SECONDS:
            return
        self._told_at = now
        of = f" of {self._fmt.number(total)}" if total else ""
        said = f"{self._fmt.number(read)}{of} read …"
        self._page.busy.start(said)
        if self.snapshot is None:
            self._page.show_empty("Reading the job …", said)

    async def _accept(self, snapshot: JobSnapshot, *, keep_order: bool = True, is_old: bool = False) -> None:
        same_job = self.snapshot is not None and self.snapshot.job.id == snapshot.job.id
        ready = await self._table.prepare(snapshot, self.entries, same_job=same_job, keep_order=keep_order)
        self.snapshot = snapshot
        self._set_old(is_old=is_old)
        self._page.show_review()
        before = self._table.show(ready, same_job=same_job)
        if not same_job:
            self._page.choose_first()
        self._show_detail(self._page.table.current_id())
        self._show_head()
        try:
            # The gate counts all items: that is work enough for a turn of its own.
            await asyncio.sleep(0)
        finally:
            if self.snapshot is snapshot:
                self.snapshot_changed.emit(snapshot)
                self.review_changed.emit(snapshot, self._accounting)
                self._jump_to_wanted()
        await self._table.release(before)

    async def _accept_accounting(self, data: AccountingData) -> None:
        """Pleo gives nothing for a finished job, so what was read while it ran is kept."""
        assert self.snapshot is not None
        if data.problem and self._accounting and self._accounting.entries:
            data = replace(self._accounting, problem=data.problem)
        ready = await self._table.prepare(self.snapshot, data.entries, same_job=True, keep_order=True)
        self._accounting = data
        before = self._table.show(ready, same_job=True)
        self._show_accounting_notice(data)
        self.review_changed.emit(self.snapshot, data)
        try:
            # What the detail says is parsed anew: a turn of its own.
            await asyncio.sleep(0)
        finally:
            if self._accounting is data:
                self._show_detail(self._page.table.current_id())
        await self._table.release(before)

    @property
    def accounting(self) -> AccountingData:
        """What is behind the items on screen, as far as it was read."""
        return self._accounting or AccountingData()

    @property
    def entries(self) -> Mapping[EntryId, ExportItem]:
        return self.accounting.entries

    def _show_accounting_notice(self, data: AccountingData) -> None:
        notice = self._page.accounting_notice
        if data.problem is None:
            notice.clear()
            return
        title = why_without_accounting_data(data.problem)
        if data.entries:
            has_ended = self.snapshot is not None and self.snapshot.job.is_finished
            title = "The job has ended. Amounts and suppliers" if has_ended else f"{title} They"
            title += " are shown as read before."
        notice.show_message(MessageKind.INFO, title, data.problem.details, advice="")

    def _show_head(self) -> None:
        if self.snapshot is None:
            return
        job = self.snapshot.job
        title = f"{self._company_name(job.company_id)} · {self._fmt.moment(job.created_at)}"
        self._page.show_head(title, self._subtitle(job), self._time_left(job))

    def _subtitle(self, job: ExportJob) -> str:
        assert self.snapshot is not None
        parts = [job_word(job.status).capitalize()]
        if job.is_finished:
            parts.append("read-only")
        parts.append(f"{'old: ' if self.is_old else ''}read {self._read_at()}")
        return " · ".join(parts)

    def _read_at(self) -> str:
        return self._fmt.stamp(self.snapshot.read_at, self._clock.now()) if self.snapshot else ""

    def _set_old(self, *, is_old: bool) -> None:
        was_old, self.is_old = self.is_old, is_old
        if was_old != is_old:
            self.age_changed.emit()

    def _time_left(self, job: ExportJob) -> str:
        return self._fmt.time_left(job.deadline, self._clock.now()) if job.deadline else ""

    def _show_trouble(self, problem: SignoffError) -> None:
        if self.snapshot is None:
            self._page.show_review()
            self._page.show_head("The job could not be read", "", "")
            self._table.clear()
            show_problem(self._page.messages, problem, "The job could not be read")
            return
        self._set_old(is_old=True)
        self._show_head()
        old = f"Old: this is the job as read at {self._read_at()}"
        show_problem(self._page.messages, problem, old, kind=MessageKind.WARNING, closable=False)

    def _show_detail(self, key: object) -> None:
        row = self._page.model.record(key) if key is not None else None
        if row is None:
            self._page.show_detail("No item chosen", ())
            return
        self._page.show_detail(_headline(row, self._fmt), detail_facts(row, self._fmt), links_of(row))

    def _open_link(self, key: str) -> None:
        row = self._page.model.record(self._page.table.current_id())
        if row is None:
            return
        read_at = self._accounting.read_at if self._accounting else None
        if key.startswith(RECEIPT) and read_at and must_be_fetched_again(read_at, self._clock.now()):
            self._tasks.replace("receipt", self._open_fresh_receipt(row, int(key.removeprefix(RECEIPT))))
        else:
            self._open_address(link_target(row, key))

    async def _open_fresh_receipt(self, row: ItemRow, place: int) -> None:
        """A receipt's address lives for 24 hours from the fetch."""
        assert self._job_id is not None
        self._page.busy.start("Fetching the receipt again …")
        try:
            address = await self._service.fetch_receipt_url(self._job_id, row.item.accounting_entry_id, place)
        except PleoProblem as problem:
            show_problem(self._page.messages, problem, why_not_again(problem))
        except SignoffError as problem:
            show_problem(self._page.messages, problem, "The receipt cannot be opened any more")
        else:
            self._open_address(address)
        finally:
            self._page.busy.stop()

    def _open_address(self, target: str | None) -> None:
        url = QUrl(target or "", QUrl.ParsingMode.StrictMode)
        if not url.isValid() or url.scheme() not in ("http", "https"):
            self._page.messages.show_message(
                MessageKind.WARNING,
                "This link is not opened, because it is no web address.",
                target or "",
                advice="Only http and https links are opened.",
            )
            return
        QDesktopServices.openUrl(url)


def _is_passing(problem: PleoProblem) -> bool:
    """Whether a later read may well get an answer."""
    return not isinstance(problem, Refused) or isinstance(problem, TooManyRequests | ServerTrouble)


def _headline(row: ItemRow, fmt: TextFormat) -> str:
    parts = (row.supplier, fmt.money(row.money) if row.money else "", row.status_sentence)
    return " · ".join(part for part in parts if part)
