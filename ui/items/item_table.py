"""The rows of the job in the table: made in slices, put in at one stroke, found by the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from app.completion.tally import tally
from app.messages import said
from app.models.draft import NO_DRAFTS, Drafts
from app.models.export_item import ExportItem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId
from app.outcomes.reports import NO_REPORTS, Reports
from app.platform.gc_tuning import many_arrive
from app.review.search import SearchIndex
from app.slices import Slices
from ui.common.locale_format import users_locale
from ui.common.status_text import counts_by_look
from ui.common.tasks import Tasks, in_slices
from ui.items.columns import empty_values, search_columns
from ui.items.page import ItemsPage
from ui.items.view_model import (
    ItemKey,
    ItemRow,
    blocking_first_slices,
    empty_slices,
    marked_slices,
    order_slices,
    release_slices,
    row_slices,
)
from ui.tables.columns_shown import Unsorted
from ui.tables.prepared import PreparedRows
from ui.theme.status import StatusLook

# Rows: under a millisecond.
_SEARCHED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ReadyItems:
    """All that is needed to show a snapshot's items in a moment. `index` finds these rows, which show `drafts` and
    `reports`; `empty` are the keys of columns in which there is nothing."""

    rows: PreparedRows[ItemRow]
    counts: Mapping[StatusLook, int]
    index: SearchIndex
    drafts: Drafts
    reports: Reports
    empty: frozenset[str]
    are_amounts_known: bool
    read_at: datetime


class ItemTable:
    def __init__(self, page: ItemsPage, tasks: Tasks) -> None:
        self._page = page
        self._tasks = tasks
        self._columns = search_columns(page.model.columns)
        self._index = self._new_index()
        self._drafts: Drafts = NO_DRAFTS
        self._reports: Reports = NO_REPORTS
        self._are_amounts_known = False
        self._came_at: datetime | None = None  # the job, whose rows have not been read again since
        page.table.columns_shown.unsorted = Unsorted(said("What blocks first"), self.show_blocking_first)
        page.filter_changed.connect(self.apply_filter)

    async def prepare(
        self, snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem] | None, *, same_job: bool, keep_order: bool
    ) -> ReadyItems:
        """`keep_order` leaves every row where it stands now; else what blocks comes first. `entries` are None until
        they were read."""
        with many_arrive(len(snapshot.items), leave_garbage=False):
            return await in_slices(self._ready_slices(snapshot, entries, same_job=same_job, keep_order=keep_order))

    def _ready_slices(
        self, snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem] | None, *, same_job: bool, keep_order: bool
    ) -> Slices[ReadyItems]:
        model = self._page.model
        drafts, reports = self._drafts, self._reports
        rows = yield from row_slices(snapshot.items, entries or {}, drafts, reports)
        if same_job and keep_order:
            rows = yield from order_slices(rows, cast(Mapping[ItemKey, int], model.places()))
        counts = counts_by_look(tally(snapshot.items))
        yield
        prepared = yield from model.preparation(rows, is_update=same_job)
        index = yield from self._index_of(prepared, same_job=same_job)
        empty = yield from self._empty_of(rows, are_amounts_known=entries is not None)
        return ReadyItems(prepared, counts, index, drafts, reports, empty, entries is not None, snapshot.read_at)

    def _empty_of(self, rows: Sequence[ItemRow], *, are_amounts_known: bool) -> Slices[frozenset[str]]:
        return empty_slices(rows, empty_values(self._page.model.columns, are_amounts_known=are_amounts_known))

    def _index_of(self, prepared: PreparedRows[ItemRow], *, same_job: bool) -> Slices[SearchIndex]:
        """Built where somebody is searching, so that what is found stays in sight; else when it is asked for."""
        if prepared.changed is not None and not prepared.changed:
            return self._index
        index = self._new_index()
        if same_job and self._page.filter().query.strip():
            for _ in index.build(prepared.rows, _SEARCHED_AT_ONCE):
                yield
        return index

    def _new_index(self) -> SearchIndex:
        return SearchIndex(self._columns, users_locale().decimalPoint())

    def take_drafts(self, drafts: Drafts) -> None:
        """For the rows of later reads; `show_marks` puts them into those that are there."""
        self._drafts = drafts
        self._page.show_draft_count(len(drafts))

    def take_reports(self, reports: Reports) -> None:
        """As `take_drafts`."""
        self._reports = reports

    async def show_marks(self) -> None:
        """Drafts and reports, in the rows that are there, each of which stays where it is. Only what was drafted before
        a job came on screen takes its place in the order, while nobody has gone anywhere in it yet."""
        model = self._page.model
        is_shown = False
        while not is_shown:
            # A read that was under way may have put other rows there meanwhile, and other drafts may have come.
            before, drafts, reports = model.rows(), self._drafts, self._reports
            with many_arrive(len(before), leave_garbage=False):
                rows = await in_slices(marked_slices(cast(list[ItemRow], before), drafts, reports))
                moves = self._are_from_before(drafts) and self._page.table.currentIndex().row() <= 0
                if moves:
                    rows = await in_slices(blocking_first_slices(rows))
                prepared = await in_slices(model.preparation(rows, is_update=True))
                index = await in_slices(self._index_of(prepared, same_job=True))
                empty = await in_slices(self._empty_of(rows, are_amounts_known=self._are_amounts_known))
            is_shown = model.rows() is before and drafts is self._drafts and reports is self._reports
        self._tasks.cancel("index")
        self._index = index
        model.show_prepared(prepared, mark=False)
        self._page.table.columns_shown.hide_empty(empty)
        self.apply_filter()
        if moves:
            self._page.choose_first()
        self.make_ready()
        await self.release(cast(list[ItemRow], before))

    def _are_from_before(self, drafts: Drafts) -> bool:
        came_at = self._came_at
        return came_at is not None and all(draft.drafted_at <= came_at for draft in drafts.values())

    def show_blocking_first(self) -> None:
        """In place of the user's own sort, and of the places that rows have kept while they changed."""
        self._page.model.sort_by([])
        self._tasks.replace("order", self._show_blocking_first())

    async def _show_blocking_first(self) -> None:
        model = self._page.model
        is_shown = False
        while not is_shown:
            before = model.rows()
            with many_arrive(len(before), leave_garbage=False):
                rows = await in_slices(blocking_first_slices(cast(list[ItemRow], before)))
                prepared = await in_slices(model.preparation(rows, is_update=True))
                index = await in_slices(self._index_of(prepared, same_job=True))
            is_shown = model.rows() is before
        self._tasks.cancel("index")
        self._index = index
        model.show_prepared(prepared, mark=False)
        self.apply_filter()
        self.make_ready()

    def show(self, ready: ReadyItems, *, same_job: bool) -> list[ItemRow]:
        """Answers the rows that were there before, which are best released in slices."""
        before = self._page.model.rows()
        self._tasks.cancel("index")
        self._index = ready.index
        self._page.show_prepared(ready.rows, ready.counts, same_job=same_job)
        self._page.table.columns_shown.hide_empty(ready.empty)
        self._came_at = None if same_job else ready.read_at
        self._are_amounts_known = ready.are_amounts_known
        self.apply_filter()
        if ready.drafts is not self._drafts or ready.reports is not self._reports:
            self._tasks.replace("drafts", self.show_marks())
        return cast(list[ItemRow], before)

    def clear(self) -> None:
        self._tasks.cancel("index")
        self._index = self._new_index()
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
        await in_slices(model.sort_slices(self._page.table.columns_shown.visible()))

    def apply_filter(self) -> None:
        """A search that is not ready yet is applied as soon as it is."""
        wanted = self._page.filter()
        if wanted.query.strip() and not self._index.is_ready:
            self.make_ready()
        self._page.show_search_problem(self._index.complaints(wanted.query))
        found = self._index.positions(wanted.query) if self._index.is_ready else None
        self._page.show_positions(wanted.positions(self._page.model.rows(), found))
