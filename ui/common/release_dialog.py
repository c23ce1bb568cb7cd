"""Who looked in Pleo, and what they saw there: the way out of what Signoff cannot find out by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from ui.theme.metrics import GRID
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet

_WIDTH = 520
_SAW_HEIGHT = 88
JOURNAL_CONFIRMED = "The journal is confirmed, and nothing was sent yet"
JOURNAL_GOES_ON = "Your name and what Pleo shows stand in it. It can be sent now, where it is still to be sent."


class WitnessDialog(Sheet):
    """`witnessed` carries the name and what was seen. `name` begins the names of its parts, `act` is the button's
    words."""

    witnessed = Signal(str, str)

    def __init__(self, name: str, title: str, consequence: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(_WIDTH, parent)
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle(act)
        self.title = PlainLabel(title, role=TextRole.TITLE, wrap=True)
        self.consequence = PlainLabel(consequence, wrap=True)
        self.by = QLineEdit()
        self.saw = QPlainTextEdit()
        self.cancel = QPushButton("Cancel")
        self.confirm = QPushButton(act)
        self._dress(name)
        self._arrange()
        self.by.textChanged.connect(self._enable)
        self.saw.textChanged.connect(self._enable)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._confirm)
        self._enable()

    def _dress(self, name: str) -> None:
        for part, words, widget in (
            ("By", "Your name", self.by),
            ("Saw", "What Pleo shows of the job and its items", self.saw),
        ):
            widget.setObjectName(name + part)
            widget.setAccessibleName(words)
        self.title.setObjectName(f"{name}Title")
        self.cancel.setObjectName(f"{name}Cancel")
        self.confirm.setObjectName(f"{name}Confirm")
        self.saw.setTabChangesFocus(True)
        self.saw.setFixedHeight(_SAW_HEIGHT)
        for button in (self.cancel, self.confirm):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        for widget in (
            self.title,
            self.consequence,
            PlainLabel("Your name", role=TextRole.QUIET),
            self.by,
            PlainLabel("What Pleo shows of the job and its items", role=TextRole.QUIET),
            self.saw,
        ):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.foot.setSpacing(GRID)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.confirm)
        self.by.setFocus()

    def _enable(self) -> None:
        self.confirm.setEnabled(bool(self.by.text().strip() and self.saw.toPlainText().strip()))

    def _confirm(self) -> None:
        self.witnessed.emit(self.by.text(), self.saw.toPlainText())
        self.accept()


class ReleaseDialog(WitnessDialog):
    """`what` is what is not known, such as "the event"."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        consequence = (
            "Signoff could not find out what became of it. Look at the job in Pleo itself first. After a release it is "
            "not waited for any more, and it can be sent again. Your words stay in the journal."
        )
        super().__init__("release", f"What does Pleo show of {what}?", consequence, "Release", parent)


class JournalDoubtDialog(WitnessDialog):
    """`found` says what speaks against the journal, as a sentence."""

    def __init__(self, found: str, parent: QWidget | None = None) -> None:
        consequence = (
            f"{found} What was sent before may not be in it. Look at this job in Pleo itself first, and at every other "
            "job that was sent lately. Afterwards Signoff goes on from the journal as it is now. Your words stay in it."
        )
        super().__init__("journalDoubt", "What does Pleo show of this job?", consequence, "Confirm", parent)
