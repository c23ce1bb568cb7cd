"""The frame in other languages: every entry is said anew, and found by the same name and the same keys."""

from collections.abc import Iterator

import pytest
from fakes.bracketed_language import Bracketed, spoken
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.outcomes.drafts import MARK_FAILED, taking_from
from ui.shell.main_window import MainWindow
from ui.shell.menu_state import MenuFacts
from ui.shell.shortcuts import shortcuts_of


def a_window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made, before_close_func=MainWindow.let_go)
    return made


@pytest.fixture
def bracketed() -> Iterator[None]:
    with spoken(Bracketed()):
        yield


def entries(window: MainWindow) -> list[QAction]:
    """But for the unnamed ones that Qt makes."""
    return [action for action in window.findChildren(QAction) if action.objectName()]


def keys_by_name(window: MainWindow) -> dict[str, list[str]]:
    return {action.objectName(): [keys.toString() for keys in action.shortcuts()] for action in entries(window)}


@pytest.mark.usefixtures("bracketed")
def test_every_menu_and_entry_is_said_in_the_language(qtbot: QtBot) -> None:
    window = a_window(qtbot)
    said = [action.text().replace("&", "") for action in (*entries(window), *window.menuBar().actions())]
    assert len(said) > 40
    assert [text for text in said if not (text.startswith("⟦") and text.endswith("⟧"))] == []


def test_an_entry_is_found_by_the_same_name(qtbot: QtBot) -> None:
    english = keys_by_name(a_window(qtbot))
    with spoken(Bracketed()):
        assert keys_by_name(a_window(qtbot)) == english
    assert "actionSendOutcomes…" in english


@pytest.mark.parametrize("code", ["de", "da", "sv", "nl", "fr", "es"])
def test_the_keys_are_the_same_where_qt_names_them_otherwise(qtbot: QtBot, qapp: QApplication, code: str) -> None:
    english = keys_by_name(a_window(qtbot))
    translator = QTranslator(qapp)
    assert translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qapp.installTranslator(translator)
    try:
        assert keys_by_name(a_window(qtbot)) == english
    finally:
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.mark.usefixtures("bracketed")
def test_undo_names_its_step_in_the_language_and_a_files_ampersand_stays_one(qtbot: QtBot) -> None:
    window = a_window(qtbot)
    window.show_menu(MenuFacts(undo_name=MARK_FAILED.named(1234), redo_name=taking_from("R&D.csv").named(1)))
    actions = window.actions_by_name
    assert actions.undo.text() == "⟦&Undo: ⟦Mark 1,234 items as failed⟧⟧"
    assert actions.redo.text() == "⟦&Redo: ⟦Take the outcomes of 1 item from R&&D.csv⟧⟧"
    assert actions.act.text() == "&⟦Complete…⟧"


@pytest.mark.usefixtures("bracketed")
def test_the_list_of_shortcuts_is_in_the_language_with_keys_as_they_are(qtbot: QtBot) -> None:
    groups = dict(shortcuts_of(a_window(qtbot)))
    assert "⟦Help⟧" in groups
    assert ("⟦Shortcuts⟧", "⟦F1 or ?⟧") in groups["⟦Help⟧"]
