"""Who set the outcomes of the job on screen, as the journal tells it."""

import asyncio
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.errors import JournalProblem
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import JobId
from app.outcomes.reports import NO_REPORTS, Reports
from ui.common.tasks import Tasks


class KeepsReports(Protocol):
    """app.outcomes.service in this room's eyes."""

    async def reports_of(self, job_id: JobId) -> Reports:
        """Raises JournalProblem."""


class JobReports(QObject):
    changed = Signal(object)  # Reports of the job on screen

    def __init__(self, service: KeepsReports, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = Tasks(self)
        self._seen: object = None
        self._reports: Reports = NO_REPORTS

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        """Looks once for each state of the job: nothing of Pleo's changes by what was not reported."""
        seen = (snapshot.job.id, snapshot.job.status, snapshot.job.last_updated_at) if snapshot else None
        if snapshot is None:
            self._tasks.cancel("look")
            self._take(NO_REPORTS)
        elif seen != self._seen:
            self._tasks.replace("look", self._look(snapshot.job.id))
        self._seen = seen

    def look_again(self, job_id: JobId) -> None:
        """After outcomes of the job on screen were sent."""
        self._tasks.replace("look", self._look(job_id))

    async def aclose(self) -> None:
        await self._tasks.aclose()

    async def _look(self, job_id: JobId) -> None:
        try:
            reports = await self._service.reports_of(job_id)
        except JournalProblem:
            return  # what is wrong with the journal is said where something is sent
        # A hundred thousand of them take long enough to be noticed.
        if await asyncio.to_thread(reports.__ne__, self._reports):
            self._take(reports)

    def _take(self, reports: Reports) -> None:
        if reports is not self._reports:
            self._reports = reports
            self.changed.emit(reports)
