"""Between the jobs service and the list of jobs."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.clock import Clock
from app.completion.tally import Tally
from app.errors import SignoffError
from app.jobs.job_list import JobList, JobScope
from app.jobs.service import JobsService
from app.models.export_job import ExportJob
from app.models.words import CompanyId, JobId
from ui.error_display import show_problem
from ui.jobs.page import JobsPage
from ui.jobs.view_model import job_row
from ui.tasks import Tasks
from ui.text_format import TextFormat

_COUNTED_AT_ONCE = 4
# A long history is not counted to its end: that would use up Pleo's requests a minute for rows nobody looks at.
_COUNTED_JOBS = 40
_TICK_MS = 15_000


class JobsPresenter(QObject):
    """The list as last read stays on screen, marked as old, when a later read fails."""

    job_chosen = Signal(object)  # JobId
    listed = Signal(object)  # JobList

    def __init__(
        self,
        page: JobsPage,
        service: JobsService,
        company_name: Callable[[CompanyId], str],
        clock: Clock,
        words: TextFormat,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._service = service
        self._company_name = company_name
        self._clock = clock
        self._words = words
        self._tasks = Tasks(self)
        self._scope = JobScope.NEEDS_ATTENTION
        self._list: JobList | None = None
        self._counts: dict[JobId, Tally] = {}
        self._chosen: JobId | None = None
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._show)
        self._ticks.start(_TICK_MS)
        page.job_chosen.connect(self._choose)
        page.scope_chosen.connect(self.show_scope)
        page.messages.action_requested.connect(lambda _key: self.refresh())

    def refresh(self) -> None:
        self._tasks.replace("list", self._read())

    def show_scope(self, scope: JobScope) -> None:
        self._scope = scope
        self.refresh()

    def job_was_read(self, job: ExportJob, counts: Tally) -> None:
        """A job that was read whole elsewhere needs no counting here, and may have moved."""
        self._counts[job.id] = counts
        if self._list:
            jobs = tuple(job if listed.id == job.id else listed for listed in self._list.jobs)
            self._list = JobList(self._list.scope, jobs, self._list.read_at)
        self._show()

    def close(self) -> None:
        self._ticks.stop()
        self._tasks.cancel_all()

    async def finished(self) -> None:
        await self._tasks.finished()

    async def _read(self) -> None:
        self._page.busy.start()
        try:
            found = await self._service.list_jobs(self._scope)
        except SignoffError as problem:
            show_problem(self._page.messages, problem, "The jobs could not be read")
            self._show_stamp(is_old=True)
            return
        finally:
            self._page.busy.stop()
        self._page.messages.clear()
        self._list = found
        self._show()
        self._show_stamp(is_old=False)
        self.listed.emit(found)
        await self._count(found.jobs)

    async def _count(self, jobs: tuple[ExportJob, ...]) -> None:
        """A few at a time, in the list's order. A job that cannot be counted is listed without counts."""
        turn = asyncio.Semaphore(_COUNTED_AT_ONCE)

        async def count(job: ExportJob) -> None:
            async with turn:
                try:
                    counts = await self._service.count_items(job)
                except SignoffError:
                    return
            if counts:
                self._counts[job.id] = counts
                self._show()

        await asyncio.gather(*(count(job) for job in jobs[:_COUNTED_JOBS]))

    def _show(self) -> None:
        if self._list is None:
            return
        now = self._clock.now()
        rows = [
            job_row(job, self._company_name(job.company_id), self._counts.get(job.id), now, self._words)
            for job in self._list.jobs
        ]
        self._page.show_rows(rows, self._list.scope, self._chosen)

    def _show_stamp(self, *, is_old: bool) -> None:
        if self._list is None:
            self._page.show_stamp("Not read yet")
            return
        read = self._words.time(self._list.read_at)
        self._page.show_stamp(f"Old: read {read}" if is_old else f"Read {read}")

    def _choose(self, job_id: JobId) -> None:
        self._chosen = job_id
        self.job_chosen.emit(job_id)
