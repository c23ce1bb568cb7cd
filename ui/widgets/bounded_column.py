from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.pane import ScrollColumn


class BoundedColumn(ScrollColumn):
    """Widgets below each other, as high as they need, up to so many pixels, beyond which they scroll. Where that is
    words alone, `is_read`, keys can scroll them too."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        ground: str = "surface",
        highest: int | None = None,
        is_read: bool = False,
    ) -> None:
        """`highest` in pixels; None sets no bound."""
        super().__init__(parent, ground=ground)
        self._highest = highest
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.content.installEventFilter(self)
        if is_read:
            self.setProperty("read", "true")
            self.verticalScrollBar().rangeChanged.connect(self._take_keys)

    def bound_to(self, pixels: int) -> None:
        if pixels != self._highest:
            self._highest = pixels
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        around = 2 * self.frameWidth()
        layout = self.content.layout()
        if layout is None:
            return super().sizeHint()
        width = self.viewport().width()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return QSize(layout.totalSizeHint().width() + around, self._bounded(needed + around if needed > 0 else 0))

    def minimumSizeHint(self) -> QSize:
        """Half of the bound, so that something is left to be read where all room is scarce."""
        least = self.sizeHint().height()
        return QSize(0, least if self._highest is None else min(least, self._highest // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bounded(self, pixels: int) -> int:
        return pixels if self._highest is None else min(pixels, self._highest)

    def _take_keys(self, _least: int, most: int) -> None:
        """What is all in sight is no stop on the way through the window."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most > 0 else Qt.FocusPolicy.NoFocus)
