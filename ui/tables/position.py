from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QTableView

from ui.tables.model import RecordTableModel
from ui.tables.selection import RowSelection

_NO_CHANGE = QItemSelectionModel.SelectionFlag.NoUpdate


@dataclass(frozen=True, slots=True)
class TablePosition:
    """Where the user is in a table, by row ids, so that it survives a refresh: nothing jumps.

    `selected` is ids; or a byte for each position, where positions keep their meaning.
    """

    selected: frozenset[Hashable] | bytearray
    current: Hashable | None
    current_column: int
    top: Hashable | None
    offset: int
    scrolled: int

    @classmethod
    def of(cls, view: QTableView, model: RecordTableModel[Any], selection: RowSelection) -> "TablePosition":
        current = view.currentIndex()
        top = view.rowAt(0)
        return cls(
            selected=_chosen(model, selection) if selection.count() else frozenset(),
            current=model.id_at(current),
            current_column=current.column(),
            top=model.id_at(model.index(top, 0)) if top >= 0 else None,
            offset=-view.rowViewportPosition(top) if top >= 0 else 0,
            scrolled=view.verticalScrollBar().value(),
        )

    def restore(self, view: QTableView, model: RecordTableModel[Any], selection: RowSelection) -> None:
        row = -1 if self.current is None else model.row_of(self.current)
        if row >= 0:
            selection.setCurrentIndex(model.index(row, self.current_column), _NO_CHANGE)
        if self.selected:
            chosen = self.selected
            selection.give_back(chosen if isinstance(chosen, bytearray) else model.marks_of(chosen))
        self._scroll(view, model)

    def _scroll(self, view: QTableView, model: RecordTableModel[Any]) -> None:
        view.updateGeometries()
        top = -1 if self.top is None or self.scrolled == 0 else model.row_of(self.top)
        height = view.verticalHeader().defaultSectionSize()
        view.verticalScrollBar().setValue(top * height + self.offset if top >= 0 else self.scrolled)


def _chosen(model: RecordTableModel[Any], selection: RowSelection) -> frozenset[Hashable] | bytearray:
    marks = selection.positions()
    return marks if model.keeps_positions else frozenset(model.ids_marked(marks))
