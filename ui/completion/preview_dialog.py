"""What will be sent, before it is sent; then how it goes, and what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.completion.preview import Preview
from app.messages import joined, said, shown, tr
from app.models.vocabulary import Event, FailureType
from ui.common.errors import LOOKED, LOOKED_ACTION
from ui.common.text_format import TextFormat, job_name
from ui.completion.failure_editor import FailureEditor
from ui.completion.second_person import SecondPerson
from ui.completion.view_model import attempt_title, button_words, consequence, counts_sentence, title_words
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.confirm_keys import ConfirmKeys
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.pane import Pane
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.plain_text import PlainText
from ui.widgets.sheet import Sheet

_WIDTH = 640
LEAVE_WORDS = said("Leave it, it is settled later")


class PreviewDialog(Sheet):
    """`send_requested` carries the very preview that is shown; nothing is rebuilt elsewhere."""

    send_requested = Signal(object)  # Preview
    left = Signal()  # while it was sending: what became of it is told in the gate
    sign_in_requested = Signal()
    witness_requested = Signal()  # of somebody who looked in Pleo, where the journal is in doubt

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
        self.deadline = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.failure = FailureEditor()
        self.second = SecondPerson()
        self.caption = PlainLabel(role=TextRole.QUIET)
        self.body = PlainText(mono=True)
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
        self.confirm_keys = ConfirmKeys(self, self.send.click)
        self.show_preview(preview)

    def _dress(self) -> None:
        self.title.setObjectName("previewTitle")
        self.job.setObjectName("previewJob")
        self.counts.setObjectName("previewCounts")
        self.rule.setObjectName("previewRule")
        self.consequence.setObjectName("previewConsequence")
        self.deadline.setObjectName("previewDeadline")
        self.messages.setObjectName("previewMessages")
        self.body.setObjectName("previewBody")
        self.body.setAccessibleDescription(tr("The exact text that is sent"))
        self.caption.setObjectName("previewCaption")
        self.forbidden.setObjectName("previewForbidden")
        self.forbidden.hide()
        self.send.setObjectName("sendButton")
        self.send.setProperty("primary", "true")
        # Enter presses the button that the user has gone to, and none from anywhere else.
        self.send.setAutoDefault(False)
        self.cancel.setAutoDefault(False)
        self.cancel.setObjectName("cancelButton")

    def _arrange(self) -> None:
        for widget in (self.title, self.job, self.messages, self.counts, self.rule, self.consequence, self.deadline):
            self.column.addWidget(widget)
        self.column.addSpacing(HALF)
        self.column.addWidget(self.failure)
        self.column.addWidget(self.second)
        self.column.addWidget(self.caption)
        ground = Pane("window")
        framed = QVBoxLayout(ground)
        framed.setContentsMargins(GRID + HALF, GRID, GRID + HALF, GRID)
        framed.addWidget(self.body)
        self.column.addWidget(ground)
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
        if preview.deadline:
            at = self._fmt.moment(preview.deadline)
            self.deadline.setText(tr("Pleo lets the job expire at {moment}.", moment=at))
        self.deadline.setVisible(preview.deadline is not None)
        self.failure.setVisible(event.event == Event.FAILED)
        if event.event == Event.FAILED:
            self.failure.show_failure(event.failure_reason or "", event.failure_reason_type or FailureType(""))
        self.send.setText(shown(button_words(event.event)).replace("&", "&&"))
        self.send.setVisible(True)
        self.caption.setText(tr("Exactly this is sent to Pleo:"))
        self.cancel.setText(tr("Cancel"))
        self._enable_send()
        self._show_body()

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
        self.send.setVisible(True)
        self._enable_send()
        self.cancel.setText(tr("Cancel"))
        self.fit()

    def show_end(self, kind: MessageKind, title: str, words: str, details: str, *, was_sent: bool) -> None:
        """After an attempt that is over: the questions go, what was sent stays to be read."""
        self._show_attempt(kind, title, words, details)
        self.title.setText(attempt_title(self._preview.event.event))
        for widget in (self.counts, self.rule, self.consequence, self.deadline, self.failure, self.second):
            widget.hide()
        self.caption.setText(tr("This was sent to Pleo:") if was_sent else tr("This was not sent:"))
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
        self.body.set_text(self._preview.event.as_json())
        self.fit()

    def _act(self, key: str) -> None:
        (self.witness_requested if key == LOOKED else self.sign_in_requested).emit()

    def _leave(self) -> None:
        """What is on its way goes on, and is settled by reading; nothing is sent again."""
        if self._is_sending:
            self._is_sending = False
            self.left.emit()
        self.reject()

    def must_stay(self) -> bool:
        return self._is_sending
