"""What the rows of a list were found to be about; rows are taken, left, and told which item they mean."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.messages import ntr, tr
from app.texts.screen import for_screen
from ui.posting_lists.columns import list_columns
from ui.posting_lists.questions import POSTING_DATE, Question, question_of, question_words
from ui.posting_lists.view_model import ListLook, ListRow, RowKey
from ui.tables.model import RecordTableModel
from ui.tables.prepared import PreparedRows
from ui.tables.view import RecordTableView
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.bounded_column import BoundedColumn
from ui.widgets.choice import Choice
from ui.widgets.count_chip import CountChip
from ui.widgets.flow import FlowLayout
from ui.widgets.hairline import Hairline
from ui.widgets.plain_label import PlainLabel, TextRole

_MOST_CANDIDATES = 200
# So much of an item tells it from the others; the whole stands in the list that opens.
_LETTERS_OF_A_CANDIDATE = 28
_COMBO_WIDTH = 360
_DETAIL_HEIGHT = 92


class ResultPanel(QWidget):
    """`take_requested` carries the keys of rows, `choice_requested` a row's key and the place of the item, or None,
    `answer_requested` a Question that is settled elsewhere in the dialog."""

    take_requested = Signal(object)
    choice_requested = Signal(object, object)
    row_chosen = Signal(object)
    answer_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultPanel")
        self.chips = {look: CountChip(look.value) for look in ListLook}
        self.table = RecordTableView()
        self.model: RecordTableModel[ListRow] = RecordTableModel(
            list_columns(), lambda row: row.key, self, compared=lambda row: (row.item, row.is_taken)
        )
        self.details = PlainLabel(role=TextRole.STRONG, elide=True)
        self.would_be = PlainLabel(elide=True)
        self.note = PlainLabel(wrap=True)
        self.reading = BoundedColumn(ground="", is_read=True)
        self.which = Choice()
        self.settle = QPushButton()
        self.dates = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.name_dates = QPushButton(question_words(POSTING_DATE))
        self._question: Question | None = None
        self._choices: list[int] = []
        self._current: ListRow | None = None
        self._dress()
        self._arrange()
        self.table.current_row_changed.connect(self._choose_row)
        self.table.clicked.connect(self._click)
        self.which.activated.connect(self._choose)
        self.settle.clicked.connect(lambda: self.answer_requested.emit(self._question))
        self.name_dates.clicked.connect(lambda: self.answer_requested.emit(POSTING_DATE))
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table, self._take_selected)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _dress(self) -> None:
        self.table.setObjectName("listTable")
        self.table.setAccessibleName(tr("Rows of the list"))
        self.table.setModel(self.model)
        for look, chip in self.chips.items():
            chip.setObjectName(f"list-chip-{look.name.lower()}")
            chip.toggled.connect(self._filter)
        self.details.setObjectName("listDetails")
        self.would_be.setObjectName("listWouldBe")
        self.note.setObjectName("listNote")
        self.which.setObjectName("whichItem")
        self.which.setAccessibleName(tr("Which item the row is about"))
        self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(_LETTERS_OF_A_CANDIDATE)
        self.which.setMaximumWidth(scaled(_COMBO_WIDTH))
        self.which.hide()
        self.settle.setObjectName("settleRow")
        self.settle.hide()
        self.dates.setObjectName("postingDates")
        self.name_dates.setObjectName("namePostingDates")
        for button in (self.settle, self.name_dates):
            button.setAutoDefault(False)

    def _arrange(self) -> None:
        chips = FlowLayout(HALF)
        for chip in self.chips.values():
            chips.addWidget(chip)
        dates = QHBoxLayout()
        dates.setSpacing(GRID)
        dates.addWidget(self.dates, 1)
        dates.addWidget(self.name_dates)
        above = QVBoxLayout()
        above.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        above.setSpacing(HALF)
        above.addLayout(chips)
        above.addLayout(dates)
        words = self.reading
        words.setObjectName("listReading")
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        words.content.setAutoFillBackground(False)
        words.column.setSpacing(HALF)
        words.column.addWidget(self.details)
        words.column.addWidget(self.would_be)
        words.column.addWidget(self.note)
        words.column.addStretch(1)
        asked = QVBoxLayout()
        asked.setSpacing(HALF)
        asked.addWidget(self.which)
        asked.addWidget(self.settle, 0, Qt.AlignmentFlag.AlignRight)
        asked.addStretch(1)
        detail = QWidget()
        detail.setFixedHeight(scaled(_DETAIL_HEIGHT))
        line = QHBoxLayout(detail)
        line.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        line.setSpacing(2 * GRID)
        line.addWidget(words, 1)
        line.addLayout(asked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(above)
        whole.addWidget(Hairline())
        whole.addWidget(self.table, 1)
        whole.addWidget(Hairline())
        whole.addWidget(detail)

    def show_rows(self, rows: PreparedRows[ListRow], counts: Mapping[ListLook, int] | None = None) -> None:
        """The rows of another matching come with their counts; without, they are the same rows after a choice."""
        if counts is not None:
            for look, chip in self.chips.items():
                chip.set_count(counts[look])
                chip.setVisible(counts[look] > 0 or look is ListLook.MATCHED)
                if not counts[look]:
                    chip.setChecked(False)
        self.model.show_prepared(rows, mark=False)
        if counts is not None and self.model.rowCount():
            self.table.choose_first()
        self._show_current()

    def show_posting_dates(self, heading: str) -> None:
        """`heading` is that of the column that holds them; "" where none is known to."""
        self.dates.setText(
            tr("Posting dates are those of the column '{heading}'.", heading=heading)
            if heading
            else tr("No column is known to hold the posting date, so no posting time is sent.")
        )
        self.name_dates.setVisible(not heading)

    def show_candidates(self, choices: Sequence[tuple[int, str]], chosen: int | None) -> None:
        """Which items the current row may be about; none where that is no question."""
        self._choices = [item for item, _ in choices[:_MOST_CANDIDATES]]
        self.which.clear()
        self.which.setVisible(len(choices) > 1)
        self.which.addItem(ntr("Which of the {n:,} items?", "Which of the {n:,} items?", len(choices)))
        self.which.addItems([words for _, words in choices[:_MOST_CANDIDATES]])
        self.which.setCurrentIndex(self._choices.index(chosen) + 1 if chosen in self._choices else 0)

    def current_key(self) -> RowKey | None:
        return self._current.key if self._current else None

    def shown_looks(self) -> frozenset[ListLook]:
        return frozenset(look for look, chip in self.chips.items() if chip.isChecked())

    def _filter(self) -> None:
        looks = self.shown_looks()
        self.model.show_only((lambda row: row.look in looks) if looks else None)

    def _choose_row(self, key: object) -> None:
        self._show_current()
        self.row_chosen.emit(key)

    def _show_current(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        self._current = row
        self.details.setText(row.details() if row else "")
        self.would_be.setText(row.would_be if row else "")
        self.note.setText(row.note if row else "")
        self.reading.setAccessibleName(self.details.text())
        self._question = question_of(row) if row else None
        self.settle.setVisible(self._question is not None)
        self.settle.setText(for_screen(question_words(self._question)).replace("&", "&&") if self._question else "")

    def _click(self, index: QModelIndex) -> None:
        if self.model.columns[index.column()].key == "take":
            self.take_requested.emit([self.model.id_at(index)])

    def _take_selected(self) -> None:
        keys: Iterable[object] = self.table.selected_ids()
        self.take_requested.emit(list(keys))

    def _choose(self, index: int) -> None:
        if self._current:
            self.choice_requested.emit(self._current.key, self._choices[index - 1] if index else None)
