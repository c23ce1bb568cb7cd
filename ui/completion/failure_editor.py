"""The wording and the type that a `failed` event carries; the user may edit both."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.messages import shown, tr
from app.models.vocabulary import JOB_FAILURES, FailureType
from app.review.failure_catalogue import failure_words
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.choice import Choice
from ui.widgets.plain_label import PlainLabel, TextRole

_REASON_HEIGHT = 88


class FailureEditor(QWidget):
    edited = Signal(str, str)  # reason, FailureType

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("failureEditor")
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("failureReason")
        self.reason.setAccessibleName(tr("Failure reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(scaled(_REASON_HEIGHT))
        self.kind = Choice()
        self.kind.setObjectName("failureReasonType")
        self.kind.setAccessibleName(tr("Failure type"))
        self.missing = PlainLabel(
            tr("A failed job says why: write a reason before it is sent."), role=TextRole.STRONG, wrap=True
        )
        self.missing.setObjectName("failureReasonMissing")
        self.missing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(HALF)
        column.addWidget(PlainLabel(tr("Failure reason, as people in Pleo will read it"), role=TextRole.QUIET))
        column.addWidget(self.reason)
        column.addWidget(self.missing)
        column.addWidget(PlainLabel(tr("Failure type"), role=TextRole.QUIET))
        column.addWidget(self.kind)
        self.reason.textChanged.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._tell)

    def show_failure(self, reason: str, kind: FailureType) -> None:
        """A type of the connection's own that no list holds is offered too."""
        blocker = QSignalBlocker(self)
        self.kind.clear()
        for known in dict.fromkeys((kind, *JOB_FAILURES)):
            self.kind.addItem(f"{shown(failure_words(known).title)}  ({known})", known)
        self.kind.setCurrentIndex(0)
        if reason != self.reason.toPlainText():
            self.reason.setPlainText(reason)
        blocker.unblock()

    def show_missing(self, *, is_missing: bool) -> None:
        self.missing.setVisible(is_missing)

    def _tell(self) -> None:
        self.edited.emit(self.reason.toPlainText(), self.kind.currentData() or "")
