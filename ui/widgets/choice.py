from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from app.messages import shown


class Choice(QComboBox):
    """A combo box that has a name everywhere.

    On X11 and Wayland Qt gives a screen reader the value in place of the name, and asks for a label beside the box.
    Where the screen shows none, there is one that nobody sees.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(parent)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setBuddy(self)
        self._label.hide()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._label.setText(shown(name).replace("&", "&&"))

    def showEvent(self, event: QShowEvent) -> None:
        """One label is enough."""
        interface = QAccessible.queryAccessibleInterface(self)
        labels = [of for of, kind in interface.relations() if kind & QAccessible.RelationFlag.Label]
        if any(label.object() is not self._label for label in labels):
            self._label.setBuddy(None)  # type: ignore[arg-type]
            self._label.setParent(None)
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._label.setParent(self.parentWidget())
        return super().event(event)
