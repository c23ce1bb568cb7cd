from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme.icons import set_icon
from ui.theme.status import StatusLook, look_of


class CountChip(QPushButton):
    """How many have this status, as shape, number and word; checked, it filters."""

    def __init__(self, look: StatusLook, count: int = 0, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._word = word or look_of(look).word.lower()
        self.setObjectName(f"chip-{look.value}")
        self.setCheckable(True)
        set_icon(self, look_of(look).icon)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        said = f"{count:,} {self._word}"
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(said)
