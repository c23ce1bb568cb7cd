"""The lines of the summary below each other, each with its label."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.completion.summary import Line
from ui.theme.metrics import GRID, HALF
from ui.widgets.plain_label import PlainLabel, TextRole

_TOP = Qt.AlignmentFlag.AlignTop


class SummaryLines(QWidget):
    """Labels, not fields: on the way to the buttons Tab does not stop at each of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewSummary")
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(HALF)
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        while len(self._rows) < len(lines):
            self._add_row()
        for place, (label, words) in enumerate(self._rows):
            line = lines[place] if place < len(lines) else None
            label.setText(line.label if line else "")
            words.setText(line.words if line else "")
            for part in (label, words):
                part.setVisible(line is not None)
        self.setVisible(bool(lines))

    def lines(self) -> list[tuple[str, str]]:
        """As they are read."""
        return [(label.text(), words.text()) for label, words in self._rows if label.text()]

    def _add_row(self) -> None:
        place = len(self._rows)
        label, words = PlainLabel(role=TextRole.QUIET), PlainLabel(wrap=True)
        for column, part in enumerate((label, words)):
            part.setObjectName(f"summary-{place}-{column}")
            self._grid.addWidget(part, place, column, _TOP)
        self._rows.append((label, words))
