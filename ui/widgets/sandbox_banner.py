from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.messages import said, shown
from ui.theme.metrics import GRID, HALF
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel

STANDARD_TEXT = said("Sandbox: nothing here is real, and nothing is sent to Pleo")


class SandboxBanner(QFrame):
    """In a colour that nothing else has, so that the sandbox is never taken for production."""

    def __init__(self, text: str = STANDARD_TEXT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxBanner")
        self.setAccessibleName(shown(text))
        self._label = PlainLabel(text, elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + HALF, HALF, GRID + HALF, HALF)
        row.setSpacing(GRID)
        row.addWidget(IconLabel("sandbox", tone="on_sandbox"))
        row.addWidget(self._label, 1)

    def set_text(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(shown(text))

    def text(self) -> str:
        return self._label.text()
