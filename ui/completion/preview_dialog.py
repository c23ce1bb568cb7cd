"""What will be sent, before it is sent; then how it goes, and what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.completion.preview import Preview
from app.models.words import Event, FailureType
from ui.completion.failure_editor import FailureEditor
from ui.completion.view_model import button_words, consequence, counts_sentence, title_words
from ui.text_format import TextFormat
from ui.theme.metrics import GRID, HALF, fixed_font
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.hairline import Hairline
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole

_WIDTH, _HEIGHT = 640, 600


class PreviewDialog(QDialog):
    """`send_requested` carries the very preview that is shown; nothing is rebuilt elsewhere."""

    send_requested = Signal(object)  # Preview

    def __init__(self, preview: Preview, words: TextFormat, company: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewDialog")
        self._words = words
        self._preview = preview
        self._is_sending = False
        self.title = PlainLabel(role=TextRole.TITLE, wrap=True)
        self.messages = MessageBar()
        self.job = PlainLabel(
            f"{company} · job {preview.event.job_id}", role=TextRole.QUIET, wrap=True, selectable=True
        )
        self.counts = PlainLabel(wrap=True)
        self.rule = PlainLabel(wrap=True)
        self.consequence = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.deadline = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.failure = FailureEditor()
        self.body = QPlainTextEdit()
        self.busy = BusyIndicator(delay_ms=0)
        self.cancel = QPushButton("Cancel")
        self.send = QPushButton()
        self._dress()
        self._arrange()
        self.failure.edited.connect(self._edit)
        self.send.clicked.connect(lambda: self.send_requested.emit(self._preview))
        self.cancel.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.send.click)
        self.show_preview(preview)

    def _dress(self) -> None:
        self.title.setObjectName("previewTitle")
        self.counts.setObjectName("previewCounts")
        self.rule.setObjectName("previewRule")
        self.consequence.setObjectName("previewConsequence")
        self.deadline.setObjectName("previewDeadline")
        self.messages.setObjectName("previewMessages")
        self.body.setObjectName("previewBody")
        self.body.setAccessibleName("The exact text that is sent")
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setFont(fixed_font(self.font()))
        self.send.setObjectName("sendButton")
        self.send.setProperty("primary", "true")
        # Enter must not send by accident, wherever the focus is.
        self.send.setAutoDefault(False)
        self.cancel.setObjectName("cancelButton")
        self.cancel.setDefault(True)

    def _arrange(self) -> None:
        area = ScrollColumn()
        inner = area.column
        inner.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        inner.setSpacing(GRID)
        for widget in (self.title, self.job, self.messages, self.counts, self.rule, self.consequence, self.deadline):
            inner.addWidget(widget)
        inner.addWidget(self.failure)
        inner.addWidget(PlainLabel("Exactly this is sent to Pleo:", role=TextRole.QUIET))
        inner.addWidget(self.body)
        inner.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(3 * GRID, GRID + HALF, 3 * GRID, 2 * GRID)
        buttons.setSpacing(GRID)
        buttons.addWidget(self.busy, 1)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(Hairline())
        column.addLayout(buttons)
        self.resize(_WIDTH, _HEIGHT)
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
        self.setWindowTitle("Start job" if event.event == Event.STARTED else "Complete job")
        self.title.setText(title_words(event.event))
        self.counts.setText(counts_sentence(preview.tally))
        self.rule.setText(f"Why this event: {preview.rule}")
        self.consequence.setText(consequence(preview))
        ends = f"Pleo lets the job expire at {self._words.moment(preview.deadline)}." if preview.deadline else ""
        self.deadline.setText(ends)
        self.failure.setVisible(event.event == Event.FAILED)
        if event.event == Event.FAILED:
            self.failure.show_failure(event.failure_reason or "", event.failure_reason_type or FailureType(""))
        self.send.setText(button_words(event.event).replace("&", "&&"))
        self.send.setVisible(True)
        self.send.setEnabled(True)
        self.cancel.setText("Cancel")
        self._show_body()

    def show_sending(self, step: str) -> None:
        """From here on the dialog cannot be closed until the outcome is known or given up on."""
        self._is_sending = True
        self.messages.clear()
        self.failure.setEnabled(False)
        self.send.setEnabled(False)
        self.cancel.setEnabled(False)
        self.busy.start(f"{step} …")

    def show_message(
        self, kind: MessageKind, title: str, words: str, details: str, *, send_again: str | None = None
    ) -> None:
        """After an attempt. `send_again` is the text of the button where the same preview may be sent once more."""
        self._is_sending = False
        self.busy.stop()
        self.messages.show_message(kind, title, details, advice=words, closable=False)
        self.failure.setEnabled(send_again is not None)
        self.send.setVisible(send_again is not None)
        self.send.setEnabled(send_again is not None)
        if send_again:
            self.send.setText(send_again)
        self.cancel.setEnabled(True)
        self.cancel.setText("Cancel" if send_again else "Close")
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def propose_type(self, kind: FailureType) -> None:
        """Puts another failure type into the draft; the reason stays as the user wrote it."""
        event = self._preview.event
        self._preview = self._preview.with_failure(event.failure_reason or "", kind)
        self.failure.show_failure(event.failure_reason or "", kind)
        self._show_body()

    def _edit(self, reason: str, kind: FailureType) -> None:
        self._preview = self._preview.with_failure(reason, kind)
        self.send.setEnabled(bool(reason.strip()) and bool(kind))
        self._show_body()

    def _show_body(self) -> None:
        self.body.setPlainText(self._preview.event.as_json())
        lines = min(12, self.body.document().blockCount() + 1)
        self.body.setFixedHeight(lines * self.body.fontMetrics().lineSpacing() + 3 * GRID)

    def reject(self) -> None:
        if not self._is_sending:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_sending:
            event.ignore()
        else:
            super().closeEvent(event)
