"""Whether the job on screen asks for four eyes, by its connection or by what was reported of it before."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.errors import JournalProblem
from app.models.vocabulary import JobId
from ui.common.tasks import Tasks


class AsksForFourEyes(Protocol):
    """app.completion.service in this room's eyes."""

    @property
    def four_eyes(self) -> bool:
        """Whether the connection asks for them, whatever the job."""

    async def asks_for_four_eyes(self, job_id: JobId) -> bool:
        """Raises JournalProblem."""


class JobFourEyes(QObject):
    """As long as nobody knows, and where the journal cannot be read, they are asked for: a user name that is proposed
    then would pass for a second person."""

    changed = Signal()

    def __init__(self, service: AsksForFourEyes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = Tasks(self)
        self._job_id: JobId | None = None
        self.are_asked_for = True

    def show_job(self, job_id: JobId) -> None:
        """Looks once for each opening: what held with a report holds to the job's end."""
        if job_id != self._job_id:
            self._job_id = job_id
            self._take(are_asked_for=True)
        if not self._service.four_eyes:
            self._tasks.replace("look", self._look(job_id))

    async def aclose(self) -> None:
        await self._tasks.aclose()

    async def _look(self, job_id: JobId) -> None:
        try:
            are_asked_for = await self._service.asks_for_four_eyes(job_id)
        except JournalProblem:
            are_asked_for = True  # what is wrong with the journal is said where something is sent
        self._take(are_asked_for=are_asked_for)

    def _take(self, *, are_asked_for: bool) -> None:
        if are_asked_for != self.are_asked_for:
            self.are_asked_for = are_asked_for
            self.changed.emit()
