"""What became of the events that were sent: kept for each job, said in the gate, asked for until it is known."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal

from app.completion.attempt import Outcome, Standing
from app.completion.derive import NotReady
from app.completion.outcome_text import describe
from app.completion.pleos_words import event_word
from app.completion.preview import Preview
from app.completion.release import Witness
from app.completion.service import CompletionService
from app.errors import SignoffError
from app.messages import joined, said
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Event, JobId
from app.platform.logs import redaction
from app.watching.schedule import pauses_while_unknown
from ui.common.release_dialog import ReleaseDialog
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat, releasable_words
from ui.completion.gate_panel import GatePanel
from ui.completion.view_model import outcome_details, outcome_tone
from ui.widgets.message_bar import MessageKind

SENDABLE_AGAIN = (Standing.NOT_SENT, Standing.MISSING)


class OutcomeWatch(QObject):
    """`is_silent` tells that another place says what became of an event."""

    job_moved = Signal(object)  # JobId: what Pleo holds may differ from what is on screen
    released = Signal()
    not_released = Signal(object)  # SignoffError

    def __init__(
        self,
        panel: GatePanel,
        service: CompletionService,
        now: Callable[[], datetime],
        fmt: TextFormat,
        ask_again_seconds: float,
        is_silent: Callable[[], bool],
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._service = service
        self._now = now
        self._fmt = fmt
        self._ask_again_seconds = ask_again_seconds
        self._is_silent = is_silent
        self._tasks = Tasks(self)
        self._outcomes: dict[JobId, Outcome] = {}
        self._job_id: JobId | None = None
        panel.look_requested.connect(self.look_now)
        panel.release_requested.connect(self._ask_to_release)

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def has_ended(self, job_id: JobId) -> bool:
        """Whether an event that was sent from here brought the job to its end."""
        outcome = self._outcomes.get(job_id)
        is_end = outcome is not None and outcome.event.event != Event.STARTED
        return is_end and outcome is not None and outcome.standing in (Standing.CONFIRMED, Standing.OVERTAKEN)

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """As they now stand: just sent, or left open by an earlier run of the program."""
        for outcome in outcomes:
            job_id = outcome.event.job_id
            self._outcomes[job_id] = outcome
            if job_id == self._job_id:
                self.show(outcome)
            self.job_moved.emit(job_id)
            if not outcome.is_settled:
                self._tasks.replace(("ask", job_id), self._keep_asking(job_id))

    def show_job(self, snapshot: JobSnapshot | None, found: Preview | NotReady | None) -> None:
        """What became of the last event of the job on screen, unless later events have overtaken it."""
        self._job_id = snapshot.job.id if snapshot else None
        if snapshot is None or found is None:
            return
        outcome = self._outcomes.get(snapshot.job.id)
        self.show(None if outcome and _is_moot(outcome, snapshot, found) else outcome)
        if outcome and not outcome.is_settled and snapshot.job.is_finished:
            self.look_now()

    def show(self, outcome: Outcome | None) -> None:
        if outcome is None:
            self._panel.outcome.clear()
            return
        words = describe(outcome)
        is_open = outcome.standing is Standing.UNKNOWN
        due = self._service.releasable_from(outcome)
        can_release = due is not None and due <= self._now()
        to_do = [words.next_step]
        if is_open:
            to_do.append(said("Signoff keeps asking."))
        if due and not can_release:
            to_do.append(releasable_words(due, self._now(), self._fmt))
        self._panel.show_outcome(
            MessageKind(outcome_tone(outcome)),
            words.title,
            joined("\n", (words.meaning, joined(" ", to_do))),
            redaction.masked(outcome_details(outcome)),
            can_look=is_open,
            can_release=can_release,
            is_announced=not self._is_silent(),
        )

    def look_now(self) -> None:
        outcome = self._of_job_on_screen()
        if outcome:
            self._tasks.replace("look", self._look(outcome))

    def _of_job_on_screen(self) -> Outcome | None:
        return self._outcomes.get(self._job_id) if self._job_id else None

    async def _keep_asking(self, job_id: JobId) -> None:
        """Until Pleo's state is known, for as long as the window is open."""
        for pause in pauses_while_unknown(self._ask_again_seconds):
            if self._outcomes[job_id].is_settled:
                break
            await asyncio.sleep(pause)
            if not self._outcomes[job_id].is_settled:
                await self._look(self._outcomes[job_id])

    async def _look(self, outcome: Outcome) -> None:
        fresh = await self._service.look_again(outcome)
        self._outcomes[fresh.event.job_id] = fresh
        if self._job_id == fresh.event.job_id:
            self.show(fresh)
        if fresh.is_settled:
            self.job_moved.emit(fresh.event.job_id)

    def _ask_to_release(self) -> None:
        outcome = self._of_job_on_screen()
        if outcome is None or outcome.is_settled:
            return
        asks = said("What does Pleo show of '{event}'?", event=event_word(outcome.event.event))
        dialog = ReleaseDialog(asks, self._panel.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        job_id = outcome.event.job_id
        dialog.witnessed.connect(
            lambda by, saw: self._tasks.replace("release", self._release(job_id, Witness(by, saw)))
        )
        dialog.open()

    async def _release(self, job_id: JobId, witness: Witness) -> None:
        try:
            outcomes = await self._service.release(job_id, witness, lambda _step: None)
        except SignoffError as problem:
            self.not_released.emit(problem)
            return
        for outcome in outcomes:
            self._outcomes[job_id] = outcome
        self.released.emit()
        self.job_moved.emit(job_id)


def _is_moot(outcome: Outcome, snapshot: JobSnapshot, found: Preview | NotReady) -> bool:
    """What later events have overtaken is no longer shown."""
    if outcome.event.event == Event.STARTED:
        return snapshot.job.is_finished or isinstance(found, Preview)
    return snapshot.job.is_finished and outcome.standing in (Standing.REFUSED, *SENDABLE_AGAIN)
