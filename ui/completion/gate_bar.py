"""The answer of the right pane as a line, while there is no room for the pane."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.messages import tr
from ui.theme.metrics import GRID
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.ready_button import ReadyButton


class GateBar(QWidget):
    """State, blockers and the one button; never without any of them."""

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gateBar")
        self.setAccessibleName(tr("Can it be completed?"))
        self.headline = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.headline.setObjectName("gateBarHeadline")
        self.words = PlainLabel(wrap=True)
        self.words.setObjectName("gateBarWords")
        self.action = ReadyButton()
        self.action.setObjectName("gateBarComplete")
        self.action.setProperty("primary", "true")
        self.action.act_requested.connect(self.action_requested)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.headline)
        words.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addLayout(words, 1)
        row.addWidget(self.action)

    def follow(self, headline: str, words: str, button: ReadyButton) -> None:
        """`button` is the pane's own: this one says and does the same."""
        self.headline.setText(headline)
        self.words.setText(words)
        self.action.setText(button.text())
        self.action.set_ready(is_ready=button.is_ready(), waits_for=button.waits_for())
        self.action.setVisible(not button.isHidden())
