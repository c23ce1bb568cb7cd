from collections.abc import Hashable, Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui.tables.columns_shown import ColumnsShown
from ui.tables.decoration import paint_current_row, paint_hairlines, paint_placeholder
from ui.tables.delegate import IconTextDelegate, TextDelegate
from ui.tables.header import ColumnHeader
from ui.tables.layout import ColumnLayout
from ui.tables.model import RecordTableModel
from ui.tables.place import Place, selection_of
from ui.tables.tsv import as_tsv
from ui.theme.apply import theme_news
from ui.theme.metrics import figures_font, row_height

_COPY_WITH_HEADERS = QKeySequence(Qt.Modifier.CTRL | Qt.Modifier.SHIFT | Qt.Key.Key_C)
_NO_CHANGE = QItemSelectionModel.SelectionFlag.NoUpdate
_REPLACE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_TO_EDGE = {
    QAbstractItemView.CursorAction.MoveHome: 0,
    QAbstractItemView.CursorAction.MoveEnd: -1,
}


class RecordTableView(QTableView):
    """A table of whole rows; speaks of rows by their ids."""

    current_row_changed = Signal(object)
    selection_news = Signal()
    row_activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholder = ("", "")
        self._place: Place | None = None
        self._current: Hashable | None = None
        self._delegates: list[TextDelegate] = []
        header = self._header = ColumnHeader(self)
        self.setHorizontalHeader(header)
        self._columns = ColumnsShown(self, header)
        self._set_behaviour()
        self._set_look()
        self.activated.connect(lambda index: self.row_activated.emit(self._records().id_at(index)))
        header.customContextMenuRequested.connect(self._show_header_menu)
        theme_news().changed.connect(self._take_theme)

    # the model

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Takes a `RecordTableModel`, once."""
        if not isinstance(model, RecordTableModel):
            raise TypeError("a RecordTableView shows a RecordTableModel")
        model.modelAboutToBeReset.connect(self._remember_place)
        super().setModel(model)
        self._header.keep_unselected(model)
        selection = self.selectionModel()
        selection.currentRowChanged.connect(self._tell_current)
        selection.selectionChanged.connect(lambda *_: self.selection_news.emit())
        model.modelReset.connect(self._return_to_place)
        model.sort_changed.connect(self._show_sort)
        self._set_delegates(model)
        self.setSortingEnabled(True)
        self._columns.take(model)

    # what is chosen

    def current_id(self) -> Hashable | None:
        return self._records().id_at(self.currentIndex()) if self.model() else None

    def selected_ids(self) -> list[Hashable]:
        return [row_id for first, last in self._selected_spans() for row_id in self._records().ids_between(first, last)]

    def selected_count(self) -> int:
        """Counts spans, not rows, so that it costs nothing when all is selected."""
        return sum(last - first + 1 for first, last in self._selected_spans())

    def show_row(self, row_id: Hashable) -> bool:
        """Makes the row current and visible; False where the filter hides it or it does not exist."""
        model = self._records()
        row = model.row_of(row_id)
        if row < 0:
            return False
        column = max(self.currentIndex().column(), self._columns.first())
        self.setCurrentIndex(model.index(row, column))
        self.scrollTo(model.index(row, column))
        return True

    def select_ids(self, row_ids: Iterable[Hashable]) -> None:
        """Selects just these, makes the first of them current and visible."""
        model = self._records()
        rows = model.rows_of(frozenset(row_ids))
        if rows:
            current = model.index(rows[0], self._columns.first())
            self.selectionModel().setCurrentIndex(current, _NO_CHANGE)
            self.scrollTo(current)
        self.selectionModel().select(selection_of(model, rows), _REPLACE)

    def copy_selection(self, with_headers: bool = False) -> str:
        """What is seen is what is copied: the selected rows in their order, the visible columns in theirs."""
        model = self._records()
        columns = [model.columns[place] for place in self._columns.visible()]
        rows = [
            row
            for first, last in self._selected_spans()
            for row in map(model.row_at, (model.index(each, 0) for each in range(first, last + 1)))
            if row is not None
        ]
        text = as_tsv(columns, rows, with_headers=with_headers) if rows else ""
        if text:
            QGuiApplication.clipboard().setText(text)
        return text

    # columns

    def column_layout(self) -> ColumnLayout:
        return self._columns.layout()

    def apply_column_layout(self, layout: ColumnLayout) -> None:
        self._columns.apply(layout)

    def reset_columns(self) -> None:
        self._columns.reset()

    def header_menu(self) -> QMenu:
        return self._columns.menu(self)

    # empty

    def set_placeholder(self, title: str, hint: str = "") -> None:
        self._placeholder = (title, hint)
        self.setAccessibleDescription(" ".join(filter(None, (title, hint))))
        self.viewport().update()

    # for Qt

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Rows are what is chosen here, so Home and End go to the first and last of them."""
        edge = _TO_EDGE.get(action)
        count = self.model().rowCount()
        if edge is None or count == 0:
            return super().moveCursor(action, modifiers)
        column = max(self.currentIndex().column(), self._columns.first())
        return self.model().index(edge % count, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif QKeySequence(event.keyCombination()) == _COPY_WITH_HEADERS:
            self.copy_selection(with_headers=True)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts in this program; a search over 100,000 rows would ask each of them."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is None or self.model().rowCount() == 0:
            paint_placeholder(self, *self._placeholder)
            return
        paint_hairlines(self, event.rect())
        if self.hasFocus():
            paint_current_row(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._set_look()

    # within

    def _records(self) -> RecordTableModel[Any]:
        model = self.model()
        if not isinstance(model, RecordTableModel):
            raise TypeError("the table has no model yet")
        return model

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Table")

    def _set_look(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFont(figures_font(self.font()))
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(0)
        rows.setDefaultSectionSize(row_height(self.font()))

    def _set_delegates(self, model: RecordTableModel[Any]) -> None:
        plain, with_icon = TextDelegate(model, self), IconTextDelegate(model, self)
        self._delegates = [plain, with_icon]
        self.setItemDelegate(plain)
        for place, column in enumerate(model.columns):
            if column.icon is not None:
                self.setItemDelegateForColumn(place, with_icon)

    def _take_theme(self) -> None:
        for delegate in self._delegates:
            delegate.take_theme()
        self.viewport().update()

    def _selected_spans(self) -> list[tuple[int, int]]:
        if self.selectionModel() is None:
            return []
        selection = self.selectionModel().selection()
        spans = (selection.at(place) for place in range(selection.count()))
        return sorted({(span.top(), span.bottom()) for span in spans})

    def _tell_current(self) -> None:
        current = self.current_id()
        if current != self._current:
            self._current = current
            self.current_row_changed.emit(current)

    def _remember_place(self) -> None:
        self._place = Place.of(self, self._records(), self.selected_ids())

    def _return_to_place(self) -> None:
        place, self._place = self._place, None
        if place is not None and self._records().keeps_place:
            place.restore(self, self._records())
        else:
            self.scrollToTop()
        self._tell_current()
        if place is not None and place.selected:
            self.selection_news.emit()

    def _show_sort(self) -> None:
        keys = self._records().sorted_by()
        column, order = keys[0] if keys else (-1, Qt.SortOrder.AscendingOrder)
        header = self.horizontalHeader()
        with QSignalBlocker(header):
            header.setSortIndicator(column, order)

    def _show_header_menu(self, where: QPoint) -> None:
        menu = self.header_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(where))
