"""Enter presses the button that has the focus, in dialogs and in windows."""

from functools import partial

import pytest
from fakes.key_strokes import CONTROL, hold_on
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

NONE = Qt.KeyboardModifier.NoModifier
pytestmark = pytest.mark.usefixtures("enter_key")


class Ground:
    """A field and two buttons, of which the first is the default one of a dialog."""

    def __init__(self, qtbot: QtBot, kind: type[QWidget]) -> None:
        self.pressed: list[str] = []
        self.whole = kind()
        qtbot.addWidget(self.whole)
        self.field, self.first, self.second = QLineEdit(), QPushButton("first"), QPushButton("second")
        column = QVBoxLayout(self.whole)
        for widget in (self.field, self.first, self.second):
            column.addWidget(widget)
        for button in (self.first, self.second):
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._press, button))
        self.whole.show()
        qtbot.waitUntil(self.whole.isActiveWindow)

    def _press(self, button: QPushButton) -> None:
        self.pressed.append(button.text())


@pytest.fixture(params=[QDialog, QWidget])
def ground(qtbot: QtBot, request: pytest.FixtureRequest) -> Ground:
    return Ground(qtbot, request.param)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_with_the_focus_and_not_the_default_one(ground: Ground, key: Qt.Key) -> None:
    ground.first.setDefault(True)
    ground.second.setFocus()
    QTest.keyClick(ground.second, key)
    assert ground.pressed == ["second"]


def test_enter_elsewhere_presses_no_button(ground: Ground) -> None:
    ground.second.setFocus()
    ground.field.setFocus()
    QTest.keyClick(ground.field, Qt.Key.Key_Return)
    assert ground.pressed == []


def test_held_down_it_presses_once(ground: Ground) -> None:
    ground.second.setFocus()
    QTest.keyPress(ground.second, Qt.Key.Key_Return)
    hold_on(ground.second, Qt.Key.Key_Return, NONE)
    assert ground.pressed == ["second"]


def test_with_control_it_presses_nothing(ground: Ground) -> None:
    ground.first.setDefault(True)
    ground.second.setFocus()
    QTest.keyClick(ground.second, Qt.Key.Key_Return, CONTROL)
    assert ground.pressed == []


def test_a_disabled_button_stays_unpressed(ground: Ground) -> None:
    ground.second.setFocus()
    ground.second.setEnabled(False)
    QTest.keyClick(ground.second, Qt.Key.Key_Return)
    assert ground.pressed == []
