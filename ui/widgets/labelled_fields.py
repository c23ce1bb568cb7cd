from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.messages import shown
from ui.theme.metrics import GRID, scaled

_LABEL_WIDTH = 128
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LabelledFields(QGridLayout):
    """Fields below each other, each with its label in the middle of its height; labels of several lists line up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(GRID)
        self.setVerticalSpacing(GRID)
        self.setColumnMinimumWidth(0, scaled(_LABEL_WIDTH))
        self.setColumnStretch(1, 1)

    def add(self, text: str, field: QWidget, buddy: QWidget | None = None) -> None:
        """`text` may hold a mnemonic, which leads to the field, or to its part `buddy`."""
        label = QLabel(shown(text))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(buddy or field)
        row = self.rowCount()
        self.addWidget(label, row, 0, _MIDDLE)
        self.addWidget(field, row, 1)
