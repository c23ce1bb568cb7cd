"""What Signoff is, what it is made of, and whether this installation of it works."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.messages import shown, tr
from ui.theme.metrics import GRID, fixed_font
from ui.widgets.plain_label import PlainLabel, TextRole

_SIZE = (640, 420)


class AboutDialog(QDialog):
    """`check_requested` and `licences_requested` ask for what the text below then shows."""

    check_requested = Signal()
    licences_requested = Signal()

    def __init__(self, title: str, facts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutBox")
        self.setWindowTitle(tr("About Signoff"))
        self.title = PlainLabel(title, role=TextRole.TITLE)
        self.facts = PlainLabel("\n".join(map(shown, facts)))
        self.text = QPlainTextEdit()
        self.check_button = QPushButton(tr("Check this installation"))
        self.licences_button = QPushButton(tr("Licences"))
        self.close_button = QPushButton(tr("Close"))
        self._dress()
        self._arrange()
        self.check_button.clicked.connect(self.check_requested)
        self.licences_button.clicked.connect(self.licences_requested)
        self.close_button.clicked.connect(self.accept)
        self.resize(*_SIZE)

    def show_checking(self) -> None:
        self.check_button.setEnabled(False)
        self.text.setPlainText(tr("Checking …"))

    def show_text(self, text: str) -> None:
        self.check_button.setEnabled(True)
        self.text.setPlainText(shown(text))

    def _dress(self) -> None:
        self.text.setReadOnly(True)
        self.text.setPlaceholderText(tr("Nothing was checked yet."))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.text.setFont(fixed_font(self.font()))
        self.text.setTabChangesFocus(True)
        self.facts.setWordWrap(True)
        for name, words, widget in (
            ("aboutTitle", "", self.title),
            ("aboutFacts", "", self.facts),
            ("aboutText", tr("Licences, or what was found about this installation"), self.text),
            ("checkInstallation", tr("Check this installation"), self.check_button),
            ("showLicences", tr("Licences"), self.licences_button),
            ("closeAbout", tr("Close"), self.close_button),
        ):
            widget.setObjectName(name)
            if words:
                widget.setAccessibleName(words)
        for button in (self.check_button, self.licences_button):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.check_button)
        foot.addWidget(self.licences_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
