from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme.icons import set_icon
from ui.theme.status import Look, StatusLook, look_of


class CountChip(QPushButton):
    """How many look like this, as shape, number and word; checked, it filters."""

    def __init__(self, look: StatusLook | Look, count: int = 0, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shown = look_of(look) if isinstance(look, StatusLook) else look
        self._word = word or shown.word.lower()
        self.setObjectName(f"chip-{shown.word.lower()}")
        self.setCheckable(True)
        set_icon(self, shown.icon)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        said = f"{count:,} {self._word}"
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(said)
