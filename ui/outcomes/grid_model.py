"""The cells in which outcomes are entered item by item, as Qt's tables ask for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from app.messages import said, shown, tr
from app.models.vocabulary import ITEM_FAILURES, EntryId, FailureType, Item, ItemStatus
from app.outcomes.item_by_item import BLANK, Cell, CellFault, Line, faults_in, has_shared_numbers, line_of
from app.review.failure_catalogue import failure_words
from app.texts.screen import for_screen
from ui.common.status_text import item_look, outcome_word
from ui.common.text_format import TextFormat
from ui.outcomes.view_model import Subject, subject_words
from ui.tables.override import override
from ui.theme.apply import current_tokens
from ui.theme.icons import icon
from ui.theme.status import look_of
from ui.theme.tooltip import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

SUPPLIER, AMOUNT = 0, 1
CELLS: Mapping[int, Cell] = dict(enumerate((Cell.OUTCOME, Cell.NUMBER, Cell.KIND, Cell.REASON), 2))
COLUMN_OF: Mapping[Cell, int] = {cell: column for column, cell in CELLS.items()}
_TITLES = (
    said("Supplier"),
    said("Amount"),
    said("Outcome"),
    said("Entry in the books"),
    said("What failed"),
    said("Reason"),
)

# What a reason with variables comes to for an item.
Fill = Callable[[str, Subject], str]


Lines = Mapping[EntryId, Line]


@dataclass(frozen=True, slots=True)
class Entered:
    """Lines that differ from what is drafted and are decided, with the items that they are for."""

    subjects: tuple[Subject, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[CellFault, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)


class GridModel(QAbstractTableModel):
    """`edited` tells of each change. What was entered for an item stays while others come and go."""

    edited = Signal()

    def __init__(self, fill: Fill, fmt: TextFormat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fill = fill
        self._fmt = fmt
        self._subjects: Sequence[Subject] = ()
        self._lines: dict[EntryId, Line] = {}
        self._before: dict[EntryId, Line] = {}
        self._faults: dict[tuple[int, Cell], str] = {}
        self._recalled: Lines = {}
        self._shares_numbers = False
        self.faults: tuple[CellFault, ...] = ()
        role = Qt.ItemDataRole
        self._answers: Mapping[int, Callable[[int, int], object]] = {
            role.DisplayRole: lambda row, column: for_screen(" ".join(self.text(row, column).split())),
            role.EditRole: lambda row, column: self.value(row, column) if column in CELLS else None,
            role.TextAlignmentRole: self._alignment,
            role.DecorationRole: self._icon,
            role.ForegroundRole: self._colour,
            role.ToolTipRole: self._tooltip,
            role.AccessibleTextRole: self._spoken,
        }

    def recall(self, lines: Lines) -> None:
        """What was entered for these items before."""
        self._recalled = lines
        self._lines |= {entry: line for entry, line in lines.items() if entry in self._lines}
        self._judge()
        self._tell()

    def changed_lines(self) -> Lines:
        """Those that differ from what is drafted, of all items that were ever shown."""
        return {entry: line for entry, line in self._lines.items() if line != self._before[entry]}

    def show(self, subjects: Sequence[Subject]) -> None:
        self.beginResetModel()
        self._subjects = subjects
        for subject in subjects:
            entry = subject.item.accounting_entry_id
            if entry not in self._lines:
                self._before[entry] = line_of(subject.draft)
                self._lines[entry] = self._recalled.get(entry, self._before[entry])
        self._judge()
        self.endResetModel()

    def share_numbers(self, does_share: bool) -> None:
        self._shares_numbers = does_share
        self._judge()
        self._tell()

    def has_shared_numbers(self) -> bool:
        return has_shared_numbers(self._shown_lines())

    def line(self, row: int) -> Line:
        return self._lines[self._subjects[row].item.accounting_entry_id]

    def entered(self) -> Entered:
        found = [
            (subject, line)
            for subject, line in zip(self._subjects, self._shown_lines(), strict=True)
            if line.status and line != self._before[subject.item.accounting_entry_id]
        ]
        return Entered(tuple(subject for subject, _ in found), tuple(line for _, line in found), self.faults)

    def fault(self, row: int, column: int) -> str:
        """What speaks against the cell, as a sentence; "" for nothing."""
        cell = CELLS.get(column)
        return self._faults.get((row, cell), "") if cell else ""

    def value(self, row: int, column: int) -> str:
        return self.line(row).entered(CELLS[column])

    # changes

    def enter(self, cells: Mapping[tuple[int, int], str]) -> None:
        """What is put into cells, by row and column, as one change."""
        for (row, column), text in cells.items():
            entry = self._subjects[row].item.accounting_entry_id
            line = self._lines[entry].with_cell(CELLS[column], text)
            self._lines[entry] = BLANK if line == BLANK else line
        self._judge()
        self._tell()

    def taken(self, column: int, text: str) -> str | None:
        """What a cell of the column makes of a text from elsewhere; None where it can make nothing of it."""
        cell, wanted = CELLS.get(column), text.strip()
        if cell in (Cell.NUMBER, Cell.REASON) or not wanted:
            return wanted
        offered = outcome_choices() if cell is Cell.OUTCOME else kind_choices()
        return next((value for words, value in offered if words.casefold() == wanted.casefold()), None)

    # for Qt

    @override(int)
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._subjects)

    @override(int)
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override()
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            is_end = role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal
            return (_END if section == AMOUNT else Qt.AlignmentFlag.AlignVCenter) if is_end else None
        return shown(_TITLES[section]) if orientation is Qt.Orientation.Horizontal else self._fmt.number(section + 1)

    @override(lambda: Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() in CELLS else usual

    @override()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        answer = self._answers.get(role)
        return answer(index.row(), index.column()) if answer and index.isValid() else None

    @override(bool)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() not in CELLS:
            return False
        if self.value(index.row(), index.column()) != value:
            self.enter({(index.row(), index.column()): str(value)})
        return True

    def text(self, row: int, column: int) -> str:
        """As the screen shows it: the outcome as it follows, the reason as the item says it."""
        subject, line = self._subjects[row], self.line(row)
        cell = CELLS.get(column)
        if cell is None:
            return self._text_of_item(subject, column)
        match cell:
            case Cell.OUTCOME:
                words = shown(outcome_word(line.status)) if line.status else ""
            case Cell.NUMBER:
                words = line.number
            case Cell.KIND:
                words = shown(failure_words(line.kind).title) if line.kind else ""
            case Cell.REASON:
                words = self._fill(line.reason, subject)
        return words

    def _text_of_item(self, subject: Subject, column: int) -> str:
        entry = subject.entry
        if column == SUPPLIER:
            return (entry.supplier_name if entry else "") or subject.item.accounting_entry_id
        return self._fmt.money(entry.amount.in_supplier_currency) if entry else ""

    def _alignment(self, _row: int, column: int) -> object:
        return _END if column == AMOUNT else Qt.AlignmentFlag.AlignVCenter

    def _colour(self, row: int, column: int) -> object:
        return QColor(current_tokens().danger) if self.fault(row, column) else None

    def _tooltip(self, row: int, column: int) -> str:
        return plain_tooltip(self.fault(row, column) or shown(subject_words(self._subjects[row], self._fmt)))

    def _icon(self, row: int, column: int) -> object:
        if self.fault(row, column):
            return icon("error", "danger")
        status = self.line(row).status if CELLS.get(column) is Cell.OUTCOME else ""
        return icon(look_of(item_look(ItemStatus(status))).icon) if status else None

    def _spoken(self, row: int, column: int) -> str:
        """With its column, and with what speaks against it; the first cell says which item it is."""
        if column == SUPPLIER:
            return shown(subject_words(self._subjects[row], self._fmt))
        title, text = shown(_TITLES[column]), self.text(row, column) or tr("empty")
        fault = self.fault(row, column)
        if fault:
            return tr("{title}: {text}. {fault}", title=title, text=text, fault=fault)
        return tr("{title}: {text}", title=title, text=text)

    def _shown_lines(self) -> list[Line]:
        return [self._lines[subject.item.accounting_entry_id] for subject in self._subjects]

    def _judge(self) -> None:
        before = [self._before[subject.item.accounting_entry_id] for subject in self._subjects]
        self.faults = faults_in(self._shown_lines(), before, share_numbers=self._shares_numbers)
        self._faults = {(fault.row, fault.cell): shown(fault.message) for fault in reversed(self.faults)}

    def _tell(self) -> None:
        if self._subjects:
            last = self.index(len(self._subjects) - 1, len(_TITLES) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()


def outcome_choices() -> list[tuple[str, str]]:
    """Words and value; the first leaves it to what is entered beside it."""
    return [("", ""), *((shown(outcome_word(status)), status) for status in (Item.SUCCESSFUL, Item.FAILED))]


def kind_choices() -> list[tuple[str, str]]:
    return [("", ""), *((shown(failure_words(FailureType(kind)).title), kind) for kind in ITEM_FAILURES)]
