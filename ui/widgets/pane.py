from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme.metrics import GRID


class Pane(QFrame):
    """A ground for other widgets: `surface` for what is read, `window` for what frames it."""

    def __init__(self, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", ground)


class ScrollColumn(QScrollArea):
    """Widgets below each other that wrap to the width and scroll when they are too many. Fill `column`."""

    def __init__(self, parent: QWidget | None = None, *, ground: str = "surface") -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = self.content = _Content(ground)
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.setWidget(content)

    def show_field(self, field: QWidget) -> None:
        """In sight and with the focus."""
        self.column.activate()
        self.ensureWidgetVisible(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)


class _Content(Pane):
    def minimumSizeHint(self) -> QSize:
        """Qt takes the preferred height of wrapped text for its least, and scrolls where everything fits."""
        smallest = super().minimumSizeHint()
        return QSize(smallest.width(), 0) if self.hasHeightForWidth() else smallest
