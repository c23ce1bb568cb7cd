from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui.tables.clipboard import copy_rows
from ui.tables.columns_shown import ColumnsShown
from ui.tables.decoration import paint_changes, paint_current_row, paint_hairlines, paint_selection
from ui.tables.delegate import IconTextDelegate, TextDelegate
from ui.tables.frozen import FrozenColumns
from ui.tables.header import ColumnHeader, next_sort
from ui.tables.header_menu import header_menu
from ui.tables.layout import ColumnLayout
from ui.tables.model import RecordTableModel
from ui.tables.override import override
from ui.tables.placeholder import Placeholder
from ui.tables.position import TablePosition
from ui.tables.selection import RowSelection, Span
from ui.tables.whole_rows import choose_whole_rows, set_row_look
from ui.theme.apply import theme_news
from ui.widgets.announcements import announce

Index = QModelIndex | QPersistentModelIndex
_ASCENDING, _DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
_COPY_WITH_HEADERS, SPEAK_ROW = QKeySequence("Ctrl+Shift+C"), QKeySequence("Ctrl+Shift+R")
_NO_CHANGE = QItemSelectionModel.SelectionFlag.NoUpdate
_TO_EDGE = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: -1}
_LAYOUT_REST_MS = 300


class RecordTableView(QTableView):
    """A table of whole rows; speaks of rows by their ids.

    `layout_changed` tells once the user has come to rest after changing columns or sort.
    """

    current_row_changed = Signal(object)
    selection_news = Signal()
    rows_copied = Signal(int)  # how many
    layout_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholder = Placeholder(self)
        self._position: TablePosition | None = None
        self._taken: bytearray | None = None
        self._current: Hashable | None = None
        self._hidden_current: Hashable | None = None
        self._selection: RowSelection | None = None
        self._delegates: list[TextDelegate] = []
        self._is_applying = False
        self._had_selection = False
        header = self._header = ColumnHeader(self)
        self.setHorizontalHeader(header)
        self.columns_shown = self._columns = ColumnsShown(self, header)
        self._frozen = FrozenColumns(self, header, self._columns)
        self._rest = QTimer(self, singleShot=True, interval=_LAYOUT_REST_MS)
        self._rest.timeout.connect(self.layout_changed)
        self._columns.changed.connect(self._rest.start)
        choose_whole_rows(self)
        set_row_look(self)
        header.sort_requested.connect(self._sort)
        for titles in (header, self._frozen.header):
            titles.customContextMenuRequested.connect(
                lambda where, titles=titles: self._show_header_menu(titles, where)
            )
        theme_news().changed.connect(self._take_theme)

    # the model

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Takes a `RecordTableModel`, once."""
        if not isinstance(model, RecordTableModel):
            raise TypeError("a RecordTableView shows a RecordTableModel")
        model.modelAboutToBeReset.connect(self._remember_place)
        model.rearranging.connect(self._take_selection)
        super().setModel(model)
        selection = self._selection = self._take_over_selection(model)
        selection.currentRowChanged.connect(self._tell_current)
        selection.currentRowChanged.connect(self._repaint_rows)
        selection.selectionChanged.connect(lambda *_: self.selection_news.emit())
        selection.held_changed.connect(self._repaint_selection)
        model.modelReset.connect(self._return_to_place)
        model.modelReset.connect(self._placeholder.describe)
        model.layoutChanged.connect(self._give_selection_back)
        model.sort_changed.connect(self._show_sort)
        self._set_delegates(model, selection)
        self._frozen.take(model)
        self._columns.take(model)

    # what is chosen

    def current_id(self) -> Hashable | None:
        return self._records().id_at(self.currentIndex()) if self.model() else None

    def selected_ids(self) -> list[Hashable]:
        return self._records().ids_marked(self._selection.positions()) if self._selection else []

    def selected_rows(self) -> list[Any]:
        return self._records().rows_marked(self._selection.positions()) if self._selection else []

    def selected_spans(self) -> list[Span]:
        """First and last row, as shown, of each run of selected rows."""
        return self._selection.spans() if self._selection else []

    def selected_count(self) -> int:
        """Counts spans, not rows, so that it costs nothing when all is selected."""
        return self._selection.count() if self._selection else 0

    @override()
    def clearSelection(self) -> None:
        if self._selection:
            self._selection.clearSelection()

    def choose_first(self) -> None:
        """Makes the first row current and the only one that is selected, whatever keys are held down meanwhile."""
        self.select_ids([self._records().id_at(self._records().index(0, 0))])

    def select_ids(self, row_ids: Iterable[Hashable]) -> None:
        """Selects just these, makes the first of them current and visible."""
        model, wanted = self._records(), frozenset(row_ids)
        first = next(iter(model.rows_of(wanted)), -1)
        if first >= 0:
            current = model.index(first, self._columns.first())
            self.selectionModel().setCurrentIndex(current, _NO_CHANGE)
            self.scrollTo(current)
        if self._selection:
            self._selection.give_back(model.marks_of(wanted))

    def copy_selection(self, with_headers: bool = False) -> str:
        """What is seen is what is copied: the selected rows in their order, the visible columns in theirs."""
        rows = self.selected_rows()
        columns = [self._records().columns[place] for place in self._columns.visible()]
        self.rows_copied.emit(len(rows))
        return copy_rows(columns, rows, with_headers=with_headers) if rows else ""

    def speak_row(self) -> None:
        """All of the current row, once."""
        announce(self, self._records().sentence_at(self.currentIndex()))

    # columns

    def column_layout(self) -> ColumnLayout:
        model = self._records()
        sort = tuple((model.columns[place].key, order is _DESCENDING) for place, order in model.sorted_by())
        return replace(self._columns.layout(), sort=sort)

    def apply_column_layout(self, layout: ColumnLayout) -> None:
        self._columns.apply(layout)
        if layout.sort is None:
            return
        model = self._records()
        places = ((model.column_of(key), _DESCENDING if down else _ASCENDING) for key, down in layout.sort)
        self._is_applying = True
        model.sort_by([(place, order) for place, order in places if place >= 0])
        self._is_applying = False

    def reset_columns(self) -> None:
        self._columns.reset()

    def freeze_up_to(self, key: str) -> None:
        """This column and those left of it stay when the others scroll; nothing where it is not shown."""
        place = self._records().column_of(key)
        if place in self._columns.visible():
            self._columns.freeze_up_to(place)

    def unfreeze(self) -> None:
        self._columns.unfreeze()

    def frozen_keys(self) -> tuple[str, ...]:
        return self._columns.layout().frozen

    def header_menu(self, column: int | None = None) -> QMenu:
        """For a column of the model, or else for the current one."""
        place = self.currentIndex().column() if column is None else column
        return header_menu(self._columns, self._records(), place, self)

    # empty

    def set_placeholder(self, title: str, hint: str = "") -> None:
        self._placeholder.set_texts(title, hint)

    # for Qt

    @override(QModelIndex)
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Rows are what is chosen here, so Home and End go to the first and last of them."""
        edge = _TO_EDGE.get(action)
        count = self.model().rowCount()
        if edge is None or count == 0:
            return super().moveCursor(action, modifiers)
        column = max(self.currentIndex().column(), self._columns.first())
        return self.model().index(edge % count, column)

    @override()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif QKeySequence(event.keyCombination()) == _COPY_WITH_HEADERS:
            self.copy_selection(with_headers=True)
        elif QKeySequence(event.keyCombination()) == SPEAK_ROW:
            self.speak_row()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts in this program; a search over 100,000 rows would ask each of them."""

    @override()
    def paintEvent(self, event: QPaintEvent) -> None:
        band = self._frozen.band()
        beside = event.region().subtracted(QRegion(band))
        if not beside.isEmpty():
            super().paintEvent(QPaintEvent(beside) if band.isValid() else event)
        if self._placeholder.is_due():
            self._placeholder.paint()
            return
        if band.isValid():
            self._frozen.paint(event.region().intersected(band))
        self._decorate(event.rect())

    @override()
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx and self._frozen.width():
            self.viewport().update()

    @override()
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """What is frozen is in sight; what is not must not end up beneath it."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if self._frozen.has(index.column()):
            bar.setValue(before)
        elif self._frozen.width():
            bar.setValue(bar.value() - max(0, self._frozen.width() - self.columnViewportPosition(index.column())))

    @override(QModelIndex)
    def indexAt(self, point: QPoint) -> QModelIndex:
        return self._frozen.index_at(point) if self._frozen.band().contains(point) else super().indexAt(point)

    @override(QRect)
    def visualRect(self, index: Index) -> QRect:
        if self._frozen.has(index.column()) and not self._frozen.band().isEmpty():
            return self._frozen.rect_of(index.row(), index.column())
        return super().visualRect(index)

    @override(lambda: _NO_CHANGE)
    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        return self._selection.corrected(command, index, event) if self._selection else command

    @override()
    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._frozen.lay_out()

    @override()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fill()

    @override()
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            set_row_look(self)

    # within

    def _records(self) -> RecordTableModel[Any]:
        model = self.model()
        if not isinstance(model, RecordTableModel):
            raise TypeError("the table has no model yet")
        return model

    def _take_over_selection(self, model: RecordTableModel[Any]) -> RowSelection:
        stock, own = self.selectionModel(), RowSelection(model, self)
        self.setSelectionModel(own)
        stock.deleteLater()
        self._header.keep_unselected(model)
        return own

    def _set_delegates(self, model: RecordTableModel[Any], selection: RowSelection) -> None:
        plain, with_icon = TextDelegate(model, selection, self), IconTextDelegate(model, selection, self)
        self._delegates = [plain, with_icon]
        self.setItemDelegate(plain)
        for place, column in enumerate(model.columns):
            if column.icon is not None:
                self.setItemDelegateForColumn(place, with_icon)

    def _take_theme(self) -> None:
        for delegate in self._delegates:
            delegate.take_theme()
        self.viewport().update()

    def _decorate(self, area: QRect) -> None:
        paint_hairlines(self, area)
        if self._selection:
            paint_selection(self, area, self._selection.is_row)
        if self._frozen.width():
            self._frozen.paint_edge()
        if self._records().has_changes():
            paint_changes(self, area, self._records().is_changed)
        paint_current_row(self)

    def _tell_current(self) -> None:
        current = self.current_id()
        if current != self._current:
            self._current = current
            self.current_row_changed.emit(current)

    def _repaint_rows(self, *rows: QModelIndex) -> None:
        """The focus ring goes from one to the other, whichever cells Qt thinks are concerned."""
        for index in rows:
            if index.isValid():
                top, height = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
                self.viewport().update(0, top, self.viewport().width(), height)

    def _repaint_selection(self) -> None:
        self.viewport().update()
        self.selection_news.emit()

    def _remember_place(self) -> None:
        model = self._records()
        self._had_selection = self.selected_count() > 0
        self._position = (
            TablePosition.of(self, model, self._selection) if model.keeps_place and self._selection else None
        )

    def _return_to_place(self) -> None:
        place, self._position = self._position, None
        if place is not None and self._selection:
            place.restore(self, self._records(), self._selection)
            self._recall_current(place.current)
        else:
            self._hidden_current = None
            self.scrollToTop()
        self._tell_current()
        if self._had_selection:
            self.selection_news.emit()

    def _recall_current(self, was: Hashable | None) -> None:
        """A row that a filter hid is current again once it is shown, unless the user has gone elsewhere since."""
        if self.currentIndex().isValid():
            self._hidden_current = None
        elif was is not None:
            self._hidden_current = was
        elif self._hidden_current is not None and self._records().row_of(self._hidden_current) >= 0:
            place = self._records().index(self._records().row_of(self._hidden_current), self._columns.first())
            self._hidden_current = None
            self.selectionModel().setCurrentIndex(place, _NO_CHANGE)
            self.scrollTo(place)

    def _take_selection(self) -> None:
        if self._selection and self._selection.count():
            self._taken = self._selection.take()

    def _give_selection_back(self) -> None:
        taken, self._taken = self._taken, None
        if taken is not None and self._selection:
            self._selection.give_back(taken)

    # sort

    def _sort(self, column: int, adds: bool) -> None:
        model = self._records()
        model.sort_by(next_sort(model.sorted_by(), column, adds=adds))

    def _show_sort(self) -> None:
        keys = self._records().sorted_by()
        for titles in (self._header, self._frozen.header):
            titles.show_sort(keys)
        if not self._is_applying:
            self._rest.start()

    def _show_header_menu(self, titles: QHeaderView, where: QPoint) -> None:
        menu = self.header_menu(titles.logicalIndexAt(where))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(titles.mapToGlobal(where))
