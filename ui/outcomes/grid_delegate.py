"""The fields that open in the cells of outcomes entered item by item, and the keys that leave them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.messages import shown
from app.outcomes.item_by_item import Cell
from ui.outcomes.grid_model import CELLS, COLUMN_OF, GridModel, kind_choices, outcome_choices
from ui.tables.override import override
from ui.theme.apply import current_tokens
from ui.theme.icons import pixmap
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.choice import Choice
from ui.widgets.enter_key import ENTER_KEYS

Index = QModelIndex | QPersistentModelIndex
_CHOICES = frozenset(COLUMN_OF[cell] for cell in (Cell.OUTCOME, Cell.KIND, Cell.REASON))
_CHEVRON = 12
_NO_HINT = QStyledItemDelegate.EndEditHint.NoHint
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}

# The wordings that are offered for a type of failure.
Offered = Callable[[str], Sequence[str]]


class GridDelegate(QStyledItemDelegate):
    """`step_wanted` leaves the field for the row below or above, `paste_wanted` for what is pasted over many rows."""

    step_wanted = Signal(int)
    paste_wanted = Signal()

    def __init__(self, model: GridModel, offered: Offered, is_for_many: Callable[[], bool], parent: QWidget) -> None:
        """`is_for_many` says whether what would be pasted fills more than one cell."""
        super().__init__(parent)
        self._model = model
        self._offered = offered
        self._is_for_many = is_for_many
        self._editor: QWidget | None = None

    def commit(self) -> None:
        """Takes what stands in an open field."""
        if self._editor is not None:
            editor, self._editor = self._editor, None
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, _NO_HINT)

    def show_list(self) -> None:
        """Of the open field, where it has one to choose from and nothing was chosen or written."""
        box = self._editor
        if isinstance(box, QComboBox) and box.count() and not (box.isEditable() and box.currentText()):
            box.showPopup()

    @override()
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = CELLS[index.column()]
        editor: QWidget
        if cell is Cell.NUMBER:
            field = QLineEdit(parent)
            field.setFrame(False)
            editor = field
        else:
            editor = self._list(parent, cell, index)
        editor.setObjectName(f"outcomeCell-{cell.value}")
        editor.setProperty("cell", "true")
        title = self._model.headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(title))
        self._editor = editor
        return editor

    def _list(self, parent: QWidget, cell: Cell, index: Index) -> QComboBox:
        box = Choice(parent)
        if cell is Cell.REASON:
            box.setEditable(True)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            kind = self._model.line(index.row()).kind
            box.addItems(list(self._offered(kind)) if kind else [])
        else:
            for words, value in outcome_choices() if cell is Cell.OUTCOME else kind_choices():
                box.addItem(words, value)
        box.view().setMinimumWidth(min(scaled(420), max(0, box.view().sizeHintForColumn(0)) + 4 * GRID))
        box.activated.connect(self.commit)
        return box

    @override()
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = self._model.value(index.row(), index.column())
        if isinstance(editor, QLineEdit):
            editor.setText(value)
        elif isinstance(editor, QComboBox) and editor.isEditable():
            editor.setEditText(value)
        elif isinstance(editor, QComboBox):
            if editor.findData(value) < 0:
                editor.addItem(self._model.text(index.row(), index.column()), value)
            editor.setCurrentIndex(editor.findData(value))

    @override()
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
        elif isinstance(editor, QComboBox):
            model.setData(index, editor.currentText() if editor.isEditable() else editor.currentData() or "")

    @override()
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    @override(bool)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste) and self._is_for_many():
                self.commit()
                self.paste_wanted.emit()
                return True
            is_list = isinstance(editor, QComboBox) and event.key() not in ENTER_KEYS
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in _STEPS and not is_list:
                self.commit()
                self.step_wanted.emit(_STEPS[Qt.Key(event.key())])
                return True
        return super().eventFilter(editor, event)

    @override()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Cells that offer a list say so."""
        tokens, rect = current_tokens(), QRect(option.rect)
        if QStyle.StateFlag.State_Selected in option.state:
            painter.fillRect(rect, QColor(tokens.selection))
        if index.column() in _CHOICES:
            side = scaled(_CHEVRON)
            place = QRect(rect.right() - side - HALF, rect.center().y() - side // 2, side, side)
            painter.drawPixmap(place, pixmap("chevron-down", side, painter.device().devicePixelRatio(), "quiet"))
            option.rect.setRight(place.left() - HALF)
        super().paint(painter, option, index)
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() in CELLS:
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        if QStyle.StateFlag.State_HasFocus in option.state:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    @override()
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = shown(option.text)
        option.textElideMode = Qt.TextElideMode.ElideRight
