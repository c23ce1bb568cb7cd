"""The way out of what stays unknown: who looked in Pleo, and what they saw there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from ui.theme.metrics import GRID
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet

_WIDTH = 520
_SAW_HEIGHT = 88


class ReleaseDialog(Sheet):
    """`release_requested` carries the name and what was seen. `what` is what is not known, such as "the event"."""

    release_requested = Signal(str, str)

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(_WIDTH, parent)
        self.setObjectName("releaseDialog")
        self.setWindowTitle("Release")
        self.title = PlainLabel(f"What does Pleo show of {what}?", role=TextRole.TITLE, wrap=True)
        self.consequence = PlainLabel(
            "Signoff could not find out what became of it. Look at the job in Pleo itself first. After a release it is "
            "not waited for any more, and it can be sent again. Your words stay in the journal.",
            wrap=True,
        )
        self.by = QLineEdit()
        self.saw = QPlainTextEdit()
        self.cancel = QPushButton("Cancel")
        self.release = QPushButton("Release")
        self._dress()
        self._arrange()
        self.by.textChanged.connect(self._enable)
        self.saw.textChanged.connect(self._enable)
        self.cancel.clicked.connect(self.reject)
        self.release.clicked.connect(self._release)
        self._enable()

    def _dress(self) -> None:
        for name, words, widget in (
            ("releaseBy", "Your name", self.by),
            ("releaseSaw", "What Pleo shows of the job and its items", self.saw),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(words)
        self.title.setObjectName("releaseTitle")
        self.cancel.setObjectName("releaseCancel")
        self.release.setObjectName("releaseConfirm")
        self.saw.setTabChangesFocus(True)
        self.saw.setFixedHeight(_SAW_HEIGHT)
        for button in (self.cancel, self.release):
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
        self.foot.addWidget(self.release)
        self.by.setFocus()

    def _enable(self) -> None:
        self.release.setEnabled(bool(self.by.text().strip() and self.saw.toPlainText().strip()))

    def _release(self) -> None:
        self.release_requested.emit(self.by.text(), self.saw.toPlainText())
        self.accept()
