"""Why an item failed: Pleo's type, and the reason from a library of wordings that each item fills with its own."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.messages import ENGLISH, Language, said, shown, tr
from app.models.vocabulary import ITEM_FAILURES, FailureType
from app.outcomes.failure_wordings import VARIABLE_WORDS, proposals
from app.review.failure_catalogue import failure_words
from app.settings.failure_wordings import OwnWordings
from ui.theme.metrics import HALF, scaled
from ui.widgets.choice import Choice
from ui.widgets.labelled_fields import LabelledFields
from ui.widgets.plain_label import PlainLabel, TextRole

_REASON_HEIGHT = 68
_NO_TYPE = said("Choose what failed …")
_LONGEST = 90

# The reason as one item would say it; "" where there is none to show.
Example = Callable[[str], str]


class FailureFields(QWidget):
    edited = Signal()
    wording_forgotten = Signal(object, str)  # FailureType, one of the user's own

    def __init__(
        self, own: OwnWordings, example: Example, language: Language = ENGLISH, parent: QWidget | None = None
    ) -> None:
        """`language` is that of the wordings that are offered."""
        super().__init__(parent)
        self._language = language
        self._own = own
        self._example = example
        self.kind = Choice()
        self.wordings = Choice()
        self.forget = QPushButton(tr("Forget it"))
        self.reason = QPlainTextEdit()
        self.variables = Choice()
        self.example = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.lacking = PlainLabel(wrap=True)
        self._count = 1
        self._dress()
        self._arrange()
        self._fill_kinds()
        self.kind.currentIndexChanged.connect(self._take_kind)
        self.wordings.activated.connect(self._take_wording)
        self.variables.activated.connect(self._insert_variable)
        self.forget.clicked.connect(self._forget)
        self.reason.textChanged.connect(self.refresh)
        self.reason.textChanged.connect(self.edited)
        self._take_kind()

    def _dress(self) -> None:
        for name, widget, words in (
            ("outcomeType", self.kind, tr("What failed")),
            ("outcomeWordings", self.wordings, tr("Wordings for this failure")),
            ("outcomeForgetWording", self.forget, tr("Forget this wording of yours")),
            ("outcomeReason", self.reason, tr("Reason, as people in Pleo will read it")),
            ("outcomeVariables", self.variables, tr("Insert what each item says")),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(words)
        self.example.setObjectName("outcomeExample")
        self.lacking.setObjectName("outcomeLacking")
        self.lacking.hide()
        # Room for what most reasons come to, so that nothing moves while somebody types.
        self.example.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.example.setMinimumHeight(3 * self.example.fontMetrics().lineSpacing())
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(scaled(_REASON_HEIGHT))
        self.forget.setProperty("flat-link", "true")
        self.forget.setAutoDefault(False)
        for box in (self.kind, self.wordings):
            # A long wording must not make the dialog wider than the screen.
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.variables.addItem(tr("Insert from the item …"), "")
        for name, words in VARIABLE_WORDS.items():
            self.variables.addItem(shown(words), name)

    def _arrange(self) -> None:
        form = LabelledFields()
        row = QWidget()
        chosen = QHBoxLayout(row)
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.setSpacing(HALF)
        chosen.addWidget(self.wordings, 1)
        chosen.addWidget(self.forget)
        form.add(tr("&What failed"), self.kind)
        form.add(tr("W&ording"), row, self.wordings)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(tr("Reason, as people in Pleo will read it"), role=TextRole.QUIET), 1)
        head.addWidget(self.variables)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addLayout(form)
        column.addLayout(head)
        column.addWidget(self.reason)
        column.addWidget(self.example)
        column.addWidget(self.lacking)
        column.addStretch(1)

    def _fill_kinds(self) -> None:
        self.kind.addItem(shown(_NO_TYPE), "")
        for known in ITEM_FAILURES:
            self.kind.addItem(shown(failure_words(known).title), known)

    def failure_type(self) -> FailureType | None:
        chosen: FailureType | str = self.kind.currentData() or ""
        return FailureType(chosen) if chosen else None

    def wording(self) -> str:
        return self.reason.toPlainText()

    def choose_type(self, kind: FailureType) -> None:
        """Nothing where Pleo lists no such type for items."""
        place = self.kind.findData(kind)
        if place >= 0:
            self.kind.setCurrentIndex(place)

    def take_own(self, own: OwnWordings) -> None:
        self._own = own
        self._fill_wordings()

    def show_reason(self, kind: FailureType | None, reason: str) -> None:
        """In place of what was entered."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind or "")))
        self.wordings.setCurrentIndex(self.wordings.findData(reason))
        self.reason.setPlainText(reason)
        self._show_forget()

    def show_count(self, count: int) -> None:
        """For how many items it is."""
        self._count = count
        self.refresh()

    def show_lacking(self, words: str) -> None:
        """What some of the items have no value for; "" where there is nothing of the kind."""
        self.lacking.setText(words)
        self.lacking.setVisible(bool(words))

    def refresh(self) -> None:
        """What the reason comes to for the first item."""
        reason = self._example(self.wording())
        if not reason:
            self.example.setText("")
        elif self._count == 1:
            self.example.setText(tr("Reads: {reason}", reason=reason))
        else:
            self.example.setText(tr("Reads, for the first item: {reason}", reason=reason))

    def _take_kind(self) -> None:
        """A reason that was taken from the list gives way to the first one of the new type; one's own words stay."""
        was_offered = self.wording() in ("", *self._offered_before())
        self._fill_wordings()
        if was_offered:
            self.reason.setPlainText(self.wordings.itemData(0) or "")
        self._show_forget()
        self.edited.emit()

    def _offered_before(self) -> list[str]:
        return [self.wordings.itemData(place) for place in range(self.wordings.count())]

    def _fill_wordings(self) -> None:
        """One's own come first."""
        kind = self.failure_type()
        offered = offered_wordings(self._own, kind, self._language) if kind else ()
        blocker = QSignalBlocker(self.wordings)
        self.wordings.clear()
        for wording in offered:
            line = wording if len(wording) <= _LONGEST else f"{wording[:_LONGEST].rstrip()}…"
            self.wordings.addItem(line, wording)
        # With a placeholder Qt chooses none of its own accord.
        self.wordings.setCurrentIndex(0 if offered else -1)
        blocker.unblock()
        self.wordings.setEnabled(bool(offered))
        self.wordings.setPlaceholderText(tr("None is kept for this yet") if kind else tr("Choose what failed first"))

    def _take_wording(self) -> None:
        self.reason.setPlainText(self.wordings.currentData() or "")
        self._show_forget()

    def _insert_variable(self) -> None:
        name = self.variables.currentData()
        self.variables.setCurrentIndex(0)
        if name:
            self.reason.insertPlainText(f"{{{name}}}")
            self.reason.setFocus()

    def _show_forget(self) -> None:
        kind = self.failure_type()
        self.forget.setVisible(kind is not None and self.wordings.currentData() in self._own.of(kind))

    def _forget(self) -> None:
        kind = self.failure_type()
        if kind:
            self.wording_forgotten.emit(kind, self.wordings.currentData())
            self._show_forget()


def offered_wordings(own: OwnWordings, kind: FailureType, language: Language) -> tuple[str, ...]:
    """One's own come first."""
    return tuple(dict.fromkeys((*own.of(kind), *proposals(kind, language))))
