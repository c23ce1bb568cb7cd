from abc import abstractmethod
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.texts.screen import shown_part
from ui.theme.apply import current_tokens
from ui.theme.icons import pixmap
from ui.theme.metrics import icon_side

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LONGEST_LINE = 400


class CardDelegate(QStyledItemDelegate):
    """Paints cards, and tells whoever looks for words that are cut off what it paints of them."""

    @abstractmethod
    def shortened(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> Iterator[str]:
        """Texts of a card that it has no room for, where it stands in `option`."""


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens, area = current_tokens(), option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, QColor(tokens.selection))
        painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(tokens.accent))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, QColor(tokens.hover))
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(tokens.hairline))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(tokens.focus), 2))
        painter.drawRect(area.adjusted(1, 1, -1, -2))


def paint_text(painter: QPainter, area: QRect, text: str, colour: str, *, is_at_end: bool = False) -> None:
    painter.setPen(QColor(colour))
    line = shown_part(text, _LONGEST_LINE)
    elided = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, _RIGHT if is_at_end else _LEFT, elided)


def paint_icon(painter: QPainter, area: QRect, name: str, tone: str | None = None) -> None:
    top = area.top() + (area.height() - icon_side()) // 2
    painter.drawPixmap(area.left(), top, pixmap(name, icon_side(), painter.device().devicePixelRatio(), tone))
