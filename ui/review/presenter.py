"""Computes causes and totals of what is on screen, a slice at a time, and what the history knows of them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.models.cause import CauseKey, Sighting
from app.models.snapshot import AccountingData, JobSnapshot
from app.ports import History
from app.review.causes import Cause, CauseSearch
from app.review.control_totals import TotalsSearch
from ui.common.tasks import Tasks, in_slices
from ui.common.text_format import TextFormat
from ui.review.panel import ReviewPanel
from ui.review.view_model import cause_card, proof, total_lines


class ReviewPresenter(QObject):
    def __init__(self, panel: ReviewPanel, history: History, fmt: TextFormat) -> None:
        super().__init__(panel)
        self._panel = panel
        self._history = history
        self._fmt = fmt
        self._tasks = Tasks(self)

    def show(self, snapshot: JobSnapshot | None, accounting: AccountingData | None) -> None:
        """`accounting` is None until it was read."""
        if snapshot is None:
            self._tasks.cancel("review")
            self._panel.show_nothing()
            return
        self._tasks.replace("review", self._review(snapshot, accounting))

    async def aclose(self) -> None:
        await self._tasks.aclose()

    async def _review(self, snapshot: JobSnapshot, accounting: AccountingData | None) -> None:
        entries = accounting.entries if accounting else {}
        totals = TotalsSearch(snapshot, entries)
        await in_slices(iter(totals))
        assert totals.found
        self._panel.show_totals(total_lines(totals.found, self._fmt), proof(totals.found), adds_up=totals.found.adds_up)
        search = CauseSearch(snapshot.items, entries)
        await in_slices(iter(search))
        self._show(search.found, {})
        if accounting is not None:
            await self._history.remember(snapshot, accounting, {cause.key: cause.count for cause in search.found})
        sightings = await self._history.sightings([cause.key for cause in search.found], but_for=snapshot.job.id)
        self._show(search.found, sightings)

    def _show(self, causes: tuple[Cause, ...], sightings: Mapping[CauseKey, Sighting]) -> None:
        self._panel.show_causes([cause_card(cause, sightings.get(cause.key), self._fmt) for cause in causes])
