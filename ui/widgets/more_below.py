from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.messages import tr
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID


class MoreBelow(QPushButton):
    """Says under a scrolled area that there is more below, and goes there when it is pressed."""

    def __init__(self, area: QScrollArea, parent: QWidget | None = None) -> None:
        super().__init__(tr("More below"), parent)
        self.setObjectName("moreBelow")
        self._bar = area.verticalScrollBar()
        set_icon(self, "chevron-down")
        # Keys reach what is below by themselves: the area follows the focus.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(False)
        self.hide()
        self._bar.rangeChanged.connect(self._judge)
        self._bar.valueChanged.connect(self._judge)
        self.clicked.connect(self._go_on)

    def _judge(self) -> None:
        self.setVisible(self._bar.maximum() - self._bar.value() > GRID)

    def _go_on(self) -> None:
        self._bar.setValue(self._bar.value() + max(1, self._bar.pageStep() - 4 * GRID))


def with_more_below(area: QScrollArea) -> QVBoxLayout:
    """The area, and what says that it goes on."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(area, 1)
    column.addWidget(MoreBelow(area))
    return column
