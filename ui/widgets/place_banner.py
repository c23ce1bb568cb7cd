from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.texts.screen import for_screen
from ui.theme.metrics import GRID, HALF
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel


class PlaceBanner(QFrame):
    """Says that this is not production. The sandbox's is in a colour that nothing else has, so that neither is taken
    for the other."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, is_sandbox: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("placeBanner")
        self._icon = IconLabel()
        self._label = PlainLabel(elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + HALF, HALF, GRID + HALF, HALF)
        row.setSpacing(GRID)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        self.show_place(text, is_sandbox=is_sandbox)

    def show_place(self, text: str, *, is_sandbox: bool) -> None:
        self._label.setText(text)
        self.setAccessibleName(for_screen(text))
        self._icon.set_icon("sandbox" if is_sandbox else "warning", "on_sandbox" if is_sandbox else None)
        self.setProperty("place", "sandbox" if is_sandbox else "elsewhere")
        for each in (self, self._label):
            each.style().unpolish(each)
            each.style().polish(each)

    def text(self) -> str:
        return self._label.text()
