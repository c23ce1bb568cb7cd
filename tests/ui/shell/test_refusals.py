"""Keys of entries that can do nothing now say why, once for each press."""

import pytest
from fakes.reading_aloud import heard
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.shell.main_window import MainWindow
from ui.shell.menu_state import MenuFacts

CONTROL = Qt.KeyboardModifier.ControlModifier
READY = MenuFacts(is_job_open=True, has_accounting=True, is_due=True, has_drafts=True)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made, before_close_func=MainWindow.let_go)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_key_that_can_do_nothing_says_why_each_time(window: MainWindow) -> None:
    with heard() as told:
        for _ in range(2):
            QTest.keyClick(window, Qt.Key.Key_M, CONTROL)
    assert window.messages.title() == "Choose a job first."
    assert list(told) == ["Choose a job first."] * 2


def test_what_was_said_goes_when_the_entries_can_do_something(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert window.messages.isVisible()
    window.show_menu(MenuFacts())
    assert window.messages.isVisible()
    window.show_menu(READY)
    assert not window.messages.isVisible()


def test_another_message_is_not_taken_away(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    window.refusals.say("Offline.")
    window.messages.clear()
    window.show_menu(READY)
    assert window.messages.title() == ""


def test_an_entry_that_can_do_something_keeps_its_key(window: MainWindow, qtbot: QtBot) -> None:
    window.show_menu(READY)
    with qtbot.waitSignal(window.actions_by_name.act.triggered):
        QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert not window.messages.isVisible()


def test_a_letter_says_why_only_where_it_is_a_key(window: MainWindow) -> None:
    field = QLineEdit(window)
    field.show()
    window.refusals.watch("discard_drafts", window.actions_by_name.discard_drafts, field)
    window.show_menu(MenuFacts())
    QTest.keyClick(window, Qt.Key.Key_Delete)
    assert not window.messages.isVisible()


def test_the_same_window_outlives_the_places_that_it_watched(window: MainWindow) -> None:
    field = QLineEdit(window)
    window.refusals.watch("open_in_pleo", window.actions_by_name.open_in_pleo, field)
    delete(field)
    window.show_menu(READY)
    window.show_menu(MenuFacts(leads_to_pleo=True))
    assert window.actions_by_name.open_in_pleo.isEnabled()
