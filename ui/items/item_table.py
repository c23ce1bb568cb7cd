"""The rows of the job in the table: made in slices, put in at one stroke, found by the search."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from app.collector import many_arrive
from app.completion.tally import tally
from app.models.export_item import ExportItem
from app.models.snapshot import JobSnapshot
from app.models.words import EntryId
from app.review.search import SearchIndex
from ui.items.columns import search_columns
from ui.items.page import ItemsPage
from ui.items.view_model import ItemKey, ItemRow, order_steps, release_steps, row_steps
from ui.status_words import counts_by_look
from ui.steps import Steps
from ui.tables.prepared import PreparedRows
from ui.tasks import Tasks, in_slices
from ui.theme.status import StatusLook

# Rows: under a millisecond.
_SEARCHED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ReadyItems:
    """All that is needed to show a snapshot's items in a moment. `index` finds these rows."""

    rows: PreparedRows[ItemRow]
    counts: Mapping[StatusLook, int]
    index: SearchIndex


class ItemTable:
    def __init__(self, page: ItemsPage, tasks: Tasks) -> None:
        self._page = page
        self._tasks = tasks
        self._columns = search_columns(page.model.columns)
        self._index = SearchIndex(self._columns)
        page.filter_changed.connect(self.apply_filter)

    async def prepare(
        self, snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem], *, same_job: bool, keep_order: bool
    ) -> ReadyItems:
        """`keep_order` leaves every row where it stands now; else what needs the accountant comes first."""
        with many_arrive(leave_garbage=False) as arrivals:
            arrivals.count = len(snapshot.items)
            return await in_slices(self._steps(snapshot, entries, same_job=same_job, keep_order=keep_order))

    def _steps(
        self, snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem], *, same_job: bool, keep_order: bool
    ) -> Steps[ReadyItems]:
        model = self._page.model
        rows = yield from row_steps(snapshot.items, entries)
        if same_job and keep_order:
            rows = yield from order_steps(rows, cast(Mapping[ItemKey, int], model.places()))
        counts = counts_by_look(tally(snapshot.items))
        yield
        prepared = yield from model.preparation(rows, is_update=same_job)
        shows_the_same = prepared.changed is not None and not prepared.changed
        index = self._index if shows_the_same else SearchIndex(self._columns)
        if same_job and self._page.filter().query.strip():
            for _ in index.build(rows, _SEARCHED_AT_ONCE):
                yield
        return ReadyItems(prepared, counts, index)

    def show(self, ready: ReadyItems, *, same_job: bool) -> list[ItemRow]:
        """Answers the rows that were there before, which are best released in slices."""
        before = self._page.model.rows()
        self._tasks.cancel("index")
        self._index = ready.index
        self._page.show_prepared(ready.rows, ready.counts, same_job=same_job)
        self.apply_filter()
        return cast(list[ItemRow], before)

    def clear(self) -> None:
        self._tasks.cancel("index")
        self._index = SearchIndex(self._columns)
        self._page.show_rows([], same_job=False)

    async def release(self, rows: list[ItemRow]) -> None:
        await in_slices(release_steps(rows))

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
        await in_slices(model.sort_steps())

    def apply_filter(self) -> None:
        """A search that is not ready yet is applied as soon as it is."""
        wanted = self._page.filter()
        if wanted.query.strip() and not self._index.is_ready:
            self.make_ready()
        found = self._index.positions(wanted.query) if self._index.is_ready else None
        self._page.show_positions(wanted.positions(self._page.model.rows(), found))
