from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from ui.tables.model import RecordTableModel

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_NO_CHANGE = QItemSelectionModel.SelectionFlag.NoUpdate


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user is in a table, by row ids, so that it survives a refresh: nothing jumps."""

    selected: frozenset[Hashable]
    current: Hashable | None
    current_column: int
    top: Hashable | None
    offset: int
    scrolled: int

    @classmethod
    def of(cls, view: QTableView, model: RecordTableModel[Any], selected: Sequence[Hashable]) -> "Place":
        current = view.currentIndex()
        top = view.rowAt(0)
        return cls(
            selected=frozenset(selected),
            current=model.id_at(current),
            current_column=current.column(),
            top=model.id_at(model.index(top, 0)) if top >= 0 else None,
            offset=-view.rowViewportPosition(top) if top >= 0 else 0,
            scrolled=view.verticalScrollBar().value(),
        )

    def restore(self, view: QTableView, model: RecordTableModel[Any]) -> None:
        selection = view.selectionModel()
        row = -1 if self.current is None else model.row_of(self.current)
        if row >= 0:
            selection.setCurrentIndex(model.index(row, self.current_column), _NO_CHANGE)
        if self.selected:
            selection.select(selection_of(model, model.rows_of(self.selected)), _SELECT)
        self._scroll(view, model)

    def _scroll(self, view: QTableView, model: RecordTableModel[Any]) -> None:
        view.updateGeometries()
        top = -1 if self.top is None or self.scrolled == 0 else model.row_of(self.top)
        height = view.verticalHeader().defaultSectionSize()
        view.verticalScrollBar().setValue(top * height + self.offset if top >= 0 else self.scrolled)


def selection_of(model: RecordTableModel[Any], rows: Sequence[int]) -> QItemSelection:
    """Whole rows as few spans; `rows` ascend."""
    selection, last_column = QItemSelection(), model.columnCount() - 1
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place] != rows[place - 1] + 1:
            selection.select(model.index(rows[start], 0), model.index(rows[place - 1], last_column))
            start = place
    return selection
