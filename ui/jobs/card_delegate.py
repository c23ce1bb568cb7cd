"""Paints one job as a card: company and time left, status and what is missing, items by outcome, a note."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from ui.jobs.card_layout import Placed, height_of, laid_out
from ui.jobs.view_model import JobRow
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF, strong_font
from ui.widgets.card_list_model import CARD_ROLE
from ui.widgets.cards import CardDelegate, paint_ground, paint_icon, paint_text

_LEFT, _TOP, _RIGHT, _BOTTOM = GRID + HALF, GRID, GRID, GRID
_Index = QModelIndex | QPersistentModelIndex


class JobCardDelegate(CardDelegate):
    """Each card is as high as its words need at the width of the list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        height = height_of(_placed(index.data(CARD_ROLE), width, option.font), option.font)
        return QSize(200, height + _TOP + _BOTTOM + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = current_tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        paint_ground(painter, option)
        for each in _placed(index.data(CARD_ROLE), option.rect.width(), option.font):
            area = each.rect.translated(option.rect.left() + _LEFT, option.rect.top() + _TOP)
            if each.icon:
                paint_icon(painter, area, each.icon, each.tone or None)
                continue
            painter.setFont(strong_font(option.font) if each.is_strong else option.font)
            paint_text(painter, area, each.text, getattr(tokens, each.tone), is_at_end=each.is_at_end)
        painter.restore()

    def shortened(self, option: QStyleOptionViewItem, index: _Index) -> Iterator[str]:
        for each in _placed(index.data(CARD_ROLE), option.rect.width(), option.font):
            if each.is_cut(option.font):
                yield each.text


def _placed(row: JobRow, width: int, font: QFont) -> list[Placed]:
    """`width` is the whole card's."""
    return laid_out(row, width - _LEFT - _RIGHT, font)
