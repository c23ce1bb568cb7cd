"""What became of several items, item by item: the table, and what is said about its cells."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.messages import nsaid, said, shown, tr
from app.outcomes.item_by_item import CellFault
from ui.common.text_format import TextFormat
from ui.outcomes.grid import OutcomeGrid
from ui.outcomes.grid_delegate import Offered
from ui.outcomes.grid_model import COLUMN_OF, Entered, Fill, GridModel
from ui.outcomes.view_model import Subject
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.plain_label import PlainLabel, TextRole

_WIDTH = 832


class GridFields(QWidget):
    edited = Signal()
    left_below = Signal()

    def __init__(self, fill: Fill, offered: Offered, fmt: TextFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GridModel(fill, fmt, self)
        self.grid = OutcomeGrid(self.model, offered)
        self.about = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.share_numbers = QCheckBox(tr("The items with the same number are one entry in the books"))
        self._pasted = ""
        self._dress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addWidget(self.grid, 1)
        column.addWidget(self.about)
        column.addWidget(self.share_numbers)
        self.model.edited.connect(self._take_edit)
        self.grid.left_below.connect(self.left_below)
        self.grid.said_of_paste.connect(self._take_pasted)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._say())
        self.share_numbers.toggled.connect(self.model.share_numbers)

    def _dress(self) -> None:
        self.about.setObjectName("outcomeGridAbout")
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for a sentence of two lines and for the box, so that nothing moves while somebody types.
        self.about.setMinimumHeight(2 * self.about.fontMetrics().lineSpacing())
        self.share_numbers.setObjectName("outcomeShareNumbers")
        policy = self.share_numbers.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.share_numbers.setSizePolicy(policy)
        self.share_numbers.hide()

    def show_subjects(self, subjects: Sequence[Subject]) -> None:
        self.grid.fields.commit()
        self.model.show(subjects)
        if subjects:
            room = self.screen().availableGeometry().width() - 8 * GRID
            self.setMinimumWidth(min(scaled(_WIDTH), room))
            self.grid.start()
        self._say()

    def entered(self) -> Entered:
        return self.model.entered()

    def fault(self) -> str:
        """What keeps the table from being drafted, as a sentence; "" for nothing."""
        entered = self.model.entered()
        if entered.faults:
            return nsaid(
                "Something speaks against {n:,} cell. It is said at the table.",
                "Something speaks against {n:,} cells. It is said at the table.",
                len(entered.faults),
            )
        return "" if entered else said("Enter a number or a failure for at least one item.")

    def commit(self) -> None:
        """Takes what stands in a cell that is being written."""
        self.grid.fields.commit()

    def go_to_fault(self) -> bool:
        """The first cell that something speaks against; whether there is one."""
        faults = self.model.faults
        if faults:
            self.grid.go_to(faults[0].row, faults[0].cell)
        return bool(faults)

    def _take_edit(self) -> None:
        self._pasted = ""
        self.share_numbers.setVisible(self.share_numbers.isChecked() or self.model.has_shared_numbers())
        self._say()
        self.edited.emit()

    def _take_pasted(self, words: str) -> None:
        self._pasted = words
        self._say()

    def _say(self) -> None:
        """Of the cell that one is in, else of the first that something speaks against."""
        current = self.grid.currentIndex()
        here = self.model.fault(current.row(), current.column()) if current.isValid() else ""
        faults = self.model.faults
        self.about.set_role(TextRole.STRONG if here or faults else TextRole.QUIET)
        if here:
            self.about.setText(here)
        elif faults:
            self.about.setText(self._named(faults[0]))
        else:
            self.about.setText(
                self._pasted
                or tr(
                    "A number means posted, a failure means failed; empty rows stay open. Enter goes down, Ctrl+D fills"
                    " down, and a column from a spreadsheet can be pasted."
                )
            )

    def _named(self, fault: CellFault) -> str:
        title = self.model.headerData(COLUMN_OF[fault.cell], Qt.Orientation.Horizontal)
        return tr("Row {row}, {title}: {fault}", row=fault.row + 1, title=str(title), fault=shown(fault.message))
