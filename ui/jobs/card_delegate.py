"""Paints one job as a card: company and time left, status and what is missing, items by outcome, a note."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.settings.connections import ColourMark
from ui.jobs.list_model import ROW_ROLE
from ui.jobs.view_model import JobRow
from ui.theme.apply import current_tokens
from ui.theme.icons import pixmap
from ui.theme.metrics import GRID, HALF, ICON, strong_font
from ui.theme.status import look_of

_LINES = 4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class JobCardDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(200, _LINES * _line_height(option.font) + 2 * GRID + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: JobRow = index.data(ROW_ROLE)
        tokens = current_tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        area = option.rect.adjusted(GRID + HALF, GRID, -GRID, -GRID)
        height = _line_height(option.font)
        line = QRect(area.left(), area.top(), area.width(), height)
        left_width = _paint_end(painter, line, row.left, tokens.danger if row.is_urgent else tokens.quiet, option.font)
        _paint_company(painter, line.adjusted(0, 0, -left_width, 0), row, option.font)
        line.translate(0, height)
        _paint_status(painter, line, row, option.font)
        line.translate(0, height)
        _paint_counts(painter, line, row, option.font)
        line.translate(0, height)
        _paint_text(painter, line, row.note, tokens.quiet, option.font)
        painter.restore()


def _line_height(font: QFont) -> int:
    return QFontMetrics(font).height() + 3


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens = current_tokens()
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(tokens.selection))
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), QColor(tokens.accent))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(tokens.hover))
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), QColor(tokens.hairline))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(tokens.focus), 2))
        painter.drawRect(option.rect.adjusted(1, 1, -1, -2))


def _paint_text(painter: QPainter, area: QRect, text: str, colour: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, _LEFT, elided)


def _paint_end(painter: QPainter, area: QRect, text: str, colour: str, font: QFont) -> int:
    """Paints at the end of the line and answers the width that it took, in pixels."""
    if not text:
        return 0
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, _RIGHT, text)
    return QFontMetrics(font).horizontalAdvance(text) + GRID


def _paint_icon(painter: QPainter, area: QRect, name: str, tone: str | None = None) -> None:
    ratio = painter.device().devicePixelRatio()
    top = area.top() + (area.height() - ICON) // 2
    painter.drawPixmap(area.left(), top, pixmap(name, ICON, ratio, tone))


def _paint_company(painter: QPainter, line: QRect, row: JobRow, font: QFont) -> None:
    """The mark stands beside the name, never instead of it."""
    if row.mark is not ColourMark.NONE:
        _paint_icon(painter, line, "mark", f"mark_{row.mark}")
        line = line.adjusted(ICON + HALF, 0, 0, 0)
    _paint_text(painter, line, row.company, current_tokens().text, strong_font(font))


def _paint_status(painter: QPainter, line: QRect, row: JobRow, font: QFont) -> None:
    """What stands in the way has the end of the line; the status is cut short where both do not fit."""
    tokens = current_tokens()
    taken = _paint_end(painter, line, row.brief, tokens.success if row.is_ready else tokens.open, font)
    _paint_icon(painter, line, look_of(row.look).icon)
    count = row.job.number_of_items
    words = f"{row.status_word.capitalize()} · {count:,} {'item' if count == 1 else 'items'}"
    _paint_text(painter, line.adjusted(ICON + HALF, 0, -taken, 0), words, tokens.text, font)


def _paint_counts(painter: QPainter, line: QRect, row: JobRow, font: QFont) -> None:
    """Each outcome as its icon with a count; nothing until they were counted, so that no wrong number flashes by."""
    place = QRect(line)
    for look, count in (row.counts or {}).items():
        if not count:
            continue
        text = f"{count:,}"
        width = QFontMetrics(font).horizontalAdvance(text)
        if place.left() + ICON + HALF + width > line.right():
            return
        _paint_icon(painter, place, look_of(look).icon)
        place.setLeft(place.left() + ICON + HALF)
        _paint_text(painter, place, text, current_tokens().text, font)
        place.setLeft(place.left() + width + GRID + HALF)
