"""A button that the keyboard reaches while it is not ready, and that does nothing then but say what it waits for."""

from collections.abc import Iterator

import pytest
from fakes.reading_aloud import heard
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.ready_button import ReadyButton

WAITS = "2 items are still <b>pending</b>"


@pytest.fixture
def button(qtbot: QtBot, enter_key: None) -> Iterator[ReadyButton]:
    window = QWidget()
    qtbot.addWidget(window)
    made, before = ReadyButton("Complete…"), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(made)
    window.show()
    window.activateWindow()
    before.setFocus()
    made.set_ready(is_ready=False, waits_for=WAITS)
    yield made
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def description(button: ReadyButton) -> str:
    return QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Description)


def test_tab_comes_to_it_and_a_listener_hears_why_it_cannot_be_pressed(qtbot: QtBot, button: ReadyButton) -> None:
    focused = button.window().focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert button.window().focusWidget() is button
    assert description(button) == f"Not possible yet: {WAITS}"


@pytest.mark.parametrize("press", ["mouse", "space", "enter", "click"])
def test_however_it_is_pressed_it_only_says_what_it_waits_for(qtbot: QtBot, button: ReadyButton, press: str) -> None:
    acted: list[bool] = []
    button.act_requested.connect(lambda: acted.append(True))
    with heard() as told:
        press_it(button, press)
    assert (acted, told) == ([], [f"Not possible yet: {WAITS}"])
    assert "&lt;b&gt;pending" in QToolTip.text(), "what looks like markup stays letters"
    button.set_ready(is_ready=True)
    with heard() as told:
        press_it(button, press)
    assert (acted, told) == ([True], [])
    assert (description(button), button.toolTip()) == ("", "")


def press_it(button: ReadyButton, press: str) -> None:
    button.setFocus()
    match press:
        case "mouse":
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        case "space":
            QTest.keyClick(button, Qt.Key.Key_Space)
        case "enter":
            QTest.keyClick(button, Qt.Key.Key_Return)
        case _:
            button.click()


def test_the_focus_stays_where_it_is_when_it_turns_ready_and_back(button: ReadyButton) -> None:
    button.setFocus()
    for is_ready in (True, False, True):
        button.set_ready(is_ready=is_ready, waits_for="one item is open")
        assert button.window().focusWidget() is button
        assert button.property("ready") == ("true" if is_ready else "false")


def test_ready_means_that_nothing_is_waited_for(button: ReadyButton) -> None:
    button.set_ready(is_ready=True, waits_for="something")
    assert (button.is_ready(), button.waits_for()) == (True, "")
    button.set_ready(is_ready=False)
    assert description(button) == "Not possible yet"
