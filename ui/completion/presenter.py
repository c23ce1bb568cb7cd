"""Between the completion service and the gate, the preview and the outcome."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.completion.attempt import Outcome, Standing
from app.completion.blockers import start_blockers
from app.completion.derive import NotReady
from app.completion.outcome_text import as_sentence, describe
from app.completion.pleos_words import event_word
from app.completion.preview import Preview, start_preview
from app.completion.progress import Changed, Step
from app.completion.release import Witness
from app.completion.service import CompletionService
from app.errors import JournalInDoubt, JournalProblem, SignoffError
from app.messages import joined, said
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FALLBACK_JOB_FAILURE, CompanyId, Event, FailureType, JobId
from app.platform.logs import redaction
from app.watching.schedule import pauses_while_unknown
from ui.common.errors import actions_after
from ui.common.release_dialog import JOURNAL_CONFIRMED, JOURNAL_GOES_ON, JournalDoubtDialog, ReleaseDialog
from ui.common.status_text import counts_by_look
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat, releasable_words
from ui.completion.gate_panel import GatePanel
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.view_model import GateView, button_words, gate_view, outcome_details, outcome_tone, turned
from ui.widgets.announcements import announce
from ui.widgets.message_bar import MessageKind

_SENDABLE_AGAIN = (Standing.NOT_SENT, Standing.MISSING)
_ON_ITS_WAY = said("An event for this job is on its way to Pleo. What became of it is said here.")


class CompletionPresenter(QObject):
    job_moved = Signal(object)  # JobId: what Pleo holds may differ from what is on screen
    snapshot_read = Signal(object)  # JobSnapshot: the fresh read that stopped a submission
    failure_type_taken = Signal(object)  # FailureType: Pleo took it in place of the default
    jump_requested = Signal(object)  # tuple of entry ids
    dialog_closed = Signal()
    sign_in_requested = Signal()
    not_sent = Signal(object)  # SignoffError: of an event whose dialog was left
    not_released = Signal(object)  # SignoffError

    def __init__(
        self,
        panel: GatePanel,
        service: CompletionService,
        company_name: Callable[[CompanyId], str],
        now: Callable[[], datetime],
        fmt: TextFormat,
        ask_again_seconds: float,
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._service = service
        self._company_name = company_name
        self._now = now
        self._fmt = fmt
        self._ask_again_seconds = ask_again_seconds
        self._tasks = Tasks(self)
        self._snapshot: JobSnapshot | None = None
        self._outcomes: dict[JobId, Outcome] = {}
        self._forbidden = ""
        self._on_their_way: set[JobId] = set()
        self.judged: Preview | NotReady | None = None
        self.gate: GateView | None = None
        self.dialog: PreviewDialog | None = None
        self._doubt: JournalInDoubt | None = None
        panel.action_requested.connect(self.act)
        panel.jump_requested.connect(self.jump_requested)
        panel.look_requested.connect(self._look_now)
        panel.release_requested.connect(self._ask_to_release)

    @property
    def is_busy(self) -> bool:
        """Whether a preview is open or an event is on its way."""
        return self.dialog is not None

    @property
    def is_sending(self) -> bool:
        """Whether an event is on its way, in a dialog or left to itself."""
        return bool(self._on_their_way)

    def has_ended(self, job_id: JobId) -> bool:
        """Whether an event that was sent from here brought the job to its end."""
        outcome = self._outcomes.get(job_id)
        is_end = outcome is not None and outcome.event.event != Event.STARTED
        return is_end and outcome is not None and outcome.standing in (Standing.CONFIRMED, Standing.OVERTAKEN)

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        was, self._snapshot = self._snapshot, snapshot
        if snapshot is None:
            self.judged = self.gate = None
            self._panel.show_nothing()
            return
        found = self.judged = self._service.preview(snapshot)
        before, self.gate = self._gate_of(was, snapshot), gate_view(snapshot, found, counts_by_look(found.tally))
        self._panel.show_gate(self.gate)
        if not self.dialog:
            announce(self._panel, turned(before, self.gate))
        self._panel.forbid(_ON_ITS_WAY if snapshot.job.id in self._on_their_way else self._forbidden)
        outcome = self._outcomes.get(snapshot.job.id)
        self._show_outcome(None if outcome and _is_moot(outcome, snapshot, found) else outcome)
        if outcome and not outcome.is_settled and snapshot.job.is_finished:
            self._look_now()

    def _gate_of(self, was: JobSnapshot | None, now: JobSnapshot) -> GateView | None:
        """What was said of the same job before."""
        return self.gate if was and was.job.id == now.job.id else None

    def forbid(self, reason: str) -> None:
        """Why nothing can be sent now, such as a network that is away; an empty reason allows it again."""
        if reason == self._forbidden:
            return
        self._forbidden = reason
        if self.dialog:
            self.dialog.forbid(reason)
        if self._snapshot:
            self.show_snapshot(self._snapshot)

    def take_recovered(self, outcomes: tuple[Outcome, ...]) -> None:
        """What an earlier run of the program left open, as it now stands."""
        for outcome in outcomes:
            self._outcomes[outcome.event.job_id] = outcome
            self.job_moved.emit(outcome.event.job_id)
            if not outcome.is_settled:
                self._tasks.replace(("ask", outcome.event.job_id), self._keep_asking(outcome.event.job_id))
        if self._snapshot:
            self.show_snapshot(self._snapshot)

    def act(self) -> None:
        """The gate's main action: the preview of the start, or of the final event; nothing where neither is due."""
        if self._snapshot is None or self.dialog or self._forbidden or self._snapshot.job.id in self._on_their_way:
            return
        if not start_blockers(self._snapshot):
            self._open(start_preview(self._snapshot))
            return
        found = self._service.preview(self._snapshot)
        if not isinstance(found, NotReady):
            self._open(found)

    async def aclose(self) -> None:
        await self._tasks.aclose()

    async def sent(self) -> None:
        """Until every event that is on its way has an outcome, which may be that it is not known yet."""
        for job_id in tuple(self._on_their_way):
            await self._tasks.ended(("send", job_id))

    def _open(self, preview: Preview) -> None:
        window: QWidget = self._panel.window()
        company = self._company_name(preview.snapshot.job.company_id)
        dialog = PreviewDialog(preview, self._fmt, company, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.send_requested.connect(lambda wanted: self._start(dialog, wanted))
        dialog.left.connect(self._show_again)
        dialog.sign_in_requested.connect(self.sign_in_requested)
        dialog.witness_requested.connect(lambda: self._ask_witness(dialog))
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        if preview.event.event != Event.STARTED:
            if self._service.four_eyes:
                dialog.second.wait_for_drafters()
            # Else the journal may still know that they were asked for: the name is asked as soon as it says so, and
            # without it nothing is sent either way.
            self._tasks.replace("drafters", self._ask_second_person(dialog, preview.event.job_id))
        dialog.open()

    async def _ask_second_person(self, dialog: PreviewDialog, job_id: JobId) -> None:
        try:
            dialog.ask_second_person(await self._service.drafters(job_id))
        except JournalProblem as problem:
            dialog.show_problem(as_sentence(problem.title), problem.advice, redaction.masked(problem.details))

    def _forget_dialog(self) -> None:
        self._tasks.cancel("drafters")
        self.dialog = None
        self.dialog_closed.emit()

    def _start(self, dialog: PreviewDialog, preview: Preview) -> None:
        self._tasks.replace(("send", preview.event.job_id), self._send(dialog, preview))

    async def _send(self, dialog: PreviewDialog, preview: Preview) -> None:
        """The dialog may be left meanwhile: then the gate, or the window, says what came of it."""
        job_id = preview.event.job_id

        def show_step(step: Step) -> None:
            if self.dialog is dialog:
                dialog.show_sending(step.value)

        self._on_their_way.add(job_id)
        try:
            outcome = await self._service.submit(preview, show_step, confirmed_by=dialog.second.confirmed_by())
        except SignoffError as problem:
            self._on_their_way.discard(job_id)
            self._show_not_sent(dialog, preview, problem)
            return
        except Exception:
            # A mistake of the program's own: the dialog must not stay locked over it.
            if self.dialog is dialog:
                title = said("Signoff stopped by a mistake of its own")
                advice = said("Close this and read the job again (F5) before anything else.")
                dialog.show_end(MessageKind.ERROR, title, advice, "", was_sent=True)
            raise
        finally:
            self._on_their_way.discard(job_id)
        if isinstance(outcome, Changed):
            self._show_changed(dialog, preview, outcome)
        else:
            self._accept(dialog, preview, outcome)

    def _show_not_sent(self, dialog: PreviewDialog, preview: Preview, problem: SignoffError) -> None:
        if self.dialog is not dialog:
            self.not_sent.emit(problem)
            self._show_again()
            return
        advice = joined(" ", filter(None, (as_sentence(problem.title), problem.advice)))
        details = redaction.masked(problem.details)
        again = button_words(preview.event.event)
        self._doubt = problem if isinstance(problem, JournalInDoubt) else None
        title, actions = said("Nothing was sent"), actions_after(problem)
        dialog.show_retry(MessageKind.ERROR, title, advice, details, again, actions)

    def _ask_witness(self, dialog: PreviewDialog) -> None:
        doubt, preview = self._doubt, dialog.preview
        if doubt is None:
            return
        asked = JournalDoubtDialog(doubt.title, dialog)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.witnessed.connect(
            lambda by, saw: self._tasks.replace("confirm", self._confirm(dialog, preview, doubt, Witness(by, saw)))
        )
        asked.open()

    async def _confirm(self, dialog: PreviewDialog, preview: Preview, doubt: JournalInDoubt, witness: Witness) -> None:
        try:
            await self._service.confirm_journal(preview.event.job_id, doubt.code, witness)
        except SignoffError as problem:
            self._show_not_sent(dialog, preview, problem)
            return
        if self.dialog is dialog:
            again = button_words(preview.event.event)
            dialog.show_retry(MessageKind.INFO, JOURNAL_CONFIRMED, JOURNAL_GOES_ON, "", again)

    def _show_again(self) -> None:
        if self._snapshot:
            self.show_snapshot(self._snapshot)

    def _show_changed(self, dialog: PreviewDialog, shown: Preview, changed: Changed) -> None:
        """A job that still implies an event is previewed anew, and must be confirmed anew."""
        sentences = dict.fromkeys((*changed.changes, *(blocker.message for blocker in changed.blockers)))
        title = said("Nothing was sent, because the job changed since it was shown")
        text = joined("\n", (joined("", (sentence, ".")) for sentence in sentences))
        if self.dialog is not dialog:
            self.not_sent.emit(SignoffError(title, advice=text))
            self._show_again()
            self.snapshot_read.emit(changed.fresh)
            return
        found = self._service.preview(changed.fresh)
        if shown.event.event == Event.STARTED or isinstance(found, NotReady):
            dialog.show_end(MessageKind.WARNING, title, text, "", was_sent=False)
        else:
            dialog.show_preview(self._with_own_words(shown, found))
            dialog.show_retry(MessageKind.WARNING, title, text, "", button_words(found.event.event))
        self.snapshot_read.emit(changed.fresh)

    def _with_own_words(self, shown: Preview, fresh: Preview) -> Preview:
        """What the user wrote is kept where it still has a place."""
        composed = self._service.preview(shown.snapshot)
        is_edited = not isinstance(composed, NotReady) and composed.event != shown.event
        reason, kind = shown.event.failure_reason, shown.event.failure_reason_type
        if not is_edited or fresh.event.event != Event.FAILED or reason is None or kind is None:
            return fresh
        return fresh.with_failure(reason, kind)

    def _accept(self, dialog: PreviewDialog, preview: Preview, outcome: Outcome) -> None:
        """The outcome may be that of an earlier attempt, which had to be settled first."""
        self._outcomes[outcome.event.job_id] = outcome
        words, kind, details = describe(outcome), _kind(outcome), redaction.masked(outcome_details(outcome))
        text = joined("\n", (words.meaning, words.next_step))
        if self.dialog is not dialog:
            self._show_again()
        elif outcome.event != preview.event:
            earlier = said(
                "This is about an earlier attempt to send '{event}'. Nothing else was sent.",
                event=event_word(outcome.event.event),
            )
            dialog.show_end(kind, words.title, joined("\n", (earlier, text)), details, was_sent=False)
        elif outcome.offers_other_type:
            dialog.propose_type(FALLBACK_JOB_FAILURE)
            # Translators: a button; {type} is Pleo's own word for the type of a failure
            again = said("Send once more with '{type}'", type=FALLBACK_JOB_FAILURE)
            dialog.show_retry(kind, words.title, text, details, again)
        elif outcome.standing in _SENDABLE_AGAIN:
            dialog.show_retry(kind, words.title, text, details, said("Send again"))
        else:
            dialog.show_end(kind, words.title, text, details, was_sent=True)
        self._remember_type(outcome)
        self._show_outcome(outcome)
        self.job_moved.emit(outcome.event.job_id)
        if not outcome.is_settled:
            self._tasks.replace(("ask", outcome.event.job_id), self._keep_asking(outcome.event.job_id))

    def _remember_type(self, outcome: Outcome) -> None:
        kind: FailureType | None = outcome.event.failure_reason_type
        is_other = kind == FALLBACK_JOB_FAILURE and self._service.specification.default != FALLBACK_JOB_FAILURE
        if outcome.standing is Standing.CONFIRMED and is_other:
            self.failure_type_taken.emit(kind)

    async def _keep_asking(self, job_id: JobId) -> None:
        """Until Pleo's state is known, for as long as the window is open."""
        for pause in pauses_while_unknown(self._ask_again_seconds):
            if self._outcomes[job_id].is_settled:
                break
            await asyncio.sleep(pause)
            if not self._outcomes[job_id].is_settled:
                await self._look(self._outcomes[job_id])

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

    def _ask_to_release(self) -> None:
        outcome = self._outcomes.get(self._snapshot.job.id) if self._snapshot else None
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
        self._show_again()
        self.job_moved.emit(job_id)

    def _show_outcome(self, outcome: Outcome | None) -> None:
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
        text = joined("\n", (words.meaning, joined(" ", to_do)))
        details = redaction.masked(outcome_details(outcome))
        self._panel.show_outcome(
            _kind(outcome),
            words.title,
            text,
            details,
            can_look=is_open,
            can_release=can_release,
            is_announced=self.dialog is None,
        )


def _is_moot(outcome: Outcome, snapshot: JobSnapshot, found: Preview | NotReady) -> bool:
    """What later events have overtaken is no longer shown."""
    if outcome.event.event == Event.STARTED:
        return snapshot.job.is_finished or isinstance(found, Preview)
    return snapshot.job.is_finished and outcome.standing in (Standing.REFUSED, *_SENDABLE_AGAIN)


def _kind(outcome: Outcome) -> MessageKind:
    return MessageKind(outcome_tone(outcome))
