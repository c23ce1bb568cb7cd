"""Between the completion service and the gate, the preview and the outcome."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal

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
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import FALLBACK_JOB_FAILURE, CompanyId, Event, FailureType, JobId
from app.outcomes.set_by import SetBy
from app.platform.logs import redaction
from ui.common.errors import actions_after
from ui.common.release_dialog import JOURNAL_CONFIRMED, JOURNAL_GOES_ON, JournalDoubtDialog
from ui.common.status_text import counts_by_look
from ui.common.tasks import Tasks
from ui.common.text_format import TextFormat
from ui.completion.confirmed import ConfirmedEvent, show_end, what_it_means
from ui.completion.ending_words import expiry_words
from ui.completion.gate_panel import GatePanel
from ui.completion.outcome_watch import SENDABLE_AGAIN, OutcomeWatch
from ui.completion.preview_dialog import PreviewDialog
from ui.completion.summary import OlderJob
from ui.completion.summary_presenter import SummaryPresenter
from ui.completion.view_model import GateView, button_words, gate_view, outcome_details, outcome_tone, turned
from ui.widgets.announcements import announce
from ui.widgets.confirm_keys import READING_SECONDS
from ui.widgets.message_bar import MessageKind

_TICK_MS = 15_000
_NO_JOB = as_sentence(said("Choose a job first"))
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
    confirmed = Signal(object)  # ConfirmedEvent: nothing about it has to be read
    older_requested = Signal(object)  # JobId: it is to be completed first
    refused = Signal(str)  # why nothing was opened

    def __init__(
        self,
        panel: GatePanel,
        service: CompletionService,
        company_name: Callable[[CompanyId], str],
        now: Callable[[], datetime],
        fmt: TextFormat,
        ask_again_seconds: float,
        set_by: Callable[[JobId], Awaitable[tuple[SetBy, ...]]],
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._service = service
        self._company_name = company_name
        self._now = now
        self._fmt = fmt
        self._tasks = Tasks(self)
        self._snapshot: JobSnapshot | None = None
        self._older: OlderJob | None = None
        self._is_from_here: bool | None = None
        self._keys_from, self._is_awaited = 0.0, False
        self.soon = timedelta(minutes=15)  # less is a hurry
        self.outcomes = OutcomeWatch(panel, service, now, fmt, ask_again_seconds, lambda: self.dialog is not None)
        self.summary = SummaryPresenter(self, set_by, now, fmt)
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._show_expiry)
        self._ticks.start(_TICK_MS)
        self._forbidden = ""
        self._on_their_way: set[JobId] = set()
        self.judged: Preview | NotReady | None = None
        self.gate: GateView | None = None
        self.dialog: PreviewDialog | None = None
        self._doubt: JournalInDoubt | None = None
        panel.action_requested.connect(self.act)
        panel.jump_requested.connect(self.jump_requested)
        self.outcomes.job_moved.connect(self.job_moved)
        self.outcomes.not_released.connect(self.not_released)
        self.outcomes.released.connect(self._show_again)

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
        return self.outcomes.has_ended(job_id)

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        was, self._snapshot = self._snapshot, snapshot
        if snapshot is None:
            self.judged = self.gate = self._is_from_here = None
            self._panel.show_nothing()
            self.outcomes.show_job(None, None)
            return
        if self._is_awaited:
            self.wait_for_reading()
        found = self.judged = self._service.preview(snapshot)
        before, self.gate = self._gate_of(was, snapshot), self._gate(snapshot, found)
        self._panel.show_gate(self.gate)
        if not self.dialog and not self._was_told(snapshot):
            announce(self._panel, turned(before, self.gate))
        self._panel.forbid(_ON_ITS_WAY if snapshot.job.id in self._on_their_way else self._forbidden)
        self._show_expiry()
        self.outcomes.show_job(snapshot, found)

    def _gate(self, snapshot: JobSnapshot, found: Preview | NotReady) -> GateView:
        is_from_here = self.has_ended(snapshot.job.id) or self._is_from_here
        return gate_view(
            snapshot,
            found,
            counts_by_look(found.tally),
            waits=self._older is not None,
            is_from_here=is_from_here,
        )

    def _was_told(self, snapshot: JobSnapshot) -> bool:
        """What came of an event has been said already when its job is read again."""
        return snapshot.job.is_finished and self.has_ended(snapshot.job.id)

    def show_older(self, older: OlderJob | None) -> None:
        """The job that should be completed before the one on screen; None where there is none."""
        if older != self._older:
            self._older = older
            self._show_again()

    def show_origin(self, *, is_from_here: bool | None) -> None:
        """Whether this machine's journal holds the event that ended the job on screen; None where nobody knows."""
        if is_from_here != self._is_from_here:
            self._is_from_here = is_from_here
            self._show_again()

    def take_review(self, snapshot: JobSnapshot | None, accounting: AccountingData | None) -> None:
        """What is known of the money behind the job on screen; None until it was read."""
        self.summary.take_accounting(accounting if snapshot else None)

    def _show_expiry(self) -> None:
        if self._snapshot:
            words, hurries = expiry_words(self._snapshot.job, self._now(), self.soon, self._fmt)
            self._panel.show_expiry(words, hurries=hurries)

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
        self.outcomes.take(outcomes)
        self._show_again()

    def act(self) -> None:
        """The gate's main action: the preview of the start, or of the final event, or why neither is due."""
        if self.dialog:
            return
        due = self._due()
        if isinstance(due, Preview):
            self._open(due)
        else:
            self.refused.emit(due)

    def act_by_keys(self) -> None:
        """The same; keys that are still pressed from confirming the job before open nothing."""
        if monotonic() >= self._keys_from:
            self.act()

    def wait_for_reading(self) -> None:
        """The job comes on screen by itself: its user has not seen it yet, and less so before it was read."""
        self._is_awaited = self._snapshot is None
        self._keys_from = monotonic() + READING_SECONDS

    def _due(self) -> Preview | str:
        """What can be sent now, or the first reason why nothing can."""
        if self._snapshot is None:
            return _NO_JOB
        is_on_its_way = self._snapshot.job.id in self._on_their_way
        if is_on_its_way or self._forbidden:
            return _ON_ITS_WAY if is_on_its_way else self._forbidden
        if not start_blockers(self._snapshot):
            return start_preview(self._snapshot)
        found = self._service.preview(self._snapshot)
        return as_sentence(found.blockers[0].message) if isinstance(found, NotReady) else found

    async def aclose(self) -> None:
        self._ticks.stop()
        await self.outcomes.aclose()
        await self.summary.aclose()
        await self._tasks.aclose()

    async def sent(self) -> None:
        """Until every event that is on its way has an outcome, which may be that it is not known yet."""
        for job_id in tuple(self._on_their_way):
            await self._tasks.ended(("send", job_id))

    def _open(self, preview: Preview) -> None:
        company = self._company_name(preview.snapshot.job.company_id)
        dialog = PreviewDialog(preview, self._fmt, company, self._panel.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_older(self._older)
        dialog.older_requested.connect(self.older_requested)
        if preview.event.event == Event.FAILED:
            dialog.show_types(self._service.specification.types_for(preview.snapshot.items))
        self.summary.show(dialog)
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
        self.summary.forget()
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
            self.summary.show(dialog)
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
        """The outcome may be that of an earlier attempt, which had to be settled first. What is confirmed and holds
        nothing to be read closes the dialog by itself."""
        words, kind, details = describe(outcome), _kind(outcome), redaction.masked(outcome_details(outcome))
        text = what_it_means(outcome)
        self.outcomes.take((outcome,))
        self._remember_type(outcome)
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
        elif outcome.standing in SENDABLE_AGAIN:
            dialog.show_retry(kind, words.title, text, details, said("Send again"))
        elif outcome.is_plainly_confirmed:
            self._end_quietly(dialog, preview, outcome)
        else:
            show_end(dialog, outcome)

    def _end_quietly(self, dialog: PreviewDialog, preview: Preview, outcome: Outcome) -> None:
        company = self._company_name(preview.snapshot.job.company_id)
        dialog.leave_confirmed()
        self.confirmed.emit(ConfirmedEvent(preview, outcome, company))

    def _remember_type(self, outcome: Outcome) -> None:
        kind: FailureType | None = outcome.event.failure_reason_type
        is_other = kind == FALLBACK_JOB_FAILURE and self._service.specification.default != FALLBACK_JOB_FAILURE
        if outcome.standing is Standing.CONFIRMED and is_other:
            self.failure_type_taken.emit(kind)


def _kind(outcome: Outcome) -> MessageKind:
    return MessageKind(outcome_tone(outcome))
