"""The rows of the job in the table: made in slices, put in at one stroke, found by the search."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from app.completion.tally import tally
from app.models.draft import NO_DRAFTS, Drafts
from app.models.export_item import ExportItem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId
from app.outcomes.reports import NO_REPORTS, Reports
from app.platform.gc_tuning import many_arrive
from app.review.search import SearchIndex
from app.slices import Slices
from ui.common.status_text import counts_by_look
from ui.common.tasks import Tasks, in_slices
from ui.items.columns import search_columns
from ui.items.page import ItemsPage
from ui.items.view_model import ItemKey, ItemRow, marked_slices, order_slices, release_slices, row_slices
from ui.tables.prepared import PreparedRows
from ui.theme.status import StatusLook

# Rows: under a millisecond.
_SEARCHED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ReadyItems:
    """All that is needed to show a snapshot's items in a moment. `index` finds these rows, which show `drafts` and
    `reports`."""

    rows: PreparedRows[ItemRow]
    counts: Mapping[StatusLook, int]
    index: SearchIndex
    drafts: Drafts
    reports: Reports


class ItemTable:
    def __init__(self, page: ItemsPage, tasks: Tasks) -> None:
        self._page = page
        self._tasks = tasks
        self._columns = search_columns(page.model.columns)
        self._index = SearchIndex(self._columns)
        self._drafts: Drafts = NO_DRAFTS
        self._reports: Reports = NO_REPORTS
        page.filter_changed.connect(self.apply_filter)

    async def prepare(
        self, snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem], *, same_job: bool, keep_order: bool
    ) -> ReadyItems:
        """`keep_order` leaves every row where it stands now; else what needs the accountant comes first."""
        with many_arrive(len(snapshot.items), leave_garbage=False):
            return await in_slices(self._ready_slices(snapshot, entries, same_job=same_job, keep_order=keep_order))

    def _ready_slices(
        self, snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem], *, same_job: bool, keep_order: bool
    ) -> Slices[ReadyItems]:
        model = self._page.model
        drafts, reports = self._drafts, self._reports
        rows = yield from row_slices(snapshot.items, entries, drafts, reports)
        if same_job and keep_order:
            rows = yield from order_slices(rows, cast(Mapping[ItemKey, int], model.places()))
        counts = counts_by_look(tally(snapshot.items))
        yield
        prepared = yield from model.preparation(rows, is_update=same_job)
        index = yield from self._index_of(prepared, same_job=same_job)
        return ReadyItems(prepared, counts, index, drafts, reports)

    def _index_of(self, prepared: PreparedRows[ItemRow], *, same_job: bool) -> Slices[SearchIndex]:
        """Built where somebody is searching, so that what is found stays in sight; else when it is asked for."""
        if prepared.changed is not None and not prepared.changed:
            return self._index
        index = SearchIndex(self._columns)
        if same_job and self._page.filter().query.strip():
            for _ in index.build(prepared.rows, _SEARCHED_AT_ONCE):
                yield
        return index

    def take_drafts(self, drafts: Drafts) -> None:
        """For the rows of later reads; `show_marks` puts them into those that are there."""
        self._drafts = drafts
        self._page.show_draft_count(len(drafts))

    def take_reports(self, reports: Reports) -> None:
        """As `take_drafts`."""
        self._reports = reports

    async def show_marks(self) -> None:
        """Drafts and reports, in the rows that are there, each of which stays where it is."""
        model = self._page.model
        is_shown = False
        while not is_shown:
            # A read that was under way may have put other rows there meanwhile, and other drafts may have come.
            before, drafts, reports = model.rows(), self._drafts, self._reports
            with many_arrive(len(before), leave_garbage=False):
                rows = await in_slices(marked_slices(cast(list[ItemRow], before), drafts, reports))
                prepared = await in_slices(model.preparation(rows, is_update=True))
                index = await in_slices(self._index_of(prepared, same_job=True))
            is_shown = model.rows() is before and drafts is self._drafts and reports is self._reports
        self._tasks.cancel("index")
        self._index = index
        model.show_prepared(prepared, mark=False)
        self.apply_filter()
        self.make_ready()
        await self.release(cast(list[ItemRow], before))

    def show(self, ready: ReadyItems, *, same_job: bool) -> list[ItemRow]:
        """Answers the rows that were there before, which are best released in slices."""
        before = self._page.model.rows()
        self._tasks.cancel("index")
        self._index = ready.index
        self._page.show_prepared(ready.rows, ready.counts, same_job=same_job)
        self.apply_filter()
        if ready.drafts is not self._drafts or ready.reports is not self._reports:
            self._tasks.replace("drafts", self.show_marks())
        return cast(list[ItemRow], before)

    def clear(self) -> None:
        self._tasks.cancel("index")
        self._index = SearchIndex(self._columns)
        self._page.show_rows([], same_job=False)

    async def release(self, rows: list[ItemRow]) -> None:
        await in_slices(release_slices(rows))

    def make_ready(self) -> None:
        """For the first letter in the search and the first click on a header, so that they need not wait."""
        if not self._tasks.is_running("index"):
            self._tasks.replace("index", self._make_ready())

    async def _make_ready(self) -> None:
        model = self._page.model
        if not self._index.is_ready:
            await in_slices(self._index.build(model.rows(), _SEARCHED_AT_ONCE))
            if self._page.filter().query.strip():
                self.apply_filter()
        await in_slices(model.sort_slices())

    def apply_filter(self) -> None:
        """A search that is not ready yet is applied as soon as it is."""
        wanted = self._page.filter()
        if wanted.query.strip() and not self._index.is_ready:
            self.make_ready()
        found = self._index.positions(wanted.query) if self._index.is_ready else None
        self._page.show_positions(wanted.positions(self._page.model.rows(), found))
