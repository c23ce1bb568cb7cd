from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.metrics import GRID, HALF
from ui.widgets.hairline import Hairline
from ui.widgets.pane import ScrollColumn

# Room for the frame that the desktop draws around a window, in pixels.
_FRAME_HEIGHT = 40


class Sheet(QDialog):
    """A dialog as high as its content, and no narrower than that needs. What the screen has no room for scrolls; the
    buttons in `foot` stay in sight."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        """`width` in pixels, where the content does not need more."""
        super().__init__(parent)
        # Large text asks for more than a small screen has.
        width = self._least_width = min(width, self.screen().availableGeometry().width())
        self.area = ScrollColumn()
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column = self.area.column
        self.column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(3 * GRID, GRID + HALF, 3 * GRID, 2 * GRID)
        self.foot.setSpacing(GRID)
        self._line = Hairline()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._line)
        whole.addLayout(self.foot)
        self.setMinimumWidth(width)

    def fit(self) -> None:
        """Grows to what the content needs now. It never shrinks: a button must not move away under the pointer."""
        layout = self.area.content.layout()
        if layout is None:
            return
        layout.activate()
        room = self.screen().availableGeometry()
        self.setMinimumWidth(min(self._needed_width(), room.width()))
        width = max(self.width(), self.minimumWidth())
        frame = 2 * self.area.frameWidth()
        content = layout.totalHeightForWidth(width - frame) + frame
        needed = content + self._line.height() + self.foot.totalSizeHint().height()
        height = min(needed, room.height() - _FRAME_HEIGHT)
        self.resize(width, max(height, self.height()) if self.isVisible() else height)
        if self.isVisible() and self.frameGeometry().bottom() > room.bottom():
            self.move(self.x(), max(room.top(), room.bottom() - self.frameGeometry().height()))

    def _needed_width(self) -> int:
        """What cannot wrap, such as the words of a check box, is not cut off, whether the rest scrolls or not."""
        bar = self.area.verticalScrollBar().sizeHint().width()
        content = self.area.content.minimumSizeHint().width() + bar + 2 * self.area.frameWidth()
        return max(self._least_width, content, self.foot.totalMinimumSize().width())

    def must_stay(self) -> bool:
        """Whether something is under way that its user has to see the end of."""
        return False

    def reject(self) -> None:
        if not self.must_stay():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.must_stay():
            event.ignore()
        else:
            super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
