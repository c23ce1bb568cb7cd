"""Who looked in Pleo, and what they saw there: the way out of what Signoff cannot find out by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from app.messages import joined, said, shown, tr
from ui.theme.metrics import GRID, scaled
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet

_WIDTH = 520
_SAW_HEIGHT = 88
JOURNAL_CONFIRMED = said("The journal is confirmed, and nothing was sent yet")
JOURNAL_GOES_ON = said("Your name and what Pleo shows stand in it. It can be sent now, where it is still to be sent.")


class WitnessDialog(Sheet):
    """`witnessed` carries the name and what was seen. `name` begins the names of its parts, `act` is the button's
    words."""

    witnessed = Signal(str, str)

    def __init__(self, name: str, title: str, consequence: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle(shown(act))
        self.title = PlainLabel(title, role=TextRole.TITLE, wrap=True)
        self.consequence = PlainLabel(consequence, wrap=True)
        self.by = QLineEdit()
        self.saw = QPlainTextEdit()
        self.cancel = QPushButton(tr("Cancel"))
        self.confirm = QPushButton(shown(act))
        self._dress(name)
        self._arrange()
        self.by.textChanged.connect(self._enable)
        self.saw.textChanged.connect(self._enable)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._confirm)
        self._enable()

    def _dress(self, name: str) -> None:
        for part, words, widget in (
            ("By", tr("Your name"), self.by),
            ("Saw", tr("What Pleo shows of the job and its items"), self.saw),
        ):
            widget.setObjectName(name + part)
            widget.setAccessibleName(words)
        self.title.setObjectName(f"{name}Title")
        self.cancel.setObjectName(f"{name}Cancel")
        self.confirm.setObjectName(f"{name}Confirm")
        self.saw.setTabChangesFocus(True)
        self.saw.setFixedHeight(scaled(_SAW_HEIGHT))
        for button in (self.cancel, self.confirm):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        for widget in (
            self.title,
            self.consequence,
            PlainLabel(tr("Your name"), role=TextRole.QUIET),
            self.by,
            PlainLabel(tr("What Pleo shows of the job and its items"), role=TextRole.QUIET),
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
    """`asks` is the question: what does Pleo show of that of which nobody knows yet?"""

    def __init__(self, asks: str, parent: QWidget | None = None) -> None:
        consequence = said(
            "Signoff could not find out what became of it. Look at the job in Pleo itself first. After a release it is "
            "not waited for any more, and it can be sent again. Your words stay in the journal."
        )
        super().__init__("release", asks, consequence, said("Release"), parent)


class JournalDoubtDialog(WitnessDialog):
    """`found` says what speaks against the journal, as a sentence without its full stop."""

    def __init__(self, found: str, parent: QWidget | None = None) -> None:
        to_do = said(
            "What was sent before may not be in it. Look at this job in Pleo itself first, and at every other job that "
            "was sent lately. Afterwards Signoff goes on from the journal as it is now. Your words stay in it."
        )
        consequence = joined(" ", (joined("", (found, ".")), to_do))
        asks = said("What does Pleo show of this job?")
        super().__init__("journalDoubt", asks, consequence, said("Confirm"), parent)
