"""The window of the search over all jobs: a field, what was found, and how far the search has come."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from app.messages import tr
from ui.all_jobs.view_model import FoundItem
from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView
from ui.theme.metrics import GRID, scaled
from ui.widgets.plain_label import PlainLabel, TextRole

_SIZE = QSize(860, 480)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AllJobsDialog(QDialog):
    """Enter opens the item that is current, from the field too; Down goes from the field to what was found."""

    query_changed = Signal(str)
    item_chosen = Signal(object)  # FoundItem

    def __init__(self, columns: Sequence[Column[FoundItem]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("allJobs")
        self.setWindowTitle(tr("Find in all jobs"))
        self.query = QLineEdit()
        self.query.setObjectName("allJobsQuery")
        self.query.setAccessibleName(tr("Search all companies and jobs"))
        self.query.setPlaceholderText(tr("Text or amount, for example sas, 1204 or amount:>1000"))
        self.query.setClearButtonEnabled(True)
        self.words = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.words.setObjectName("allJobsWords")
        self.table = RecordTableView()
        self.table.setObjectName("allJobsTable")
        self.table.setAccessibleName(tr("Items that were found"))
        self.model: RecordTableModel[FoundItem] = RecordTableModel(columns, lambda found: found.number, self)
        self.table.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.query)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        room = self.screen().availableGeometry().size()
        self.resize(QSize(scaled(_SIZE.width()), scaled(_SIZE.height())).boundedTo(room * 0.95))
        self.query.textChanged.connect(self.query_changed)
        self.table.doubleClicked.connect(self._choose)
        for widget in (self.query, self.table):
            widget.installEventFilter(self)
        self.query.setFocus()

    def show_found(self, found: Sequence[FoundItem], *, is_more: bool) -> None:
        """`is_more`: the same search has found further ones, and who has chosen one keeps it."""
        if is_more:
            self.model.update_rows(found, mark=False)
        else:
            self.model.set_rows(found)
        if found and not self.table.currentIndex().isValid():
            self.table.choose_first()

    def show_words(self, words: str, *, empty: str = "", hint: str = "") -> None:
        """Below the table how the search stands, in the empty table why there is nothing."""
        self.words.setText(words)
        self.table.set_placeholder(empty, hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _ENTER and not event.isAutoRepeat():
            self._choose(self.table.currentIndex())
            return True
        if watched is self.query and event.key() == Qt.Key.Key_Down and self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _choose(self, index: QModelIndex) -> None:
        found = self.model.row_at(index)
        if found is not None:
            self.item_chosen.emit(found)
