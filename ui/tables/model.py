from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from operator import eq, lt
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

from app.messages import shown, tr
from app.slices import Slices, run_to_end
from ui.tables.answers import ANSWERS, one_line, sentence
from ui.tables.changes import Changes
from ui.tables.column import Column, R
from ui.tables.ordering import Ordering, SortKey
from ui.tables.override import override, report
from ui.tables.prepared import PreparedRows, ShownRows, compare, identified

Index = QModelIndex | QPersistentModelIndex
Wanted = Callable[[Any], bool] | AbstractSet[Hashable] | None

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE_TEXT = int(Qt.ItemDataRole.AccessibleTextRole)
_SORTED_ROWS = QAbstractItemModel.LayoutChangeHint.VerticalSortHint
_TEXTS_KEPT = 2048
_TOLD_ONE_BY_ONE = 1_000  # changed rows; of more, all are said to have changed


class RecordTableModel(QAbstractTableModel, Generic[R]):
    """Rows of any type, shown through an index map that filter and sort fill.

    A position counts the rows as they were given, a row counts them as they are shown. Row ids must be hashable and
    should be unique; where two rows share one, looking up by id finds the first. `compared` answers what of a row
    decides whether it has changed since it was last read, `alike` whether the columns show the same of two rows;
    without them that is the whole row.
    """

    shown_changed = Signal()
    sort_changed = Signal()
    rearranging = Signal()  # before Qt hears of it: rows are about to change places

    def __init__(
        self,
        columns: Sequence[Column[R]],
        row_id: Callable[[R], Hashable],
        parent: QObject | None = None,
        *,
        compared: Callable[[R], object] | None = None,
        alike: Callable[[R, R], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.keeps_place = False
        self.keeps_positions = False
        self._row_id = row_id
        self._rows: list[R] = []
        self._ids: list[Hashable] = []
        self._position: dict[Hashable, int] = {}
        self._shown: Sequence[int] = range(0)
        self._row_of_position: list[int] | None = None
        self._ordering: Ordering[R] = Ordering(self.columns)
        self._changes: Changes[R] = Changes(compared, alike)
        self._wanted: Wanted = None
        self._found: list[int] | None = None
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

    def positions(self) -> Sequence[int]:
        """The positions that are shown, in their order; a range where that is all of them as they were given."""
        return self._shown

    def corners(self, first: int, last: int) -> tuple[QModelIndex, QModelIndex]:
        """Of a run of rows; `index` would ask for both counts each time."""
        return self.createIndex(first, 0), self.createIndex(last, len(self.columns) - 1)

    def rows_marked(self, mask: bytearray) -> list[R]:
        """In the order on screen, those whose position the mask marks."""
        rows = self._rows
        return [rows[position] for position in self._shown if mask[position]]

    def ids_marked(self, mask: bytearray) -> list[Hashable]:
        ids = self._ids
        return [ids[position] for position in self._shown if mask[position]]

    def marks_of(self, row_ids: AbstractSet[Hashable]) -> bytearray:
        """One byte for each position: 1 where the row has one of these ids."""
        if not self._ids_are_unique():
            return bytearray(map(row_ids.__contains__, self._ids))
        marks = bytearray(len(self._ids))
        for position in map(self._position.get, row_ids):
            if position is not None:
                marks[position] = 1
        return marks

    def places(self) -> Mapping[Hashable, int]:
        """The position of each id, the first where rows share one."""
        return self._position

    def record(self, row_id: Hashable) -> R | None:
        position = self._position.get(row_id)
        return None if position is None else self._rows[position]

    def row_of(self, row_id: Hashable) -> int:
        """The row on screen, or -1 where the filter hides it or it does not exist."""
        position = self._position.get(row_id)
        return -1 if position is None else self._row_at_position(position)

    def rows_of(self, row_ids: AbstractSet[Hashable]) -> list[int]:
        if not self._ids_are_unique():
            return [row for row, position in enumerate(self._shown) if self._ids[position] in row_ids]
        return sorted(row for row in map(self.row_of, row_ids) if row >= 0)

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

    def sentence_at(self, index: Index) -> str:
        """The whole row as it is read aloud, beginning with this cell; "" where there is none."""
        row = self.row_at(index)
        if row is None:
            return ""
        whole = sentence(self.columns, index.column(), row)
        return tr("Changed. {row}", row=whole) if self.is_changed(index.row()) else whole

    # new rows

    def set_rows(self, rows: Iterable[R]) -> None:
        """Another list: the view lets go of selection and place, and no row has changed."""
        self.show_prepared(run_to_end(self.preparation(list(rows), is_update=False)))

    def update_rows(self, rows: Iterable[R], *, mark: bool = True) -> None:
        """The same list, read again: the view keeps selection, current row and place by id.

        Rows that differ from before carry a mark until `clear_changes`.
        """
        self.show_prepared(run_to_end(self.preparation(list(rows), is_update=True)), mark=mark)

    def preparation(self, rows: list[R], *, is_update: bool) -> Slices[PreparedRows[R]]:
        """What `set_rows` or `update_rows` does before anything is seen of it, in slices: what is left for
        `show_prepared` is short however many the rows are. The list is the model's from now on."""
        ids, position = yield from identified(rows, self._row_id)
        if not is_update:
            return PreparedRows(rows, ids, position, (yield from self._ordering.of_rows(rows)))
        known = ShownRows(self._rows, self._ids, self._position)
        changed, marked = yield from compare(rows, ids, known, self._changes)
        ordering = yield from self._ordering.of_rows(rows, changed)
        return PreparedRows(rows, ids, position, ordering, known.rows, changed, marked)

    def show_prepared(self, fresh: PreparedRows[R], *, mark: bool = True) -> None:
        """Rows that were prepared as an update are only shown over those that they were compared with."""
        if fresh.follows is not None and fresh.follows is not self._rows:
            fresh = run_to_end(self.preparation(fresh.rows, is_update=True))
        if fresh.ordering.keys != self._ordering.keys:
            fresh.ordering.sort_by(self._ordering.keys)
        if fresh.follows is None:
            self._changes.ids.clear()
        elif mark:
            self._changes.ids |= fresh.marked
        if fresh.changed is None:
            self._reset(fresh, keeps_place=fresh.follows is not None)
        else:
            self._replace(fresh, fresh.changed)

    # what changed

    def changed_ids(self) -> frozenset[Hashable]:
        return frozenset(self._changes.ids)

    def is_changed(self, row: int) -> bool:
        return self._ids[self._shown[row]] in self._changes.ids

    def has_changes(self) -> bool:
        return bool(self._changes.ids)

    def clear_changes(self) -> None:
        if not self._changes.ids:
            return
        positions = [self._position[row_id] for row_id in self._changes.ids if row_id in self._position]
        self._changes.ids.clear()
        self._tell_data(positions)

    # filter and sort

    def show_only(self, wanted: Wanted) -> None:
        """A predicate over rows, a set of row ids, or None for all; stays in force for rows that come later."""
        self._wanted, self._found = wanted, None
        self._filter()

    def show_positions(self, positions: Iterable[int] | None) -> None:
        """For a search that knows positions already; holds until rows are added or taken away."""
        self._wanted = None
        self._found = None if positions is None else _ascending(positions)
        self._filter()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Column -1 is the order in which the rows were given."""
        self.sort_by([(column, order)] if column >= 0 else [])

    def sort_by(self, keys: Sequence[SortKey]) -> None:
        self._ordering.sort_by(keys)
        self._rearrange(self._wanted_order())
        self.sort_changed.emit()

    def sorted_by(self) -> tuple[SortKey, ...]:
        return self._ordering.keys

    def sort_slices(self, columns: Iterable[int] | None = None) -> Slices[None]:
        """Builds what a sort by these columns, or by any, needs, so that the click finds it ready: in slices between
        which the loop may turn. Ends where the rows become others."""
        ordering = self._ordering
        for _ in ordering.slices(range(len(self.columns)) if columns is None else columns):
            if self._ordering is not ordering:
                return
            yield

    # for Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Asked some thousand times for each picture, so its guard stands in it rather than around it."""
        try:
            if role == _DISPLAY:
                return self.texts(index.row())[index.column()] if index.isValid() else None
            answer = ANSWERS.get(role)
            if answer is None or not index.isValid():
                return None
            answered = answer(self.columns, index.column(), self._rows[self._shown[index.row()]])
            if role == _ACCESSIBLE_TEXT and index.column() == 0 and self.is_changed(index.row()):
                return tr("Changed. {row}", row=answered)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not reach Qt
            report(error)
            return None
        return answered

    @override()
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return shown(self.columns[section].title)
        answer = ANSWERS.get(role) if role == int(Qt.ItemDataRole.TextAlignmentRole) else None
        return answer(self.columns, section, None) if answer else None

    # within

    def _take(self, fresh: PreparedRows[R]) -> None:
        self._rows, self._ids, self._position = fresh.rows, fresh.ids, fresh.position
        self._ordering = fresh.ordering
        self._row_of_position = None
        self._texts.clear()

    def _reset(self, fresh: PreparedRows[R], *, keeps_place: bool) -> None:
        self.keeps_place, self.keeps_positions = keeps_place, False
        self.beginResetModel()
        self._found = None
        self._take(fresh)
        self._changes.keep(self._position)
        self._shown = self._wanted_order()
        self.endResetModel()
        self.shown_changed.emit()

    def _replace(self, fresh: PreparedRows[R], changed: list[int]) -> None:
        row_of_position = self._row_of_position
        self._take(fresh)
        self._row_of_position = row_of_position
        if changed:
            self._show_changed(self._wanted_order(), changed)

    def _show_changed(self, shown: Sequence[int], changed: list[int]) -> None:
        # Without a predicate, what was found is found still.
        if self._wanted is not None and (len(shown) != len(self._shown) or set(shown) != set(self._shown)):
            self._reset_shown(shown)
            return
        if not _are_equal(shown, self._shown):
            self._rearrange(shown)
        if self._tell_data(changed):
            self.shown_changed.emit()

    def _tell_data(self, positions: list[int]) -> bool:
        if len(positions) > _TOLD_ONE_BY_ONE:
            rows: Sequence[int] = range(len(self._shown))
        else:
            rows = [row for row in map(self._row_at_position, positions) if row >= 0]
        if rows:
            self.dataChanged.emit(*self.corners(min(rows), max(rows)))
        return bool(rows)

    def _filter(self) -> None:
        shown = self._wanted_order()
        if not _are_equal(shown, self._shown):
            self._reset_shown(shown)

    def _reset_shown(self, shown: Sequence[int]) -> None:
        self.keeps_place = self.keeps_positions = True
        self.beginResetModel()
        self._shown = shown
        self._row_of_position = None
        self.endResetModel()
        self.shown_changed.emit()

    def _wanted_order(self) -> Sequence[int]:
        if self._found is not None:
            return self._ordering.among(self._found)
        return self._wanted_among(self._ordering.whole())

    def _wanted_among(self, order: Sequence[int]) -> Sequence[int]:
        wanted = self._wanted
        if wanted is None:
            return order
        if isinstance(wanted, AbstractSet):
            ids = self._ids
            return [position for position in order if ids[position] in wanted]
        rows = self._rows
        return [position for position in order if wanted(rows[position])]

    def _rearrange(self, shown: Sequence[int]) -> None:
        self.rearranging.emit()
        _with_hint(self.layoutAboutToBeChanged).emit([], _SORTED_ROWS)
        before = self.persistentIndexList()
        if before:
            row_of, positions = self._inverse(shown), self._shown
            after = [self.createIndex(row_of[positions[index.row()]], index.column()) for index in before]
            self.changePersistentIndexList(before, after)
        self._shown = shown
        self._row_of_position = None
        _with_hint(self.layoutChanged).emit([], _SORTED_ROWS)

    def _ids_are_unique(self) -> bool:
        return len(self._position) == len(self._ids)

    def _row_at_position(self, position: int) -> int:
        if self._row_of_position is None:
            self._row_of_position = self._inverse(self._shown)
        return self._row_of_position[position]

    def _inverse(self, shown: Sequence[int]) -> list[int]:
        row_of = [-1] * len(self._rows)
        for row, position in enumerate(shown):
            row_of[position] = row
        return row_of


def _ascending(positions: Iterable[int]) -> list[int]:
    given = list(positions)
    return given if all(map(lt, given, islice(given, 1, None))) else sorted(set(given))


def _are_equal(one: Sequence[int], other: Sequence[int]) -> bool:
    if type(one) is type(other):
        return one == other
    return len(one) == len(other) and all(map(eq, one, other))


def _with_hint(signal: Any) -> SignalInstance:
    """Told that rows only change places, selections keep one index for each row and not one for each cell.

    The signal has several forms, and PySide picks the one without arguments unless it is named.
    """
    full: SignalInstance = signal["QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"]
    return full
