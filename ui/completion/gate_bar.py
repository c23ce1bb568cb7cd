"""The answer of the right pane in a few lines, while there is no room for the pane."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.messages import tr
from ui.theme.metrics import GRID
from ui.widgets.bounded_column import BoundedColumn
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.ready_button import ReadyButton

_LINES = 3


class GateBar(QWidget):
    """State, blockers and the one button; never without any of them. Of many words the first lines are in sight, and
    the others scroll: the items keep their room."""

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gateBar")
        self.setAccessibleName(tr("Can it be completed?"))
        self.headline = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.headline.setObjectName("gateBarHeadline")
        # Else it would have the height of the lines that it takes where nothing else sets its width.
        policy = self.headline.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Preferred)
        self.headline.setSizePolicy(policy)
        self.words = PlainLabel(wrap=True)
        self.words.setObjectName("gateBarWords")
        self.reading = BoundedColumn(is_read=True)
        self.reading.setObjectName("gateBarReading")
        self.reading.column.setSpacing(0)
        self.reading.column.addWidget(self.words)
        self.reading.column.addStretch(1)
        self.action = ReadyButton()
        self.action.setObjectName("gateBarComplete")
        self.action.setProperty("primary", "true")
        self.action.act_requested.connect(self.action_requested)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.headline)
        words.addWidget(self.reading)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addLayout(words, 1)
        row.addWidget(self.action)
        self._bound()

    def follow(self, headline: str, words: str, button: ReadyButton) -> None:
        """`button` is the pane's own: this one says and does the same."""
        self.headline.setText(headline)
        self.words.setText(words)
        self.reading.setAccessibleName(self.headline.text())
        self.reading.setAccessibleDescription(self.words.text())
        self.action.setText(button.text())
        self.action.set_ready(is_ready=button.is_ready(), waits_for=button.waits_for())
        self.action.setVisible(not button.isHidden())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._bound()

    def _bound(self) -> None:
        self.reading.bound_to(_LINES * self.words.fontMetrics().lineSpacing() + 2 * self.reading.frameWidth())
