from PySide6.QtWidgets import QPushButton, QWidget

from app.messages import shown
from ui.theme.icons import set_icon
from ui.theme.status import Look, StatusLook, look_of


class CountChip(QPushButton):
    """How many look like this, as shape, number and word; checked, it filters."""

    def __init__(self, look: StatusLook | Look, count: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look_of(look) if isinstance(look, StatusLook) else look
        self.setObjectName(f"chip-{self._look.word.lower()}")
        self.setCheckable(True)
        set_icon(self, self._look.icon)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        words = (
            shown(self._look.counted(count)) if self._look.counted else f"{count:,} {shown(self._look.word).lower()}"
        )
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
