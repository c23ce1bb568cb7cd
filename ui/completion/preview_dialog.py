"""What will be sent, before it is sent; then how it goes, and what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.completion.failure import FailureTypes
from app.completion.preview import Preview
from app.messages import joined, said, shown, tr
from app.models.vocabulary import Event, FailureType, JobId
from ui.common.errors import LOOKED, LOOKED_ACTION
from ui.common.text_format import TextFormat, job_name
from ui.completion.exact_text import NOT_SENT, TO_BE_SENT, WAS_SENT, ExactText
from ui.completion.failure_editor import FailureEditor
from ui.completion.older_first import OlderFirst
from ui.completion.second_person import SecondPerson
from ui.completion.summary import Line, OlderJob
from ui.completion.summary_lines import SummaryLines
from ui.completion.view_model import (
    attempt_title,
    button_words,
    consequence,
    counts_sentence,
    send_anyway_words,
    title_words,
)
from ui.theme.metrics import HALF, scaled
from ui.widgets.announcements import announce
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.confirm_keys import ConfirmKeys
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet
from ui.widgets.vain_press import VainPress

_WIDTH = 680
LEAVE_WORDS = said("Leave it, it is settled later")


class PreviewDialog(Sheet):
    """`send_requested` carries the very preview that is shown; nothing is rebuilt elsewhere."""

    send_requested = Signal(object)  # Preview
    left = Signal()  # while it was sending: what became of it is told in the gate
    sign_in_requested = Signal()
    witness_requested = Signal()  # of somebody who looked in Pleo, where the journal is in doubt
    older_requested = Signal(object)  # JobId: the older job is to be completed first

    def __init__(self, preview: Preview, fmt: TextFormat, company: str, parent: QWidget | None = None) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("previewDialog")
        self._fmt = fmt
        self._preview = preview
        self._is_sending = False
        self._is_in_doubt = False
        self._forbidden = ""
        self.title = PlainLabel(role=TextRole.TITLE, wrap=True)
        self.messages = MessageBar()
        job = job_name(company, preview.snapshot.job.created_at, fmt)
        self.job = PlainLabel(job, role=TextRole.QUIET, wrap=True, selectable=True)
        self.counts = PlainLabel(wrap=True)
        self.rule = PlainLabel(wrap=True)
        self.consequence = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.older = OlderFirst()
        self.summary = SummaryLines()
        self.failure = FailureEditor()
        self.second = SecondPerson()
        self.exact = ExactText()
        self.body = self.exact.body
        self.busy = BusyIndicator(delay_ms=0)
        self.forbidden = PlainLabel(wrap=True)
        self.cancel = QPushButton(tr("Cancel"))
        self.send = QPushButton()
        self._dress()
        self._arrange()
        self.failure.edited.connect(self._edit)
        self.second.edited.connect(self._enable_send)
        self.send.clicked.connect(lambda: self.send_requested.emit(self._preview))
        self.cancel.clicked.connect(self._leave)
        self.messages.action_requested.connect(self._act)
        self.older.go_requested.connect(self._go_to_older)
        self.exact.folded.connect(self.fit)
        self.confirm_keys = ConfirmKeys(self, self._confirm)
        VainPress(self.send, self._lead_to_what_is_missing)
        self.show_preview(preview)

    def _dress(self) -> None:
        self.title.setObjectName("previewTitle")
        self.job.setObjectName("previewJob")
        self.counts.setObjectName("previewCounts")
        self.rule.setObjectName("previewRule")
        self.consequence.setObjectName("previewConsequence")
        self.messages.setObjectName("previewMessages")
        self.forbidden.setObjectName("previewForbidden")
        self.forbidden.hide()
        self.send.setObjectName("sendButton")
        self.send.setProperty("primary", "true")
        # Enter presses the button that the user has gone to, and none from anywhere else.
        self.send.setAutoDefault(False)
        self.cancel.setAutoDefault(False)
        self.cancel.setObjectName("cancelButton")

    def _arrange(self) -> None:
        for widget in (self.title, self.job, self.messages, self.older, self.counts, self.summary, self.rule):
            self.column.addWidget(widget)
        self.column.addWidget(self.consequence)
        self.column.addSpacing(HALF)
        for part in (self.failure, self.second, self.exact):
            self.column.addWidget(part)
        self.column.addWidget(self.forbidden)
        self.column.addStretch(1)
        self.foot.addWidget(self.busy, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.send)
        self.cancel.setFocus()

    @property
    def preview(self) -> Preview:
        return self._preview

    @property
    def is_sending(self) -> bool:
        return self._is_sending

    def show_preview(self, preview: Preview) -> None:
        self._preview = preview
        event = preview.event
        self.setWindowTitle(tr("Start job") if event.event == Event.STARTED else tr("Complete job"))
        self.title.setText(title_words(event.event))
        self.counts.setText(counts_sentence(preview.tally))
        self.rule.setText(tr("Why this event: {rule}", rule=preview.rule))
        self.consequence.setText(consequence(preview))
        self.failure.setVisible(event.event == Event.FAILED)
        if event.event == Event.FAILED:
            self.failure.show_failure(event.failure_reason or "", event.failure_reason_type or FailureType(""))
        self._name_send(button_words(event.event))
        self.send.setVisible(True)
        self.exact.set_caption(TO_BE_SENT)
        self.cancel.setText(tr("Cancel"))
        self._enable_send()
        self._show_body()

    def show_older(self, older: OlderJob | None) -> None:
        """The job that Pleo expects to be completed first; None where there is none."""
        self.older.show_job(older)
        self._name_send(button_words(self._preview.event.event))
        self.fit()

    def show_summary(self, lines: Sequence[Line]) -> None:
        self.summary.show_lines(lines)
        self.fit()

    def show_types(self, types: FailureTypes) -> None:
        """Where the type of a failed job comes from, and what most failed items would have it be."""
        self.failure.show_types(types)
        self.fit()

    def forbid(self, reason: str) -> None:
        """Nothing can be sent now; what is on its way already goes on. An empty reason allows it again."""
        self._forbidden = reason
        self.forbidden.setText(reason)
        self.forbidden.setVisible(bool(reason))
        if not self._is_sending:
            self._enable_send()
            self.fit()

    def ask_second_person(self, drafters: Sequence[str]) -> None:
        """Where outcomes of the job were reported by hand by `drafters`."""
        self.second.ask(drafters)
        self.fit()

    def show_problem(self, title: str, advice: str, details: str) -> None:
        """Nothing was sent, and nothing can be before it is mended."""
        self.messages.show_message(MessageKind.ERROR, title, details, advice=advice, closable=False)
        self.fit()

    def show_sending(self, step: str) -> None:
        """From here on it stays until the outcome is known, unless its user leaves it."""
        is_first, self._is_sending = not self._is_sending, True
        self.messages.clear()
        self.busy.start(joined(" ", (step, "…")))
        if is_first:
            self.busy.take_focus()
        self.failure.setEnabled(False)
        self.second.setEnabled(False)
        self.send.setEnabled(False)
        self.cancel.setText(shown(LEAVE_WORDS))

    def show_retry(
        self,
        kind: MessageKind,
        title: str,
        words: str,
        details: str,
        send_again: str,
        actions: Sequence[tuple[str, str]] = (),
    ) -> None:
        """After an attempt that may be repeated, as a new wish of the user's; where somebody has to look in Pleo first,
        not before. `send_again` is the button's text."""
        self._show_attempt(kind, title, words, details, actions)
        self._is_in_doubt = LOOKED_ACTION in actions
        self.failure.setEnabled(True)
        self.second.setEnabled(True)
        self.send.setText(shown(send_again).replace("&", "&&"))
        self.older.show_job(None)
        self.send.setVisible(True)
        self._enable_send()
        self.cancel.setText(tr("Cancel"))
        self.fit()

    def show_end(self, kind: MessageKind, title: str, words: str, details: str, *, was_sent: bool) -> None:
        """After an attempt that is over: the questions go, what was sent stays to be read."""
        self._show_attempt(kind, title, words, details)
        self.title.setText(attempt_title(self._preview.event.event))
        for widget in (self.older, self.counts, self.summary, self.rule, self.consequence, self.failure, self.second):
            widget.hide()
        self.exact.set_caption(WAS_SENT if was_sent else NOT_SENT)
        self.send.setEnabled(False)
        self.send.hide()
        self.cancel.setText(tr("Close"))
        self.fit()

    def _show_attempt(
        self, kind: MessageKind, title: str, words: str, details: str, actions: Sequence[tuple[str, str]] = ()
    ) -> None:
        self._is_sending = False
        self.confirm_keys.begin_anew()
        self.busy.stop()
        self.messages.show_message(
            kind, title, details, advice=words, actions=actions, closable=False, is_announced=False
        )
        self.area.ensureVisible(0, 0)
        self.cancel.setEnabled(True)
        self.messages.take_focus()

    def propose_type(self, kind: FailureType) -> None:
        """Puts another failure type into the draft; the reason stays as the user wrote it."""
        event = self._preview.event
        self._preview = self._preview.with_failure(event.failure_reason or "", kind)
        self.failure.show_failure(event.failure_reason or "", kind)
        self._show_body()

    def _name_send(self, words: str) -> None:
        if self.older.is_open:
            words = send_anyway_words(self._preview.event.event)
        self.send.setText(shown(words).replace("&", "&&"))

    def _confirm(self) -> None:
        """By the keys that opened it. Where something has to be decided first, they lead there instead."""
        if not self.send.isEnabled():
            self._lead_to_what_is_missing()
        elif self.older.is_open and not self.send.hasFocus():
            self.confirm_keys.begin_anew()
            self.send.setFocus()
        else:
            self.send.click()

    def _lead_to_what_is_missing(self) -> None:
        """It may stand where only scrolling leads to; nothing while an event is on its way or was sent."""
        if self._is_sending or self.send.isHidden():
            return
        parts = (
            (self.forbidden, self.cancel),
            (self.failure.missing, self.failure.reason),
            (self.second.fault, self.second.name),
        )
        for label, field in parts:
            if label.isVisible():
                announce(self, label.text())
                self.area.ensureWidgetVisible(label)
                field.setFocus()
                return

    def _go_to_older(self, job_id: JobId) -> None:
        self.reject()  # first: nobody is led away from a dialog that is open
        self.older_requested.emit(job_id)

    def _edit(self, reason: str, kind: FailureType) -> None:
        self._preview = self._preview.with_failure(reason, kind)
        self._enable_send()
        self._show_body()

    def _enable_send(self) -> None:
        """A `failed` event says why, or is not sent; and where four eyes are asked for, two people have looked."""
        event = self._preview.event
        is_told = bool((event.failure_reason or "").strip() and event.failure_reason_type)
        is_missing = event.event == Event.FAILED and not is_told
        is_held = bool(self._forbidden) or self._is_in_doubt
        self.send.setEnabled(not is_missing and self.second.is_enough and not is_held)
        self.failure.show_missing(is_missing=is_missing)

    def _show_body(self) -> None:
        self.exact.set_text(self._preview.event.as_json())
        self.fit()

    def _act(self, key: str) -> None:
        (self.witness_requested if key == LOOKED else self.sign_in_requested).emit()

    def _leave(self) -> None:
        """What is on its way goes on, and is settled by reading; nothing is sent again."""
        if self._is_sending:
            self._is_sending = False
            self.left.emit()
        self.reject()

    def leave_confirmed(self) -> None:
        """The event is confirmed, and another place says so."""
        self._is_sending = False
        self.accept()

    def must_stay(self) -> bool:
        return self._is_sending
