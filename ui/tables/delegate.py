from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from app.messages import shown
from ui.tables.answers import FLAGS
from ui.tables.model import RecordTableModel
from ui.tables.override import override
from ui.tables.selection import RowSelection
from ui.theme.apply import current_tokens
from ui.theme.icons import pixmap
from ui.theme.metrics import GRID, icon_side

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected
_ACTIVE = QStyle.StateFlag.State_Active
_ELIDE = Qt.TextElideMode.ElideRight
_LINE = Qt.TextFlag.TextSingleLine
_ELISIONS_KEPT = 8192


class TextDelegate(QStyledItemDelegate):
    """Draws a line of text and nothing else: it asks the model directly, for one role instead of seven."""

    def __init__(self, model: RecordTableModel[Any], selection: RowSelection, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._selection = selection
        self._flags = [int(FLAGS[column.align] | _LINE) for column in model.columns]
        self._elided: dict[tuple[str, int], str] = {}
        self.take_theme()

    def take_theme(self) -> None:
        tokens = current_tokens()
        self._text = QColor(tokens.text)
        self._fills = {True: QColor(tokens.selection), False: QColor(tokens.selection_quiet)}
        self._elided.clear()

    @override()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        self._fill(painter, option, rect, index)
        self._draw_text(painter, option, rect.adjusted(GRID, 0, -GRID, 0), index)

    @override(bool)
    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """A tooltip for what is cut off, or for what the column itself explains."""
        if index.isValid() and (self._model.columns[index.column()].tooltip or self._is_cut(option, index)):
            QToolTip.showText(event.globalPos(), str(self._model.data(index, Qt.ItemDataRole.ToolTipRole)), view)
        else:
            QToolTip.hideText()
        return True

    def _fill(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, index: Index) -> None:
        state = option.state
        if _SELECTED in state or self._selection.is_held(index.row()):
            painter.fillRect(rect, self._fills[_ACTIVE in state])

    def _draw_text(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, index: Index) -> None:
        column = index.column()
        text = self._model.texts(index.row())[column]
        if text:
            painter.setPen(self._text)
            painter.drawText(room, self._flags[column], self._fitted(option, text, room.width()))

    def _fitted(self, option: QStyleOptionViewItem, text: str, width: int) -> str:
        fitted = self._elided.get((text, width))
        if fitted is None:
            if len(self._elided) >= _ELISIONS_KEPT:
                self._elided.clear()
            fitted = option.fontMetrics.elidedText(text, _ELIDE, width)
            self._elided[text, width] = fitted
        return fitted

    def _is_cut(self, option: QStyleOptionViewItem, index: Index) -> bool:
        column = self._model.columns[index.column()]
        record = self._model.row_at(index)
        whole = shown(column.text(record)) if record is not None else ""
        return self._fitted(option, self._model.texts(index.row())[index.column()], self._text_width(option)) != whole

    def _text_width(self, option: QStyleOptionViewItem) -> int:
        return option.rect.width() - 2 * GRID


class IconTextDelegate(TextDelegate):
    """An icon and the word for it."""

    @override()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        self._fill(painter, option, rect, index)
        record = self._model.row_at(index)
        chosen = self._model.columns[index.column()].icon
        name = chosen(record) if chosen and record is not None else None
        if name:
            corner = QPoint(rect.left() + GRID, rect.top() + (rect.height() - icon_side()) // 2)
            painter.drawPixmap(corner, pixmap(name, icon_side(), painter.device().devicePixelRatioF()))
        self._draw_text(painter, option, rect.adjusted(2 * GRID + icon_side(), 0, -GRID, 0), index)

    @override(QSize)
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(GRID + icon_side(), 0)

    def _text_width(self, option: QStyleOptionViewItem) -> int:
        return super()._text_width(option) - GRID - icon_side()
