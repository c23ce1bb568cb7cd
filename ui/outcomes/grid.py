"""The table in which outcomes are entered item by item: one row an item, its keys those of a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.messages import joined, nsaid, tr
from app.outcomes.item_by_item import Cell
from ui.outcomes.grid_delegate import GridDelegate, Offered
from ui.outcomes.grid_model import AMOUNT, CELLS, COLUMN_OF, SUPPLIER, GridModel
from ui.tables.override import override
from ui.tables.whole_rows import set_row_look
from ui.theme.metrics import scaled
from ui.widgets.announcements import announce
from ui.widgets.enter_key import ENTER_KEYS

_WIDTHS = {
    SUPPLIER: 132,
    AMOUNT: 104,
    COLUMN_OF[Cell.OUTCOME]: 152,
    COLUMN_OF[Cell.NUMBER]: 124,
    COLUMN_OF[Cell.KIND]: 148,
    COLUMN_OF[Cell.REASON]: 150,
}
_LEAST_ROWS, _MOST_ROWS = 3, 7
_NUMBER = COLUMN_OF[Cell.NUMBER]
_ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class OutcomeGrid(QTableView):
    """Enter and Down go to the next row, Ctrl+D fills down, Ctrl+V puts in a column or a block of a spreadsheet, from
    the current cell on. `left_below`: Enter was pressed in the last row. `said_of_paste`: what a paste came to."""

    left_below = Signal()
    said_of_paste = Signal(str)

    def __init__(self, model: GridModel, offered: Offered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outcomeGrid")
        self._cells = model
        self.fields = GridDelegate(model, offered, lambda: len(_block()) > 1 or len(_block()[0]) > 1, self)
        self.setModel(model)
        self.setItemDelegate(self.fields)
        set_row_look(self)
        rows = self.verticalHeader()
        rows.setVisible(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, scaled(width))
        header.setSectionResizeMode(COLUMN_OF[Cell.REASON], QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(tr("Outcomes, item by item"))
        self.clicked.connect(self._open_list)
        self.fields.step_wanted.connect(self._step)
        self.fields.paste_wanted.connect(self.paste)
        QShortcut(QKeySequence("Ctrl+D"), self, self.fill_down, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        model.modelReset.connect(self._fit)

    def start(self) -> None:
        """At the first cell for a number."""
        self.setCurrentIndex(self._cells.index(0, _NUMBER))

    def go_to(self, row: int, cell: Cell) -> None:
        self.setCurrentIndex(self._cells.index(row, COLUMN_OF[cell]))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill_down(self) -> None:
        """The first of the selected cells into those below it; where one is selected alone, into the empty ones."""
        self.fields.commit()
        current = self.currentIndex()
        if current.column() not in CELLS:
            return
        rows = sorted({index.row() for index in self.selectedIndexes() if index.column() == current.column()})
        is_one = len(rows) < 2
        top = current.row() if is_one else rows[0]
        text = self._cells.value(top, current.column())
        below = range(top + 1, self._cells.rowCount()) if is_one else rows[1:]
        wanted = [row for row in below if not is_one or not self._cells.value(row, current.column())]
        self._cells.enter({(row, current.column()): text for row in wanted})

    def paste(self) -> None:
        """One line a row, from the current cell on. What is left over, or says nothing here, is told and left out."""
        start, block = self.currentIndex(), _block()
        if start.column() not in CELLS or block == [[]]:
            return
        cells: dict[tuple[int, int], str] = {}
        lost = 0
        for row, line in enumerate(block, start.row()):
            for column, text in enumerate(line, start.column()):
                is_here = row < self._cells.rowCount() and column in CELLS
                taken = self._cells.taken(column, text) if is_here else None
                if taken is None:
                    lost += bool(text.strip())
                else:
                    cells[row, column] = taken
        self._cells.enter(cells)
        self._select(start, max(row for row, _ in cells) if cells else start.row())
        self._tell_pasted(len(cells), lost)

    def _select(self, start: QModelIndex, last: int) -> None:
        self.selectionModel().setCurrentIndex(start, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(self._cells.index(last, start.column()))

    def _tell_pasted(self, filled: int, lost: int) -> None:
        words = nsaid("{n:,} cell was filled.", "{n:,} cells were filled.", filled)
        if lost:
            left = nsaid(
                "{n:,} was left out: there is no row for it, or it says nothing here.",
                "{n:,} were left out: there is no row for them, or they say nothing here.",
                lost,
            )
            words = joined(" ", (words, left))
        self.said_of_paste.emit(words)
        announce(self, words)

    # for Qt

    @override()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in ENTER_KEYS and plain:
            self._step(1)
        elif event.key() in _ERASE and plain:
            chosen = [index for index in self.selectedIndexes() if index.column() in CELLS]
            self._cells.enter({(index.row(), index.column()): "" for index in chosen})
        else:
            super().keyPressEvent(event)

    def _step(self, rows: int) -> None:
        row = self.currentIndex().row() + rows
        if 0 <= row < self._cells.rowCount():
            self.setCurrentIndex(self._cells.index(row, self.currentIndex().column()))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif row > 0:
            self.left_below.emit()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_list(self, index: QModelIndex) -> None:
        """One click opens a cell: a second one would only be a riddle."""
        if index.column() in CELLS:
            self.edit(index)
            self.fields.show_list()

    def _fit(self) -> None:
        """As high as its rows, within reason, so that the fields below it are in sight."""
        rows = max(_LEAST_ROWS, min(_MOST_ROWS, self._cells.rowCount()))
        frame = 2 * self.frameWidth()
        height = rows * self.verticalHeader().defaultSectionSize() + self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(height + frame)


def _block() -> Sequence[Sequence[str]]:
    """What the clipboard holds, as a spreadsheet puts it there: rows of cells; one empty row where it holds no text."""
    text = QGuiApplication.clipboard().text().rstrip("\r\n")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t")) or [[]]
