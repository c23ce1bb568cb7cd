from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.messages import shown
from ui.theme.metrics import GRID, scaled
from ui.widgets.bounded_column import BoundedColumn
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel, TextRole

_ICON = 32
_WIDEST = 420
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(BoundedColumn):
    """Says what would be here, and what to do next; it scrolls where there is less room than that takes."""

    button_clicked = Signal()

    def __init__(
        self, icon_name: str, title: str, hint: str = "", button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, ground="", is_read=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        # It stands on the ground of whatever it is in.
        self.content.setAutoFillBackground(False)
        self._title = PlainLabel(role=TextRole.TITLE, wrap=True)
        self._hint = PlainLabel(role=TextRole.QUIET, wrap=True)
        self._button = QPushButton()
        self._button.setObjectName("emptyStateButton")
        self._button.clicked.connect(self.button_clicked)
        for label in (self._title, self._hint):
            label.setAlignment(_CENTRE)
        self._arrange(IconLabel(icon_name, _ICON, "quiet"))
        self.set_texts(title, hint, button)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def set_texts(self, title: str, hint: str = "", button: str = "") -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(shown(button))
        self._button.setVisible(bool(button))
        self.setAccessibleName(shown(title))
        self.setAccessibleDescription(shown(hint))

    def _arrange(self, picture: IconLabel) -> None:
        inner = QWidget()
        inner.setMaximumWidth(scaled(_WIDEST))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(picture, 0, _CENTRE)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self._button, 0, _CENTRE)
        outer = self.column
        outer.setContentsMargins(2 * GRID, 3 * GRID, 2 * GRID, 3 * GRID)
        outer.addStretch(1)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)
