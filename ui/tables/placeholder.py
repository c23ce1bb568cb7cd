"""What a table says in place of rows, on screen and to a screen reader; over rows it says nothing."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTableView

from app.messages import shown
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, title_font

_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
_WIDEST = 420


class Placeholder:
    def __init__(self, view: QTableView) -> None:
        self._view = view
        self._title = self._hint = ""

    def set_texts(self, title: str, hint: str) -> None:
        self._title, self._hint = shown(title), shown(hint)
        self.describe()
        self._view.viewport().update()

    def is_due(self) -> bool:
        model = self._view.model()
        return model is None or model.rowCount() == 0

    def describe(self) -> None:
        """After each change of the rows."""
        words = " ".join(filter(None, (self._title, self._hint)))
        self._view.setAccessibleDescription(words if self.is_due() else "")

    def paint(self) -> None:
        _paint(self._view, self._title, self._hint)


def _paint(view: QTableView, title: str, hint: str) -> None:
    room = view.viewport().rect()
    width = max(0, min(_WIDEST, room.width() - 4 * GRID))
    column = QRect(room.center().x() - width // 2, room.top() + max(4 * GRID, room.height() // 4), width, room.height())
    painter = QPainter(view.viewport())
    painter.setFont(title_font(view.font()))
    painter.setPen(QColor(current_tokens().text))
    used = painter.drawText(column, int(_WRAPPED), title)
    painter.setFont(view.font())
    painter.setPen(QColor(current_tokens().quiet))
    painter.drawText(column.adjusted(0, used.height() + GRID, 0, 0), int(_WRAPPED), hint)
    painter.end()
