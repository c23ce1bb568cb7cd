from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from ui.tables.columns_shown import ColumnsShown
from ui.tables.header import ColumnHeader
from ui.tables.model import RecordTableModel
from ui.theme.apply import current_tokens

Index = QModelIndex | QPersistentModelIndex
_ROOM_FOR_THE_OTHERS = 96
_SELECTED = QStyle.StateFlag.State_Selected


class FrozenColumns(QObject):
    """Columns that stay at the left while the others scroll beneath them.

    Their cells are painted by the table itself, over what has scrolled there: one model, one selection, one scroll
    bar, and nothing to pay while nothing lies beneath. Only their titles are a header of their own, which can be
    clicked, dragged and resized. In a window that leaves the others no room, they scroll with them.
    """

    def __init__(self, view: QTableView, header: ColumnHeader, columns: ColumnsShown) -> None:
        super().__init__(view)
        self._view = view
        self._main = header
        self._columns = columns
        self._places: list[int] = []
        self._width = 0
        self._is_following = False
        self.header = ColumnHeader(view)
        self.header.setObjectName("frozenHeader")
        self.header.hide()
        columns.rearranged.connect(self.arrange)
        self.header.sectionResized.connect(self._resized)
        self.header.sectionMoved.connect(self._moved)
        self.header.sort_requested.connect(header.sort_requested)

    def take(self, model: RecordTableModel[Any]) -> None:
        self.header.setModel(model)

    def width(self) -> int:
        return self._width

    def has(self, column: int) -> bool:
        return self._width > 0 and column in self._places

    def band(self) -> QRect:
        """What the frozen columns cover of the viewport; empty where nothing has scrolled beneath them."""
        if not self._width or not self._view.horizontalScrollBar().value():
            return QRect()
        return QRect(0, 0, self._width, self._view.viewport().height())

    def column_at(self, x: int) -> int:
        return self.header.logicalIndexAt(x)

    def rect_of(self, row: int, column: int) -> QRect:
        left = self.header.sectionViewportPosition(column)
        top, height = self._view.rowViewportPosition(row), self._view.rowHeight(row)
        return QRect(left, top, self.header.sectionSize(column), height)

    def index_at(self, point: QPoint) -> QModelIndex:
        row, column = self._view.rowAt(point.y()), self.column_at(point.x())
        return self._view.model().index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def arrange(self) -> None:
        """Takes over which columns are frozen, in which order and how wide."""
        self._places = self._columns.frozen()
        widths = sum(self._main.sectionSize(place) for place in self._places)
        fits = widths <= self._view.viewport().width() - _ROOM_FOR_THE_OTHERS
        self._width = widths if fits else 0
        self._is_following = True
        for place in range(self.header.count()):
            self.header.setSectionHidden(place, place not in self._places)
        for visual, place in enumerate(self._places):
            self.header.moveSection(self.header.visualIndex(place), visual)
            self.header.resizeSection(place, self._main.sectionSize(place))
        self._is_following = False
        self.lay_out()
        self._view.viewport().update()

    def lay_out(self) -> None:
        whole = self._main.geometry()
        self.header.setGeometry(whole.x(), whole.y(), self._width, whole.height())
        self.header.setVisible(self._width > 0)
        self.header.raise_()

    def paint(self, region: QRegion) -> None:
        """The cells, on ground of their own."""
        area = region.boundingRect()
        painter = QPainter(self._view.viewport())
        painter.setClipRegion(region)
        painter.fillRect(area, QColor(current_tokens().surface))
        model, selection = self._view.model(), self._view.selectionModel()
        first, last = self._view.rowAt(area.top()), self._view.rowAt(area.bottom())
        option = self._plain_option()
        plain = option.state
        for row in range(max(0, first), (last if last >= 0 else model.rowCount() - 1) + 1):
            is_selected = selection.isSelected(model.index(row, self._places[0]))
            option.state = plain | _SELECTED if is_selected else plain
            for column in self._places:
                option.rect = self.rect_of(row, column)
                index = model.index(row, column)
                self._view.itemDelegateForIndex(index).paint(painter, option, index)
        painter.end()

    def paint_edge(self) -> None:
        """The line that the others scroll beneath."""
        painter = QPainter(self._view.viewport())
        painter.setPen(QColor(current_tokens().outline))
        painter.drawLine(self._width - 1, 0, self._width - 1, self._view.viewport().height())
        painter.end()

    def _plain_option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self._view.initViewItemOption(option)
        option.state &= ~_SELECTED
        if self._view.isActiveWindow():
            option.state |= QStyle.StateFlag.State_Active
        return option

    def _resized(self, column: int, _before: int, width: int) -> None:
        if not self._is_following and width > 0:
            self._main.resizeSection(column, width)

    def _moved(self, column: int, _before: int, visual: int) -> None:
        if not self._is_following:
            self._main.moveSection(self._main.visualIndex(column), min(visual, len(self._places) - 1))
