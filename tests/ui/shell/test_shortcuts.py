"""Every shortcut that the program promises belongs to an action of a menu, and to one only."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from ui.shell.main_window import MainWindow
from ui.shell.shortcuts import ShortcutList, shortcuts_of

PROMISED = {
    "Ctrl+Q": "Quit",
    "Ctrl+O": "Open posting list…",
    "Ctrl+E": "Export open items…",
    "Ctrl+Z": "Undo",
    "Ctrl+Shift+Z": "Redo",
    "Ctrl+Y": "Redo",
    "Ctrl+C": "Copy rows",
    "Ctrl+Shift+C": "Copy rows with headers",
    "Ctrl+A": "Select all rows",
    "Ctrl+F": "Find items",
    "Ctrl+Shift+F": "Find in all jobs…",
    "Esc": "Show all items",
    "F5": "Read again",
    "F9": "Jobs pane",
    "Ctrl+Shift+N": "Notices…",
    "F7": "Completion pane",
    "Ctrl+Return": "Complete…",
    "Ctrl+Shift+J": "Next job",
    "Ctrl+Shift+D": "Next ready job",
    "Ctrl+Shift+T": "Timeline…",
    "F8": "Next that needs attention",
    "Shift+F8": "Previous that needs attention",
    "N": "Next failed",
    "Ctrl+M": "Set outcome…",
    "Ctrl+Shift+Return": "Send outcomes…",
    "Del": "Discard drafts",
    "P": "Open in Pleo",
    "E": "Open in the books",
    "Ctrl+Shift+R": "Speak the chosen row",
    "Ctrl+Shift+G": "Speak the completion pane",
    "Ctrl+Alt+Right": "Jobs pane wider",
    "Ctrl+Alt+Left": "Jobs pane narrower",
    "Ctrl+Alt+Shift+Left": "Completion pane wider",
    "Ctrl+Alt+Shift+Right": "Completion pane narrower",
    "Ctrl+Alt+Down": "Table of items taller",
    "Ctrl+Alt+Up": "Table of items shorter",
    "Ctrl+K": "Connections…",
    "Ctrl+,": "Settings…",
    "F1": "Shortcuts",
    "?": "Shortcuts",
}


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made, before_close_func=MainWindow.let_go)
    return made


def menu_actions(window: MainWindow) -> list[QAction]:
    return [action for action in window.findChildren(QAction) if not action.shortcut().isEmpty()]


@pytest.mark.parametrize(("keys", "words"), PROMISED.items())
def test_the_shortcut_belongs_to_the_action(window: MainWindow, keys: str, words: str) -> None:
    found = [action for action in menu_actions(window) if QKeySequence(keys) in action.shortcuts()]
    assert [action.text().replace("&", "") for action in found] == [words]


def test_no_shortcut_is_missing_from_the_promise(window: MainWindow) -> None:
    """So that a new one is written down here too, and no two actions share one."""
    found = Counter(keys.toString() for action in menu_actions(window) for keys in action.shortcuts())
    assert found == Counter(dict.fromkeys(PROMISED, 1))


@pytest.mark.parametrize("name", ["next_failed", "open_in_pleo", "open_in_books", "discard_drafts", "shortcuts_letter"])
def test_a_single_letter_is_no_shortcut_of_the_whole_window(window: MainWindow, name: str) -> None:
    action: QAction = getattr(window.actions_by_name, name)
    assert action.shortcutContext() is Qt.ShortcutContext.WidgetWithChildrenShortcut


def test_what_a_held_key_opens_is_opened_once(window: MainWindow) -> None:
    """So that it is not answered by the same key: Ctrl+Enter opens the preview and confirms it."""
    opening = [action for action in window.findChildren(QAction) if action.text().endswith("…")]
    assert {window.actions_by_name.act, window.actions_by_name.send_outcomes} <= set(opening)
    assert not any(action.autoRepeat() for action in opening)
    assert window.actions_by_name.next_to_do.autoRepeat()


def test_no_two_entries_of_a_menu_share_a_mnemonic(window: MainWindow) -> None:
    for entry in window.menuBar().actions():
        texts = [each.text().replace("&&", "") for each in entry.menu().actions()]  # type: ignore[attr-defined]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), texts


def test_the_list_of_shortcuts_holds_them_all_and_its_button_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ShortcutList(shortcuts_of(window), window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert {words.rstrip("…") for words in PROMISED.values()} <= set(dialog.said())
    assert dialog.said()["Complete"] == "Ctrl+Enter"
    focused = dialog.focusWidget()
    assert isinstance(focused, QPushButton)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_letters_choose_among_the_entries_of_a_menu_that_is_open(qtbot: QtBot, window: MainWindow) -> None:
    """Whatever they are shortcuts for in the table beneath it."""
    menu = window.menuBar().actions()[2].menu()
    assert isinstance(menu, QMenu)
    for key, letter in ((Qt.Key.Key_E, "e"), (Qt.Key.Key_N, "n"), (Qt.Key.Key_Question, "?"), (Qt.Key.Key_Delete, "")):
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, letter)
        override.ignore()
        QApplication.sendEvent(menu, override)
        assert override.isAccepted(), letter


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_f10_goes_to_the_menus(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert window.menuBar().activeAction() is window.menuBar().actions()[0]
