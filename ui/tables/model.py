from collections.abc import Callable, Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Generic

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    SignalInstance,
)

from ui.tables.answers import ANSWERS, one_line
from ui.tables.column import Column, R
from ui.tables.ranks import Ranks, ranks, reordered

Index = QModelIndex | QPersistentModelIndex
SortKey = tuple[int, Qt.SortOrder]
Wanted = Callable[[Any], bool] | AbstractSet[Hashable] | None

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SORTED_ROWS = QAbstractItemModel.LayoutChangeHint.VerticalSortHint
_TEXTS_KEPT = 2048


class RecordTableModel(QAbstractTableModel, Generic[R]):
    """Rows of any type, shown through an index map that filter and sort fill.

    A position counts the rows as they were given, a row counts them as they are shown. Row ids must be hashable and
    should be unique; where two rows share one, looking up by id finds the first.
    """

    shown_changed = Signal()
    sort_changed = Signal()

    def __init__(
        self, columns: Sequence[Column[R]], row_id: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.keeps_place = False
        self._row_id = row_id
        self._rows: list[R] = []
        self._ids: list[Hashable] = []
        self._position: dict[Hashable, int] = {}
        self._shown: list[int] = []
        self._row_of_position: list[int] | None = None
        self._sort: tuple[SortKey, ...] = ()
        self._sorted: list[int] | None = None
        self._ranks: dict[int, Ranks] = {}
        self._wanted: Wanted = None
        self._wanted_positions: frozenset[int] | None = None
        self._texts: dict[int, tuple[str, ...]] = {}

    # what is shown

    def rows(self) -> Sequence[R]:
        return self._rows

    def shown_rows(self) -> list[R]:
        return [self._rows[position] for position in self._shown]

    def total(self) -> int:
        return len(self._rows)

    def column_of(self, key: str) -> int:
        return next((place for place, column in enumerate(self.columns) if column.key == key), -1)

    def row_at(self, index: Index) -> R | None:
        return self._rows[self._shown[index.row()]] if index.isValid() else None

    def id_at(self, index: Index) -> Hashable | None:
        return self._ids[self._shown[index.row()]] if index.isValid() else None

    def ids_between(self, first: int, last: int) -> list[Hashable]:
        return [self._ids[position] for position in self._shown[first : last + 1]]

    def record(self, row_id: Hashable) -> R | None:
        position = self._position.get(row_id)
        return None if position is None else self._rows[position]

    def row_of(self, row_id: Hashable) -> int:
        """The row on screen, or -1 where the filter hides it or it does not exist."""
        position = self._position.get(row_id)
        if position is None:
            return -1
        if self._row_of_position is None:
            self._row_of_position = self._inverse(self._shown)
        return self._row_of_position[position]

    def rows_of(self, row_ids: AbstractSet[Hashable]) -> list[int]:
        return [row for row, position in enumerate(self._shown) if self._ids[position] in row_ids]

    def texts(self, row: int) -> tuple[str, ...]:
        position = self._shown[row]
        texts = self._texts.get(position)
        if texts is None:
            if len(self._texts) >= _TEXTS_KEPT:
                self._texts.clear()
            record = self._rows[position]
            texts = tuple(one_line(column.text(record)) for column in self.columns)
            self._texts[position] = texts
        return texts

    # new rows

    def set_rows(self, rows: Iterable[R]) -> None:
        """Another list: the view lets go of selection and place."""
        self._reset(list(rows), keeps_place=False)

    def update_rows(self, rows: Iterable[R]) -> None:
        """The same list, read again: the view keeps selection, current row and place by id."""
        fresh = list(rows)
        if [self._row_id(row) for row in fresh] == self._ids:
            self._replace(fresh)
        else:
            self._reset(fresh, keeps_place=True)

    def append_rows(self, rows: Iterable[R]) -> None:
        more = list(rows)
        if not more:
            return
        if self._sort or self._is_filtered():
            self._reset(self._rows + more, keeps_place=True)
            return
        count = len(self._rows)
        self.beginInsertRows(QModelIndex(), count, count + len(more) - 1)
        self._take(self._rows + more)
        self.endInsertRows()
        self.shown_changed.emit()

    # filter and sort

    def show_only(self, wanted: Wanted) -> None:
        """A predicate over rows, a set of row ids, or None for all; stays in force for rows that come later."""
        self._wanted, self._wanted_positions = wanted, None
        self._filter()

    def show_positions(self, positions: Iterable[int] | None) -> None:
        """For a search that knows positions already; holds until rows are added or taken away."""
        self._wanted, self._wanted_positions = None, None if positions is None else frozenset(positions)
        self._filter()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Column -1 is the order in which the rows were given."""
        self.sort_by([(column, order)] if column >= 0 else [])

    def sort_by(self, keys: Sequence[SortKey]) -> None:
        self._sort = tuple(keys)
        self._sorted = None
        self._rearrange(self._wanted_order())
        self.sort_changed.emit()

    def sorted_by(self) -> tuple[SortKey, ...]:
        return self._sort

    def prepare_sort(self, column: int) -> None:
        """Builds what a sort by this column needs, so that the click finds it ready."""
        if column not in self._ranks:
            made = self.columns[column]
            self._ranks[column] = ranks([(made.sort_key or made.value)(row) for row in self._rows])

    # for Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role == _DISPLAY:
            return self.texts(index.row())[index.column()] if index.isValid() else None
        answer = ANSWERS.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self.columns, index.column(), self._rows[self._shown[index.row()]])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        answer = ANSWERS.get(role) if role == int(Qt.ItemDataRole.TextAlignmentRole) else None
        return answer(self.columns, section, None) if answer else None

    # within

    def _is_filtered(self) -> bool:
        return self._wanted is not None or self._wanted_positions is not None

    def _take(self, rows: list[R]) -> None:
        self._rows = rows
        self._ids = [self._row_id(row) for row in rows]
        self._position = {row_id: position for position, row_id in reversed(list(enumerate(self._ids)))}
        self._forget()
        self._shown = self._wanted_order()

    def _forget(self) -> None:
        self._sorted = None
        self._row_of_position = None
        self._ranks.clear()
        self._texts.clear()

    def _reset(self, rows: list[R], *, keeps_place: bool) -> None:
        self.keeps_place = keeps_place
        self.beginResetModel()
        self._wanted_positions = None
        self._take(rows)
        self.endResetModel()
        self.shown_changed.emit()

    def _replace(self, fresh: list[R]) -> None:
        pairs = enumerate(zip(self._rows, fresh, strict=True))
        changed = [position for position, (was, now) in pairs if was is not now and was != now]
        self._rows = fresh
        if not changed:
            return
        self._forget()
        shown = self._wanted_order()
        if len(shown) != len(self._shown) or set(shown) != set(self._shown):
            self._reset(fresh, keeps_place=True)
            return
        if shown != self._shown:
            self._rearrange(shown)
        self._tell_changed(changed)

    def _tell_changed(self, positions: list[int]) -> None:
        row_of = self._inverse(self._shown)
        rows = [row_of[position] for position in positions if row_of[position] >= 0]
        if rows:
            last = len(self.columns) - 1
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last))
            self.shown_changed.emit()

    def _filter(self) -> None:
        shown = self._wanted_order()
        if shown == self._shown:
            return
        self.keeps_place = True
        self.beginResetModel()
        self._shown = shown
        self._row_of_position = None
        self.endResetModel()
        self.shown_changed.emit()

    def _wanted_order(self) -> list[int]:
        order = self._whole_order()
        if self._wanted_positions is not None:
            positions = self._wanted_positions
            return [position for position in order if position in positions]
        wanted = self._wanted
        if wanted is None:
            return list(order)
        if isinstance(wanted, AbstractSet):
            ids = self._ids
            return [position for position in order if ids[position] in wanted]
        rows = self._rows
        return [position for position in order if wanted(rows[position])]

    def _whole_order(self) -> Sequence[int]:
        if not self._sort:
            return range(len(self._rows))
        if self._sorted is None:
            order = list(range(len(self._rows)))
            for column, direction in reversed(self._sort):
                self.prepare_sort(column)
                descending = direction is Qt.SortOrder.DescendingOrder
                order = reordered(order, self._ranks[column], descending=descending)
            self._sorted = order
        return self._sorted

    def _rearrange(self, shown: list[int]) -> None:
        _with_hint(self.layoutAboutToBeChanged).emit([], _SORTED_ROWS)
        before = self.persistentIndexList()
        if before:
            row_of, positions = self._inverse(shown), self._shown
            after = [self.createIndex(row_of[positions[index.row()]], index.column()) for index in before]
            self.changePersistentIndexList(before, after)
        self._shown = shown
        self._row_of_position = None
        _with_hint(self.layoutChanged).emit([], _SORTED_ROWS)

    def _inverse(self, shown: Sequence[int]) -> list[int]:
        row_of = [-1] * len(self._rows)
        for row, position in enumerate(shown):
            row_of[position] = row
        return row_of


def _with_hint(signal: Any) -> SignalInstance:
    """Told that rows only change places, selections keep one index for each row and not one for each cell.

    The signal has several forms, and PySide picks the one without arguments unless it is named.
    """
    full: SignalInstance = signal["QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"]
    return full
