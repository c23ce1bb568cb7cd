"""The rows of the list of jobs, for Qt."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.jobs.view_model import JobKey, JobRow
from ui.theme.tooltip import plain_tooltip

_NO_PARENT = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole


class JobListModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[JobRow] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(row.sentence)
        return None

    def show_rows(self, rows: Sequence[JobRow]) -> None:
        """Where the jobs and their order are the same, only what they say changes: selection and scroll stay."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            changed = [place for place, row in enumerate(rows) if self._differs(row, place)]
            self._rows = list(rows)
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def _differs(self, row: JobRow, place: int) -> bool:
        """Most rows are the very same: a thousand of them are not compared field by field."""
        shown = self._rows[place]
        return row is not shown and row != shown

    def rows(self) -> Sequence[JobRow]:
        return self._rows

    def row_at(self, index: QModelIndex) -> JobRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, key: JobKey | None) -> QModelIndex:
        """An invalid index where the list does not hold the job."""
        for place, row in enumerate(self._rows):
            if row.key == key:
                return self.index(place)
        return QModelIndex()
