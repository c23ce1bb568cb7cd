"""Exactly what will be sent, request by request, folded until somebody asks."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.messages import tr
from app.models.item_outcome import ItemOutcome
from app.outcomes.batches import batches, body_of
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.number_field import NUMBER, say_around
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_text import PlainText

_HEIGHT = 160


class ExactBody(QWidget):
    folded = Signal()

    def __init__(self, outcomes: Sequence[ItemOutcome], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batches = tuple(batches(outcomes))
        self.fold = QPushButton(tr("Exactly what is sent"))
        self.place = QSpinBox()
        self.body = PlainText(mono=True)
        self._area = ScrollColumn(ground="window")
        self._dress()
        self._arrange()
        self.fold.toggled.connect(self._show)
        self.place.valueChanged.connect(self._fill)
        self._show(is_shown=False)

    def _dress(self) -> None:
        self.setObjectName("exactBody")
        self.fold.setObjectName("exactBodyFold")
        self.fold.setProperty("flat-link", "true")
        self.fold.setCheckable(True)
        self.fold.setAutoDefault(False)
        self.place.setObjectName("exactBodyPlace")
        self.place.setAccessibleName(tr("Request"))
        say_around(self.place, tr("Request {n} of {total:,}", n=NUMBER, total=len(self._batches)))
        self.place.setRange(1, max(1, len(self._batches)))
        self.body.setObjectName("exactBodyText")
        self.body.setAccessibleDescription(tr("The exact text of this request"))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.fold)
        head.addStretch(1)
        head.addWidget(self.place)
        self._area.column.setContentsMargins(GRID, GRID, GRID, GRID)
        self._area.column.addWidget(self.body)
        self._area.column.addStretch(1)
        self._area.setFixedHeight(scaled(_HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addLayout(head)
        column.addWidget(self._area)

    def _show(self, is_shown: bool) -> None:
        set_icon(self.fold, "chevron-down" if is_shown else "chevron-right", "accent")
        self._area.setVisible(is_shown)
        self.place.setVisible(is_shown and len(self._batches) > 1)
        if is_shown and not self.body.text():
            self._fill()
        self.folded.emit()

    def _fill(self) -> None:
        if self._batches:
            self.body.set_text(body_of(self._batches[self.place.value() - 1]))
