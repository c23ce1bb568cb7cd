from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class EnterKey(QObject):
    """Enter presses the button that has the focus, and no other one.

    Qt knows this for dialogs only, by `autoDefault`, which would also let Enter press a button from a field beside it;
    and without that Enter on one button presses the dialog's default one. Held down, the key presses nothing again, so
    what a button opens is not closed by it. Only the button with the focus is watched.
    """

    def __init__(self, parent: QObject) -> None:
        """For all windows of the program, as long as `parent` lives."""
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, QPushButton):
            before.removeEventFilter(self)
        if isinstance(now, QPushButton):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTER_KEYS:
            return False
        if isinstance(watched, QPushButton) and event.modifiers() in _PLAIN and not event.isAutoRepeat():
            watched.click()
        return True
