"""What a column was taken for before it was chosen for something else, said beside the field, with the way back."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.messages import tr
from app.posting_lists.known_words import ColumnRole
from ui.posting_lists.mapping_view_model import role_words
from ui.theme.metrics import GRID
from ui.widgets.announcements import announce
from ui.widgets.plain_label import PlainLabel


class LostRole(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lostRole")
        self.words = PlainLabel(wrap=True)
        self.undo = QPushButton(tr("Undo"))
        self.undo.setObjectName("undoLostRole")
        self.undo.setAutoDefault(False)
        self._back: Callable[[], None] = lambda: None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, GRID)
        line.setSpacing(GRID)
        line.addWidget(self.words, 1)
        line.addWidget(self.undo)
        self.undo.clicked.connect(self._take_back)

    def show_loss(self, column: str, roles: Sequence[ColumnRole], back: Callable[[], None]) -> None:
        """`back` takes the choice back."""
        self._back = back
        self.words.setText(
            tr("{column} was taken for '{role}', which now has no column.", column=column, role=role_words(roles[0]))
        )
        self.show()
        announce(self, self.words.text())

    def _take_back(self) -> None:
        self._back()
