"""Keys as a keyboard gives them: once pressed they repeat until they are let go."""

from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.completion.preview_dialog import PreviewDialog
from ui.outcomes.send_dialog import SendDialog
from ui.widgets.confirm_keys import READING_SECONDS

CONTROL = Qt.KeyboardModifier.ControlModifier


class Seconds:
    """A clock that stands still until time passes."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def down(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier, *, repeats: bool = False) -> None:
    """The key alone: `QTest.keyPress` would press the modifiers anew before it."""
    QTest.simulateEvent(widget, True, key, modifier, "", repeats)


def up(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.simulateEvent(widget, False, key, modifier, "", False)


def hold_on(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier, times: int = 50) -> None:
    """The key was pressed before and is still down."""
    for _ in range(times):
        down(widget, key, modifier, repeats=True)


def confirm_by_keys(dialog: PreviewDialog | SendDialog, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Presses both keys once the dialog may have been read."""
    dialog.confirm_keys.clock = lambda: monotonic() + READING_SECONDS
    QTest.keyClick(dialog, key, CONTROL)
