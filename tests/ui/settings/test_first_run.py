"""The page without a connection: two ways on, and all that one has to know for them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.settings.connection_dialog import ConnectionDialog
from ui.settings.first_run import FirstRunPage
from ui.settings.view_model import NEEDED_SCOPES
from ui.shell.main_window import MainWindow


def a_page(qtbot: QtBot, *, keeps_secrets: bool = True) -> FirstRunPage:
    page = FirstRunPage(keeps_secrets=keeps_secrets)
    qtbot.addWidget(page)
    page.resize(1280, 640)
    page.show()
    return page


def words_of(page: FirstRunPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def test_it_says_where_a_key_is_made_what_it_needs_and_that_some_plans_have_no_such_menu(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    words = words_of(page)
    assert "An Admin or Bookkeeper" in words
    assert "Settings, API Keys" in words
    assert "Some Pleo plans do not have it" in words
    assert page.scopes.text().split() == list(NEEDED_SCOPES)


def test_it_says_how_to_go_without_a_key_in_the_words_of_the_connection_dialog(qtbot: QtBot) -> None:
    dialog = ConnectionDialog(None, keeps_secrets=True)
    qtbot.addWidget(dialog)
    assert dialog.kind.findText("Sign-in at Pleo") >= 0
    words = words_of(a_page(qtbot))
    assert "Instead of pasting a key you can sign in at Pleo in your browser" in words
    assert "Sign in with, Sign-in at Pleo." in words


@pytest.mark.parametrize(("keeps_secrets", "words"), [(True, "in the keyring"), (False, "no keyring")])
def test_it_says_where_the_key_will_be_kept(qtbot: QtBot, keeps_secrets: bool, words: str) -> None:
    assert words in words_of(a_page(qtbot, keeps_secrets=keeps_secrets))


def test_both_ways_are_taken_by_keyboard(qtbot: QtBot) -> None:
    page = a_page(qtbot)
    for button, wish in (
        (page.connect_button, page.connect_requested),
        (page.sandbox_button, page.sandbox_requested),
    ):
        with qtbot.waitSignal(wish):
            qtbot.keyClick(button, Qt.Key.Key_Space)


def test_both_buttons_are_in_sight_in_the_smallest_window(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.let_go)
    window.resize(1280, 720)
    window.show()
    page = FirstRunPage(keeps_secrets=False)
    window.show_first_run(page)
    qtbot.waitUntil(page.sandbox_button.isVisible)
    for button in (page.connect_button, page.sandbox_button):
        place = button.mapTo(page.viewport(), QPoint(0, button.height()))
        assert page.viewport().rect().contains(place)


def test_it_makes_room_for_what_comes_next(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.let_go)
    window.show()
    window.show_first_run(FirstRunPage(keeps_secrets=True))
    assert not window.welcome.isVisible()
    window.show_welcome("Not connected", "")
    assert window.welcome.isVisible()
    assert window.findChild(FirstRunPage) is None
