"""The stored connections as a list: colour mark and name, where it leads, how it stands."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.settings.connections import ConnectionId
from ui.settings.view_model import ConnectionRow, mark_tone
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF, ICON, strong_font
from ui.theme.tooltip import plain_tooltip
from ui.widgets.cards import paint_ground, paint_icon, paint_text

_NO_PARENT = QModelIndex()
_ROW = Qt.ItemDataRole.UserRole
_LINES = 3
_Index = QModelIndex | QPersistentModelIndex


class ConnectionListModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[ConnectionRow] = []

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(row.sentence)
        return None

    def show_rows(self, rows: Sequence[ConnectionRow]) -> None:
        """Where the connections are the same, only what they say changes: the choice stays."""
        if [row.connection.id for row in rows] == [row.connection.id for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_at(self, index: _Index) -> ConnectionRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, connection_id: ConnectionId | None) -> QModelIndex:
        """An invalid index where the list does not hold it."""
        places = [place for place, row in enumerate(self._rows) if row.connection.id == connection_id]
        return self.index(places[0]) if places else QModelIndex()


class ConnectionList(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.rows = ConnectionListModel(self)
        self.setObjectName("connectionList")
        self.setAccessibleName("Connections")
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(200, _LINES * _line_height(option) + 2 * GRID + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: ConnectionRow = index.data(_ROW)
        tokens, height = current_tokens(), _line_height(option)
        painter.save()
        paint_ground(painter, option)
        area = option.rect.adjusted(GRID + HALF, GRID, -GRID, -GRID)
        line = QRect(area.left(), area.top(), area.width(), height)
        words = line.adjusted(ICON + HALF, 0, 0, 0)
        tone = mark_tone(row.connection.colour)
        if tone:
            paint_icon(painter, line, "mark", tone)
        painter.setFont(strong_font(option.font))
        paint_text(painter, words, row.connection.name, tokens.text)
        painter.setFont(option.font)
        paint_text(painter, words.translated(0, height), row.place, tokens.quiet)
        if row.finding.state.value:
            paint_icon(painter, line.translated(0, 2 * height), row.finding.state.value)
        paint_text(painter, words.translated(0, 2 * height), row.finding.words, tokens.text)
        painter.restore()


def _line_height(option: QStyleOptionViewItem) -> int:
    return QFontMetrics(option.font).height() + 3
