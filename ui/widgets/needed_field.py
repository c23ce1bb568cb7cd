from PySide6.QtWidgets import QLineEdit, QWidget


class NeededField(QLineEdit):
    """A line of text that nothing goes on without: it looks so as long as it is empty."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.textChanged.connect(self._show)
        self._show()

    @property
    def is_missing(self) -> bool:
        return not self.text().strip()

    def _show(self) -> None:
        if self.property("needed") is not self.is_missing:
            self.setProperty("needed", self.is_missing)
            self.style().unpolish(self)
            self.style().polish(self)
