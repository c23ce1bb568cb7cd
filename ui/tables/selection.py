import re
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent

from ui.tables.model import RecordTableModel
from ui.tables.override import override

Index = QModelIndex | QPersistentModelIndex
Flags = QItemSelectionModel.SelectionFlag
Span = tuple[int, int]
_Flag = QItemSelectionModel.SelectionFlag
_MOST_SPANS = 512
_RUN = re.compile(b"\x01+")


class RowSelection(QItemSelectionModel):
    """The selected rows of a table.

    Qt keeps a selection as ranges, and walks them all for each cell that it paints. Where a filter or a sort leaves
    thousands of rows scattered, they are held here instead, one byte for each position, and Qt's own part begins
    empty. Rows are then selected that are held and not lifted, or that Qt's part contains.
    """

    held_changed = Signal()

    def __init__(self, model: RecordTableModel[Any], parent: QObject) -> None:
        super().__init__(model, parent)
        self._model = model
        self._held: bytearray | None = None
        self._lifted: set[int] = set()
        self._drag_lifts = False
        self._spans: list[Span] | None = None
        self._count: int | None = None
        for news in (self.selectionChanged, model.layoutChanged, model.modelReset):
            news.connect(self._forget)
        model.rowsInserted.connect(self._grow)

    # what is selected

    def spans(self) -> list[Span]:
        """First and last row of each run of rows, as shown."""
        if self._spans is None:
            self._spans = self._qt_spans() if self._held is None else _runs(self._bits(self.positions()))
        return self._spans

    def count(self) -> int:
        if self._count is None:
            self._count = sum(last - first + 1 for first, last in self.spans())
        return self._count

    def positions(self) -> bytearray:
        """One byte for each position: 1 where it is selected."""
        mask = bytearray(self._held or b"")
        mask.extend(bytes(self._model.total() - len(mask)))
        for position in self._lifted:
            mask[position] = 0
        shown = self._model.positions()
        for first, last in self._qt_spans():
            if isinstance(shown, range):
                mask[first : last + 1] = b"\x01" * (last + 1 - first)
            else:
                for position in shown[first : last + 1]:
                    mask[position] = 1
        return mask

    def is_row(self, row: int) -> bool:
        """Whether this row, as shown, is selected."""
        return self.is_held(row) or self.isSelected(self._model.index(row, 0))

    def is_held(self, row: int) -> bool:
        if self._held is None:
            return False
        position = self._model.positions()[row]
        return bool(self._held[position]) and position not in self._lifted

    def corrected(self, command: Flags, index: Index, event: QEvent | None) -> Flags:
        """What a mouse event means for held rows, which Qt takes for rows that are not selected."""
        if self._held is None or not isinstance(event, QMouseEvent):
            return command
        is_press = event.type() is QEvent.Type.MouseButtonPress
        is_held = index.isValid() and self.is_held(index.row())
        if is_press and is_held and event.button() is Qt.MouseButton.RightButton:
            return _Flag.NoUpdate
        if is_press:
            self._drag_lifts = is_held and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return (command & ~_Flag.Toggle) | _Flag.Deselect if self._drag_lifts and command & _Flag.Toggle else command

    # over a change of order or filter

    def take(self) -> bytearray:
        """Hands the selection over and leaves none, without a word: what comes next gives it back."""
        mask = self.positions()
        with QSignalBlocker(self):
            self.clearSelection()
        self._forget()
        return mask

    def give_back(self, mask: bytearray) -> None:
        """Selects the positions that the mask marks, as far as they are shown."""
        bits, was_held = self._bits(mask), self._held is not None
        self._held, self._lifted = None, set()
        is_scattered = bits.startswith(b"\x01") + bits.count(b"\x00\x01") > _MOST_SPANS
        super().select(selection_of_spans(self._model, () if is_scattered else _runs(bits)), _Flag.ClearAndSelect)
        if is_scattered:
            self._held = bytearray(self._model.total())
            for position in compress(self._model.positions(), bits):
                self._held[position] = 1
        if is_scattered or was_held:
            self._tell_held()
        self._forget()

    # for Qt

    @override()
    def clearSelection(self) -> None:
        """Qt's own does nothing where Qt's part is empty."""
        self.select(QItemSelection(), _Flag.Clear)

    @override()
    def reset(self) -> None:
        self._held = None
        self._lifted = set()
        super().reset()

    @override()
    def select(self, chosen: QItemSelection | Index, command: Flags) -> None:
        if self._held is None or command == _Flag.NoUpdate:
            super().select(chosen, command)
        elif command & _Flag.Clear:
            self._held = None
            self._lifted = set()
            super().select(chosen, command)
            self._tell_held()
        else:
            self._select_over(self._held, _rows_of(chosen), command)

    def _select_over(self, held: bytearray, rows: Sequence[int], command: Flags) -> None:
        """What Qt calls the current selection can still be taken back while a drag goes on; so is what it lifts."""
        if not command & _Flag.Current:
            for position in self._lifted:
                held[position] = 0
        self._lifted = set()
        if not command & _Flag.Select or command & _Flag.Deselect:
            shown = self._model.positions()
            self._lifted = {shown[row] for row in rows if held[shown[row]]}
            rows = [row for row in rows if not held[shown[row]]]
        super().select(selection_of_rows(self._model, rows), command)
        self._tell_held()

    # within

    def _qt_spans(self) -> list[Span]:
        chosen = self.selection()
        ranges = (chosen.at(place) for place in range(chosen.count()))
        return _joined(sorted((each.top(), each.bottom()) for each in ranges))

    def _bits(self, mask: bytearray) -> bytes:
        shown = self._model.positions()
        return bytes(mask) if isinstance(shown, range) else bytes(map(mask.__getitem__, shown))

    def _grow(self) -> None:
        if self._held is not None:
            self._held.extend(bytes(self._model.total() - len(self._held)))
        self._forget()

    def _tell_held(self) -> None:
        self._forget()
        self.held_changed.emit()

    def _forget(self) -> None:
        self._spans = None
        self._count = None


def selection_of_rows(model: RecordTableModel[Any], rows: Iterable[int]) -> QItemSelection:
    return selection_of_spans(model, _joined((row, row) for row in rows))


def selection_of_spans(model: RecordTableModel[Any], spans: Iterable[Span]) -> QItemSelection:
    selection = QItemSelection()
    for first, last in spans:
        selection.select(*model.corners(first, last))
    return selection


def _rows_of(chosen: QItemSelection | Index) -> Sequence[int]:
    if not isinstance(chosen, QItemSelection):
        return (chosen.row(),) if chosen.isValid() else ()
    ranges = (chosen.at(place) for place in range(chosen.count()))
    return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})


def _runs(bits: bytes) -> list[Span]:
    return [(run.start(), run.end() - 1) for run in _RUN.finditer(bits)]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Runs that touch or overlap as one; `spans` ascend."""
    joined: list[Span] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
