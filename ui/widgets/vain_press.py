from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton


class VainPress(QObject):
    """`told` is called for a press on the button while it is disabled, which Qt tells nobody: a button that does
    nothing, and does not say why, looks broken."""

    def __init__(self, button: QAbstractButton, told: Callable[[], object]) -> None:
        super().__init__(button)
        self._told = told
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = event.type() == QEvent.Type.MouseButtonPress
        if is_press and isinstance(watched, QAbstractButton) and not watched.isEnabled():
            self._told()
            return True
        return False
