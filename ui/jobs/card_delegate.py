"""Paints one job as a card: company and time left, status and what is missing, items by outcome, a note."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from ui.jobs.card_layout import Faces, Placed, faces_of, height_of, laid_out
from ui.jobs.view_model import JobRow
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF, strong_font
from ui.widgets.card_list_model import CARD_ROLE
from ui.widgets.cards import CardDelegate, paint_ground, paint_icon, paint_text

_LEFT, _TOP, _RIGHT, _BOTTOM = GRID + HALF, GRID, GRID, GRID
# Heights of cards, those of rows that have gone among them.
_MOST_KNOWN = 4_000
_Index = QModelIndex | QPersistentModelIndex


class JobCardDelegate(CardDelegate):
    """Each card is as high as its words need at the width of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at: tuple[int, str] = (0, "")
        self._faces: Faces | None = None
        # By a row's identity, with the row itself, so that no other one takes its place: most stay from look to look.
        self._heights: dict[int, tuple[JobRow, int]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        return QSize(200, self._height(index.data(CARD_ROLE), width, option.font) + _TOP + _BOTTOM + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = current_tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        paint_ground(painter, option)
        for each in _placed(index.data(CARD_ROLE), option.rect.width(), faces_of(option.font)):
            area = each.rect.translated(option.rect.left() + _LEFT, option.rect.top() + _TOP)
            if each.icon:
                paint_icon(painter, area, each.icon, each.tone or None)
                continue
            painter.setFont(strong_font(option.font) if each.is_strong else option.font)
            paint_text(painter, area, each.text, getattr(tokens, each.tone), is_at_end=each.is_at_end)
        painter.restore()

    def shortened(self, option: QStyleOptionViewItem, index: _Index) -> Iterator[str]:
        faces = faces_of(option.font)
        for each in _placed(index.data(CARD_ROLE), option.rect.width(), faces):
            if each.is_cut(faces):
                yield each.text

    def _height(self, row: JobRow, width: int, font: QFont) -> int:
        at = (width, font.key())
        if at != self._at or self._faces is None or len(self._heights) > _MOST_KNOWN:
            self._at, self._faces = at, faces_of(font)
            self._heights.clear()
        known = self._heights.get(id(row))
        if known is None or known[0] is not row:
            known = self._heights[id(row)] = (row, height_of(_placed(row, width, self._faces)))
        return known[1]


def _placed(row: JobRow, width: int, faces: Faces) -> list[Placed]:
    """`width` is the whole card's."""
    return laid_out(row, width - _LEFT - _RIGHT, faces)
