"""Finds out what the preview says beside the event, a slice at a time, while the preview is open."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from app.errors import JournalProblem
from app.models.snapshot import AccountingData
from app.models.vocabulary import Event, JobId
from app.outcomes.set_by import SetBy
from app.review.control_totals import ControlTotals, TotalsSearch
from app.slices import run_to_end
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import TextFormat
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.summary import age_line, as_shown, deadline_line, set_by_line, sum_lines

# Up to so many items the sums are there when the preview appears.
_ITEMS_AT_ONCE = 2_000
_TICK_MS = 15_000


class SummaryPresenter(QObject):
    def __init__(
        self,
        parent: QObject,
        set_by: Callable[[JobId], Awaitable[tuple[SetBy, ...]]],
        now: Callable[[], datetime],
        fmt: TextFormat,
    ) -> None:
        super().__init__(parent)
        self._find_set_by = set_by
        self._now = now
        self._fmt = fmt
        self._tasks = Tasks(self)
        self._accounting: AccountingData | None = None
        self._dialog: PreviewDialog | None = None
        self._totals: ControlTotals | None = None
        self._has_totals = False
        self._set_by: tuple[SetBy, ...] = ()
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._show)

    def take_accounting(self, accounting: AccountingData | None) -> None:
        self._accounting = accounting

    def show(self, dialog: PreviewDialog) -> None:
        """From now on, until `forget`; what takes its time comes later."""
        self._dialog = dialog
        self._totals, self._has_totals, self._set_by = None, False, ()
        if dialog.preview.event.event != Event.STARTED:
            self._begin(dialog)
        self._show()
        self._ticks.start()

    def forget(self) -> None:
        self._dialog = None
        self._ticks.stop()
        self._tasks.cancel("totals")
        self._tasks.cancel("set by")

    async def aclose(self) -> None:
        self.forget()
        await self._tasks.aclose()

    def _begin(self, dialog: PreviewDialog) -> None:
        entries = self._accounting.entries if self._accounting else {}
        search = TotalsSearch(dialog.preview.snapshot, entries)
        if not entries:
            self._has_totals = True
        elif len(dialog.preview.snapshot.items) <= _ITEMS_AT_ONCE:
            run_to_end(iter(search))
            self._totals, self._has_totals = search.found, True
        else:
            self._tasks.replace("totals", self._add_up(search))
        self._tasks.replace("set by", self._ask_set_by(dialog.preview.event.job_id))

    async def _add_up(self, search: TotalsSearch) -> None:
        await in_slices(iter(search))
        self._totals, self._has_totals = search.found, True
        self._show()

    async def _ask_set_by(self, job_id: JobId) -> None:
        try:
            self._set_by = await self._find_set_by(job_id)
        except JournalProblem:
            return  # what is the matter with the journal is said where it keeps the event from being sent
        self._show()

    def _show(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        snapshot, now = dialog.preview.snapshot, self._now()
        sums = sum_lines(self._totals, self._fmt) if self._has_totals else ()
        times = (age_line(snapshot.read_at, now, self._fmt), deadline_line(snapshot.job.deadline, now, self._fmt))
        dialog.show_summary(tuple(as_shown((*sums, set_by_line(self._set_by), *times))))
