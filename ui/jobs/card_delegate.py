"""Paints one job as a card: company and time left, status and what is missing, items by outcome, a note."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.messages import shown, spoken_language
from app.settings.connections import ColourMark
from ui.jobs.view_model import JobRow
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF, icon_side, strong_font
from ui.theme.status import look_of
from ui.widgets.card_list_model import CARD_ROLE
from ui.widgets.cards import paint_ground, paint_icon, paint_text

_LINES = 4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class JobCardDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(200, _LINES * _line_height(option.font) + 2 * GRID + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: JobRow = index.data(CARD_ROLE)
        tokens = current_tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        paint_ground(painter, option)
        area = option.rect.adjusted(GRID + HALF, GRID, -GRID, -GRID)
        height = _line_height(option.font)
        line = QRect(area.left(), area.top(), area.width(), height)
        time_line, taken = QRect(line), 0
        if not has_room_for_both(row, line.width(), option.font):
            time_line.translate(0, 2 * height)
        colour = tokens.danger if row.is_urgent else tokens.quiet
        left_width = _paint_end(painter, time_line, row.left, colour, option.font)
        if time_line == line:
            taken, left_width = left_width, 0
        _paint_company(painter, line.adjusted(0, 0, -taken, 0), row, option.font)
        line.translate(0, height)
        _paint_status(painter, line, row, option.font)
        line.translate(0, height)
        _paint_counts(painter, line.adjusted(0, 0, -left_width, 0), row, option.font)
        line.translate(0, height)
        paint_text(painter, line, row.note, tokens.quiet)
        painter.restore()


def has_room_for_both(row: JobRow, width: int, font: QFont) -> bool:
    """Whether the company's whole name and the time left fit beside each other; else the time goes to the line of the
    counts, so that no name is cut while there is room."""
    mark = 0 if row.mark is ColourMark.NONE else icon_side() + HALF
    name = QFontMetrics(strong_font(font)).horizontalAdvance(row.company)
    return mark + name + QFontMetrics(font).horizontalAdvance(shown(row.left)) + GRID <= width


def _line_height(font: QFont) -> int:
    return QFontMetrics(font).height() + 3


def _paint_end(painter: QPainter, area: QRect, text: str, colour: str, font: QFont) -> int:
    """Paints at the end of the line and answers the width that it took, in pixels."""
    if not text:
        return 0
    words = shown(text)
    painter.setPen(QColor(colour))
    painter.drawText(area, _RIGHT, words)
    return QFontMetrics(font).horizontalAdvance(words) + GRID


def _paint_company(painter: QPainter, line: QRect, row: JobRow, font: QFont) -> None:
    """The mark stands beside the name, never instead of it."""
    if row.mark is not ColourMark.NONE:
        paint_icon(painter, line, "mark", f"mark_{row.mark}")
        line = line.adjusted(icon_side() + HALF, 0, 0, 0)
    painter.setFont(strong_font(font))
    paint_text(painter, line, row.company, current_tokens().text)
    painter.setFont(font)


def _paint_status(painter: QPainter, line: QRect, row: JobRow, font: QFont) -> None:
    """What stands in the way has the end of the line; the status is cut short where both do not fit."""
    tokens = current_tokens()
    running = tokens.success if row.can_be_completed else tokens.open
    taken = _paint_end(painter, line, row.brief, tokens.quiet if row.job.is_finished else running, font)
    paint_icon(painter, line, look_of(row.look).icon)
    words = f"{shown(row.status_title)} · {row.items_words}"
    paint_text(painter, line.adjusted(icon_side() + HALF, 0, -taken, 0), words, tokens.text)


def _paint_counts(painter: QPainter, line: QRect, row: JobRow, font: QFont) -> None:
    """Each outcome as its icon with a count; nothing until they were counted, so that no wrong number flashes by."""
    place = QRect(line)
    for look, count in (row.counts or {}).items():
        if not count:
            continue
        text = spoken_language().number(count)
        width = QFontMetrics(font).horizontalAdvance(text)
        if place.left() + icon_side() + HALF + width > line.right():
            return
        paint_icon(painter, place, look_of(look).icon)
        place.setLeft(place.left() + icon_side() + HALF)
        paint_text(painter, place, text, current_tokens().text)
        place.setLeft(place.left() + width + GRID + HALF)
