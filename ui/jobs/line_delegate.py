"""Paints one job as a line: its status, when it was made, what is missing, the time left; over the first of each
company its name, where there are several."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.messages import shown
from app.settings.connections import ColourMark
from ui.jobs.view_model import JobRow
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF, icon_side, scaled, strong_font
from ui.theme.status import look_of
from ui.widgets.card_list_model import CARD_ROLE
from ui.widgets.cards import paint_ground, paint_icon, paint_text

LINE_PIXELS = 28
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class JobLineDelegate(QStyledItemDelegate):
    is_grouped = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = scaled(LINE_PIXELS)
        return QSize(200, height + (_title_height(option.font) if self.begins_company(index) else 0))

    def begins_company(self, index: _Index) -> bool:
        """Whether the company's name stands over this line."""
        if not self.is_grouped:
            return False
        row: JobRow = index.data(CARD_ROLE)
        before = index.model().index(index.row() - 1, 0).data(CARD_ROLE) if index.row() else None
        return before is None or before.company != row.company

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: JobRow = index.data(CARD_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        whole = QRect(option.rect)
        if self.begins_company(index):
            title = QRect(whole.left(), whole.top(), whole.width(), _title_height(option.font))
            _paint_title(painter, title.adjusted(GRID + HALF, 0, -GRID, 0), row, option.font)
            option.rect = whole.adjusted(0, title.height(), 0, 0)
        paint_ground(painter, option)
        _paint_line(painter, option.rect.adjusted(GRID + HALF, 0, -GRID, 0), row, option.font)
        option.rect = whole
        painter.restore()


def _title_height(font: QFont) -> int:
    return QFontMetrics(font).height() + GRID


def _paint_title(painter: QPainter, area: QRect, row: JobRow, font: QFont) -> None:
    """The mark stands beside the name, never instead of it."""
    if row.mark is not ColourMark.NONE:
        paint_icon(painter, area, "mark", f"mark_{row.mark}")
        area = area.adjusted(icon_side() + HALF, 0, 0, 0)
    painter.setFont(strong_font(font))
    paint_text(painter, area, row.company, current_tokens().text)
    painter.setFont(font)


def _paint_line(painter: QPainter, line: QRect, row: JobRow, font: QFont) -> None:
    """What stands in the way is left out where the line has no room for it whole; the sentence of the row says it."""
    tokens, metrics = current_tokens(), QFontMetrics(font)
    paint_icon(painter, line, look_of(row.look).icon)
    room = line.adjusted(icon_side() + HALF, 0, 0, 0)
    paint_text(painter, room, row.made, tokens.text)
    room = room.adjusted(metrics.horizontalAdvance(row.made) + GRID, 0, 0, 0)
    left = shown(row.left)
    if left and metrics.horizontalAdvance(left) <= room.width():
        painter.setPen(QColor(tokens.danger if row.is_urgent else tokens.quiet))
        painter.drawText(room, _RIGHT, left)
        room = room.adjusted(0, 0, -metrics.horizontalAdvance(left) - GRID, 0)
    brief = shown(row.brief)
    if brief and metrics.horizontalAdvance(brief) <= room.width():
        running = tokens.success if row.can_be_completed else tokens.open
        paint_text(painter, room, brief, tokens.quiet if row.job.is_finished else running)
