"""Searches what the histories of all companies keep: read and looked through beside the window's thread."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.messages import joined, ntr, tr
from app.models.snapshot import Remembered, RememberedJob
from app.models.vocabulary import CompanyId, JobId
from app.ports import History
from app.review.search import SearchColumn, SearchIndex
from app.settings.connections import ConnectionId
from ui.all_jobs.columns import found_columns
from ui.all_jobs.dialog import AllJobsDialog
from ui.all_jobs.view_model import FoundItem, ReadJob, SearchedRow
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat

# A letter is followed by the next within it.
_REST_MS = 150
MOST_FOUND = 1_000
# Of the jobs that are kept ready while the window is open, in items.
_MOST_READY = 50_000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class SearchedPlace:
    """One company's history."""

    connection_id: ConnectionId
    company_name: Callable[[CompanyId], str]
    history: History


class AllJobsPresenter(QObject):
    """`rows_of` makes of a job its items as they are shown, `columns` are what is searched of them."""

    item_chosen = Signal(object)  # FoundItem

    def __init__(
        self,
        window: QWidget,
        places: Callable[[], Sequence[SearchedPlace]],
        rows_of: Callable[[Remembered], Sequence[SearchedRow]],
        columns: Sequence[SearchColumn],
        fmt: TextFormat,
        decimal_sign: str,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._places = places
        self._rows_of = rows_of
        self._columns = columns
        self._fmt = fmt
        self._decimal_sign = decimal_sign
        self._tasks = Tasks(self)
        self._ready: dict[tuple[ConnectionId, JobId, datetime], ReadJob] = {}
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._begin)
        self.dialog: AllJobsDialog | None = None

    def open(self) -> None:
        if self.dialog:
            self.dialog.query.setFocus()
            self.dialog.query.selectAll()
            self.dialog.activateWindow()
            return
        dialog = self.dialog = AllJobsDialog(found_columns(self._fmt), self._window)
        dialog.query_changed.connect(lambda _query: self._rest.start())
        dialog.item_chosen.connect(self._take)
        dialog.finished.connect(lambda _result: self._let_go())
        self._show_beginning(dialog)
        dialog.show()
        dialog.activateWindow()

    async def aclose(self) -> None:
        if self.dialog:
            self.dialog.reject()
        await self._tasks.aclose()

    def _take(self, found: FoundItem) -> None:
        if self.dialog:
            self.dialog.accept()
        self.item_chosen.emit(found)

    def _let_go(self) -> None:
        self._rest.stop()
        self._tasks.cancel("search")
        self._ready.clear()
        dialog, self.dialog = self.dialog, None
        if dialog:
            dialog.deleteLater()

    def _begin(self) -> None:
        if self.dialog:
            self._tasks.replace("search", self._search(self.dialog, self.dialog.query.text()))

    async def _search(self, dialog: AllJobsDialog, query: str) -> None:
        asked = SearchIndex(self._columns, self._decimal_sign)
        complaints = asked.complaints(query)
        dialog.show_found((), is_more=False)
        if complaints:
            dialog.show_words(joined(" ", complaints), empty=tr("No item matches"))
            return
        if not asked.terms(query):
            self._show_beginning(dialog)
            return
        jobs = await self._jobs()
        found: list[FoundItem] = []
        for number, (place, job) in enumerate(jobs, 1):
            read = await self._read(place, job)
            rows = await asyncio.to_thread(read.found, query) if read else []
            company = place.company_name(job.job.company_id)
            if read and rows:
                first = len(found)
                found += [
                    FoundItem(first + place_in_job, place.connection_id, company, read.job, row)
                    for place_in_job, row in enumerate(rows[: MOST_FOUND - first])
                ]
                dialog.show_found(found, is_more=first > 0)
            dialog.show_words(
                tr("{searched:,} of {total:,} jobs searched …", searched=number, total=len(jobs)),
                empty=tr("Searching …"),
            )
            if len(found) >= MOST_FOUND:
                break
        self._show_end(dialog, len(found), len(jobs))

    async def _jobs(self) -> list[tuple[SearchedPlace, RememberedJob]]:
        """The newest first."""
        jobs = [(place, job) for place in self._places() for job in await place.history.remembered_jobs()]
        return sorted(jobs, key=lambda each: each[1].job.created_at or _LONG_AGO, reverse=True)

    async def _read(self, place: SearchedPlace, job: RememberedJob) -> ReadJob | None:
        """None where the history has let go of it meanwhile."""
        key = (place.connection_id, job.job.id, job.read_at)
        if key in self._ready:
            return self._ready[key]
        remembered = await place.history.last_snapshot(job.job.id)
        if remembered is None:
            return None
        read = await asyncio.to_thread(partial(ReadJob, remembered, self._rows_of, self._columns, self._decimal_sign))
        if sum(len(each.rows) for each in self._ready.values()) + len(read.rows) <= _MOST_READY:
            self._ready[key] = read
        return read

    def _show_beginning(self, dialog: AllJobsDialog) -> None:
        dialog.show_words(
            "",
            empty=tr("All companies and past jobs"),
            hint=tr("Searches what was read on this computer, also of jobs that have ended."),
        )

    def _show_end(self, dialog: AllJobsDialog, found: int, jobs: int) -> None:
        searched = ntr("{n:,} job searched.", "{n:,} jobs searched.", jobs)
        if found >= MOST_FOUND:
            words = tr("The first {n:,} items are shown: write more to find fewer.", n=found)
        else:
            words = joined(" ", (ntr("{n:,} item found.", "{n:,} items found.", found), searched))
        hint = tr("Only jobs that were read on this computer are searched.")
        dialog.show_words(words, empty=tr("No item matches"), hint=hint)
