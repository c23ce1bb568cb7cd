"""Between the completion service and the gate, the preview and the outcome."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.clock import Clock
from app.completion.attempt import Outcome, Standing
from app.completion.blockers import start_blockers
from app.completion.derive import NotReady
from app.completion.outcome_words import describe
from app.completion.preview import Preview, start_preview
from app.completion.service import Changed, CompletionService
from app.errors import SignoffError
from app.models.snapshot import JobSnapshot
from app.models.words import FALLBACK_JOB_FAILURE, CompanyId, Event, FailureType, JobId
from ui.completion.gate_panel import GatePanel
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.view_model import button_words, gate_view, outcome_details, outcome_tone
from ui.jobs.view_model import counts_by_look
from ui.tasks import Tasks
from ui.text_format import TextFormat
from ui.widgets.message_bar import MessageKind

_ASK_AGAIN_SECONDS = 10
_SENDABLE_AGAIN = (Standing.NOT_SENT, Standing.MISSING)


class CompletionPresenter(QObject):
    job_moved = Signal(object)  # JobId: what Pleo holds may differ from what is on screen
    snapshot_read = Signal(object)  # JobSnapshot: the fresh read that stopped a submission
    failure_type_taken = Signal(object)  # FailureType: Pleo took it in place of the default
    jump_requested = Signal(object)  # tuple of entry ids

    def __init__(
        self,
        panel: GatePanel,
        service: CompletionService,
        company_name: Callable[[CompanyId], str],
        clock: Clock,
        words: TextFormat,
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._service = service
        self._company_name = company_name
        self._clock = clock
        self._words = words
        self._tasks = Tasks(self)
        self._snapshot: JobSnapshot | None = None
        self._outcomes: dict[JobId, Outcome] = {}
        self.dialog: PreviewDialog | None = None
        panel.action_requested.connect(self.act)
        panel.jump_requested.connect(self.jump_requested)
        panel.look_requested.connect(self._look_now)

    @property
    def is_busy(self) -> bool:
        """Whether a preview is open or an event is on its way."""
        return self.dialog is not None

    @property
    def is_sending(self) -> bool:
        return self.dialog is not None and self.dialog.is_sending

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        self._snapshot = snapshot
        if snapshot is None:
            self._panel.show_nothing()
            return
        found = self._service.preview(snapshot)
        self._panel.show_gate(gate_view(snapshot, found, counts_by_look(found.tally)))
        self._show_outcome(self._outcome_of(snapshot))

    def _outcome_of(self, snapshot: JobSnapshot) -> Outcome | None:
        """A refusal that later events have made moot is no longer shown."""
        outcome = self._outcomes.get(snapshot.job.id)
        if outcome and snapshot.job.is_finished and outcome.standing in (Standing.REFUSED, *_SENDABLE_AGAIN):
            return None
        return outcome

    def act(self) -> None:
        """The gate's main action: the preview of the start, or of the final event; nothing where neither is due."""
        if self._snapshot is None or self.dialog:
            return
        if not start_blockers(self._snapshot.job):
            self._open(start_preview(self._snapshot))
            return
        found = self._service.preview(self._snapshot)
        if not isinstance(found, NotReady):
            self._open(found)

    def close(self) -> None:
        self._tasks.cancel_all()

    async def finished(self) -> None:
        await self._tasks.finished()

    def _open(self, preview: Preview) -> None:
        window: QWidget = self._panel.window()
        company = self._company_name(preview.snapshot.job.company_id)
        dialog = PreviewDialog(preview, self._words, company, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.send_requested.connect(lambda wanted: self._tasks.replace("send", self._send(dialog, wanted)))
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    async def _send(self, dialog: PreviewDialog, preview: Preview) -> None:
        try:
            outcome = await self._service.submit(preview, lambda step: dialog.show_sending(step.value))
        except SignoffError as problem:
            title = "Nothing was sent, because the job could not be read again"
            dialog.show_message(
                MessageKind.ERROR,
                title,
                f"{problem.title}. {problem.advice}",
                problem.details,
                send_again=button_words(preview.event.event),
            )
            return
        except Exception:
            # A mistake of the program's own: the dialog must not stay locked over it.
            dialog.show_message(
                MessageKind.ERROR,
                "Signoff stopped by a mistake of its own",
                "Close this and read the job again (F5) before anything else.",
                "",
            )
            raise
        if isinstance(outcome, Changed):
            self._show_changed(dialog, outcome)
        else:
            self._accept(dialog, outcome)

    def _show_changed(self, dialog: PreviewDialog, changed: Changed) -> None:
        """A job that still implies an event is previewed anew, and must be confirmed anew."""
        sentences = dict.fromkeys((*changed.changes, *(blocker.message for blocker in changed.blockers)))
        found = self._service.preview(changed.fresh)
        again = None
        if dialog.preview.event.event != Event.STARTED and not isinstance(found, NotReady):
            dialog.show_preview(found)
            again = button_words(found.event.event)
        dialog.show_message(
            MessageKind.WARNING,
            "Nothing was sent, because the job changed since it was shown",
            "\n".join(f"{sentence}." for sentence in sentences),
            "",
            send_again=again,
        )
        self.snapshot_read.emit(changed.fresh)

    def _accept(self, dialog: PreviewDialog, outcome: Outcome) -> None:
        self._outcomes[outcome.event.job_id] = outcome
        again = None
        if outcome.offers_other_type:
            dialog.propose_type(FALLBACK_JOB_FAILURE)
            again = f"Send once more with '{FALLBACK_JOB_FAILURE}'"
        elif outcome.standing in _SENDABLE_AGAIN:
            again = "Send again"
        words = describe(outcome)
        text = f"{words.meaning}\n{words.next_step}"
        dialog.show_message(_kind(outcome), words.title, text, outcome_details(outcome), send_again=again)
        self._remember_type(outcome)
        self.job_moved.emit(outcome.event.job_id)
        if outcome.standing is Standing.UNKNOWN:
            self._tasks.replace(("ask", outcome.event.job_id), self._keep_asking(outcome))

    def _remember_type(self, outcome: Outcome) -> None:
        kind: FailureType | None = outcome.event.failure_reason_type
        is_other = kind == FALLBACK_JOB_FAILURE and self._service.specification.default != FALLBACK_JOB_FAILURE
        if outcome.standing is Standing.CONFIRMED and is_other:
            self.failure_type_taken.emit(kind)

    async def _keep_asking(self, outcome: Outcome) -> None:
        """Until Pleo's state is known. A job that stays as it was is asked for as long as the window is open."""
        while not outcome.is_settled:
            await asyncio.sleep(_ASK_AGAIN_SECONDS)
            outcome = await self._look(outcome)

    async def _look(self, outcome: Outcome) -> Outcome:
        fresh = await self._service.look_again(outcome)
        self._outcomes[fresh.event.job_id] = fresh
        if self._snapshot and self._snapshot.job.id == fresh.event.job_id:
            self._show_outcome(fresh)
        if fresh.is_settled:
            self.job_moved.emit(fresh.event.job_id)
        return fresh

    def _look_now(self) -> None:
        outcome = self._outcomes.get(self._snapshot.job.id) if self._snapshot else None
        if outcome:
            self._tasks.replace("look", self._look(outcome))

    def _show_outcome(self, outcome: Outcome | None) -> None:
        if outcome is None:
            self._panel.outcome.clear()
            return
        words = describe(outcome)
        is_open = outcome.standing is Standing.UNKNOWN
        asking = " Signoff keeps asking." if is_open else ""
        text = f"{words.meaning}\n{words.next_step}{asking}"
        self._panel.show_outcome(_kind(outcome), words.title, text, outcome_details(outcome), can_look=is_open)


def _kind(outcome: Outcome) -> MessageKind:
    return MessageKind(outcome_tone(outcome))
