from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.icons import pixmap
from ui.theme.metrics import ICON, scaled


class IconLabel(QWidget):
    """Draws a named icon in the colours and at the pixel ratio of the moment."""

    def __init__(
        self, name: str = "", size: int = ICON, tone: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._tone = name, size, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, tone: str | None = None) -> None:
        self._name, self._tone = name, tone
        self.setVisible(bool(name))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(self._size), scaled(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            tone = self._tone if self.isEnabled() else "disabled"
            painter = QPainter(self)
            painter.drawPixmap(0, 0, pixmap(self._name, scaled(self._size), self.devicePixelRatioF(), tone))
            painter.end()
