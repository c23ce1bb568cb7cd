from collections.abc import Callable

from PySide6.QtCore import QLine, QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QTableView

from ui.theme.apply import current_tokens

_BAR = 4


def paint_hairlines(view: QTableView, area: QRect) -> None:
    """One line below each row, all in one call; the stock grid draws each cell's."""
    height = view.verticalHeader().defaultSectionSize()
    first = max(0, view.rowAt(area.top()))
    last = view.rowAt(area.bottom())
    count = (last if last >= 0 else view.model().rowCount() - 1) - first + 1
    top = view.rowViewportPosition(first) + height - 1
    right = view.viewport().width()
    painter = QPainter(view.viewport())
    painter.setPen(QColor(current_tokens().hairline))
    painter.drawLines([QLine(0, y, right, y) for y in range(top, top + count * height, height)])
    painter.end()


def paint_changes(view: QTableView, area: QRect, is_changed: Callable[[int], bool]) -> None:
    """A bar at the left edge of each row that is another since it was last read."""
    first, last = max(0, view.rowAt(area.top())), view.rowAt(area.bottom())
    height = view.verticalHeader().defaultSectionSize()
    painter = QPainter(view.viewport())
    colour = QColor(current_tokens().accent)
    for row in range(first, (last if last >= 0 else view.model().rowCount() - 1) + 1):
        if is_changed(row):
            painter.fillRect(0, view.rowViewportPosition(row) + 3, _BAR, height - 7, colour)
    painter.end()


def paint_selection(view: QTableView, area: QRect, is_selected: Callable[[int], bool]) -> None:
    """A bar beside each selected row: the ground alone tells too little apart."""
    first, last = max(0, view.rowAt(area.top())), view.rowAt(area.bottom())
    height = view.verticalHeader().defaultSectionSize()
    painter = QPainter(view.viewport())
    colour, left = QColor(current_tokens().focus), view.viewport().width() - _BAR
    for row in range(first, (last if last >= 0 else view.model().rowCount() - 1) + 1):
        if is_selected(row):
            painter.fillRect(left, view.rowViewportPosition(row), _BAR, height - 1, colour)
    painter.end()


def paint_current_row(view: QTableView) -> None:
    """The focus ring goes around the row, since the row is what the keys move."""
    current = view.currentIndex()
    if not (view.hasFocus() and current.isValid()):
        return
    top, height = view.rowViewportPosition(current.row()), view.rowHeight(current.row())
    ring = QRect(1, top + 1, view.viewport().width() - 2, height - 3)
    painter = QPainter(view.viewport())
    painter.setPen(QPen(QColor(current_tokens().focus), 2))
    painter.drawRect(ring)
    painter.end()
