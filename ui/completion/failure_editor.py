"""The wording and the type that a `failed` event carries; the user may edit both."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.completion.failure import FailureTypes, TypeOrigin
from app.messages import joined, said, shown, tr
from app.models.vocabulary import JOB_FAILURES, FailureType
from app.review.failure_catalogue import failure_words
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.choice import Choice
from ui.widgets.plain_label import PlainLabel, TextRole

_REASON_HEIGHT = 72
_ORIGINS = {
    TypeOrigin.DEFAULT: said("The default of this connection."),
    TypeOrigin.MAPPED: said("By this connection's integration specification."),
    TypeOrigin.MOST_FREQUENT: said("As most failed items say."),
    TypeOrigin.CHOSEN: said("Chosen by you."),
}


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
        self.origin = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.origin.setObjectName("failureTypeOrigin")
        self.proposal = QPushButton(tr("Take that type"))
        self.proposal.setObjectName("failureTypeProposal")
        self.proposal.setProperty("flat-link", "true")
        self.proposal.setAutoDefault(False)
        self.proposal.hide()
        self._types: FailureTypes | None = None
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
        column.addWidget(self.origin)
        column.addWidget(self.proposal, 0, Qt.AlignmentFlag.AlignLeft)
        self.proposal.clicked.connect(self._take_proposal)
        self.reason.textChanged.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._tell)

    def show_failure(self, reason: str, kind: FailureType) -> None:
        """A type of the connection's own that no list holds is offered too."""
        blocker = QSignalBlocker(self)
        self.kind.clear()
        for known in dict.fromkeys((kind, *JOB_FAILURES)):
            self.kind.addItem(_type_words(known), known)
        self.kind.setCurrentIndex(0)
        if reason != self.reason.toPlainText():
            self.reason.setPlainText(reason)
        blocker.unblock()
        self._show_origin()

    def show_types(self, types: FailureTypes) -> None:
        """Which types come into question, to say where the one that is chosen comes from."""
        self._types = types
        self._show_origin()

    def show_missing(self, *, is_missing: bool) -> None:
        self.missing.setVisible(is_missing)

    def _tell(self) -> None:
        self._show_origin()
        self.edited.emit(self.reason.toPlainText(), self.kind.currentData() or "")

    def _take_proposal(self) -> None:
        proposed = self._types.proposed if self._types else None
        if proposed:
            self.kind.setFocus()  # the button goes
            self.kind.setCurrentIndex(self._place_of(proposed))

    def _place_of(self, kind: FailureType) -> int:
        """Of a type that may stand in no list."""
        if self.kind.findData(kind) < 0:
            self.kind.addItem(_type_words(kind), kind)
        return self.kind.findData(kind)

    def _show_origin(self) -> None:
        """Where the type comes from, what it means, and what most failed items would have it be."""
        kind, types = self.kind.currentData(), self._types
        if types is None or not kind:
            return
        proposed = types.proposed if types.proposed != kind else None
        told: list[str] = [_ORIGINS[types.origin_of(kind)], failure_words(kind).meaning]
        if proposed:
            told.append(said("Most failed items say '{type}'.", type=failure_words(proposed).title))
        self.origin.setText(joined(" ", filter(None, told)))
        self.proposal.setVisible(proposed is not None)


def _type_words(kind: FailureType) -> str:
    """In plain words, with Pleo's code beside them."""
    return f"{shown(failure_words(kind).title)}  ({kind})"
