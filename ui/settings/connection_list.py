"""The stored connections as a list: colour mark and name, where it leads, how it stands."""

from operator import attrgetter

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.messages import tr
from ui.settings.view_model import ConnectionRow, mark_tone
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF, icon_side, strong_font
from ui.widgets.card_list_model import CARD_ROLE, CardListModel
from ui.widgets.cards import paint_ground, paint_icon, paint_text

_LINES = 3
_Index = QModelIndex | QPersistentModelIndex


class ConnectionList(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.rows = CardListModel[ConnectionRow](self, attrgetter("connection.id"))
        self.setObjectName("connectionList")
        self.setAccessibleName(tr("Connections"))
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
        row: ConnectionRow = index.data(CARD_ROLE)
        tokens, height = current_tokens(), _line_height(option)
        painter.save()
        paint_ground(painter, option)
        area = option.rect.adjusted(GRID + HALF, GRID, -GRID, -GRID)
        line = QRect(area.left(), area.top(), area.width(), height)
        words = line.adjusted(icon_side() + HALF, 0, 0, 0)
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
