"""The text of the event byte for byte as it is sent, folded until somebody asks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.messages import said, shown, tr
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID, HALF
from ui.widgets.pane import Pane
from ui.widgets.plain_text import PlainText

TO_BE_SENT = said("Exactly what is sent")
WAS_SENT = said("Exactly what was sent")
NOT_SENT = said("What was not sent")


class ExactText(QWidget):
    folded = Signal()  # or unfolded: it needs another height

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = QPushButton()
        self.body = PlainText(mono=True)
        self._ground = Pane("window")
        self._dress()
        self._arrange()
        self.fold.toggled.connect(self._show)
        self.set_caption(TO_BE_SENT)
        self._show(is_shown=False)

    def set_caption(self, words: str) -> None:
        self.fold.setText(shown(words))

    def set_text(self, text: str) -> None:
        self.body.set_text(text)

    def _dress(self) -> None:
        self.fold.setObjectName("previewBodyFold")
        self.fold.setProperty("flat-link", "true")
        self.fold.setCheckable(True)
        self.fold.setAutoDefault(False)
        self.body.setObjectName("previewBody")
        self.body.setAccessibleDescription(tr("The exact text that is sent"))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.fold)
        head.addStretch(1)
        framed = QVBoxLayout(self._ground)
        framed.setContentsMargins(GRID + HALF, GRID, GRID + HALF, GRID)
        framed.addWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addLayout(head)
        column.addWidget(self._ground)

    def _show(self, is_shown: bool) -> None:
        set_icon(self.fold, "chevron-down" if is_shown else "chevron-right", "accent")
        self._ground.setVisible(is_shown)
        self.folded.emit()
