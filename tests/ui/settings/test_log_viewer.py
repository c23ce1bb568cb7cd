"""The log's last lines, by level, and what is handed on."""

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import SettingsProblem
from app.platform.logs import write_log_to
from app.settings.connections import Connection
from app.settings.preferences import PreferencesBook, PreferencesFile
from ui.settings.log_presenter import LogPresenter
from ui.settings.log_viewer import LogViewer

LOGGER = logging.getLogger("signoff.test")
ACME = Connection(name="Acme", base_url="https://pleo.example")


class Room:
    def __init__(self, folder: Path, damage: SettingsProblem | None = None) -> None:
        self.folder = folder
        self.preferences = PreferencesBook(PreferencesFile(folder))
        self._damage = damage

    def connections(self) -> tuple[Connection, ...]:
        if self._damage:
            raise self._damage
        return (ACME,)


def opened(qtbot: QtBot, room: Room) -> tuple[LogPresenter, LogViewer]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    presenter = LogPresenter(window, room)
    presenter.open()
    assert presenter.viewer is not None
    return presenter, presenter.viewer


def test_lines_are_shown_by_level_with_the_newest_in_sight(qtbot: QtBot, tmp_path: Path) -> None:
    write_log_to(tmp_path / "logs")
    for number in range(200):
        LOGGER.info("read job %d", number)
    LOGGER.warning("slow")
    LOGGER.error("broken")
    _, viewer = opened(qtbot, Room(tmp_path))
    assert "read job 199" in viewer.text.toPlainText()
    bar = viewer.text.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    viewer.level.setCurrentIndex(2)
    assert [line.split()[-1] for line in viewer.text.toPlainText().splitlines()] == ["slow", "broken"]
    viewer.level.setCurrentIndex(3)
    assert viewer.text.toPlainText().endswith("broken")
    assert "slow" not in viewer.text.toPlainText()


def test_f5_reads_what_was_written_meanwhile(qtbot: QtBot, tmp_path: Path) -> None:
    write_log_to(tmp_path / "logs")
    _, viewer = opened(qtbot, Room(tmp_path))
    qtbot.waitUntil(viewer.isActiveWindow)
    LOGGER.info("written later")
    qtbot.keyClick(viewer, Qt.Key.Key_F5)
    assert "written later" in viewer.text.toPlainText()


def test_a_log_that_is_empty_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    _, viewer = opened(qtbot, Room(tmp_path))
    assert viewer.text.toPlainText() == "Nothing of this kind is in the log."


@pytest.mark.parametrize("damage", [None, SettingsProblem("The stored connections cannot be read")])
def test_diagnostics_are_copied_and_it_is_said_that_they_hold_no_key(
    qtbot: QtBot, tmp_path: Path, damage: SettingsProblem | None
) -> None:
    write_log_to(tmp_path / "logs")
    LOGGER.info("the last thing")
    _, viewer = opened(qtbot, Room(tmp_path, damage))
    viewer.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "Qt platform: offscreen" in text
    assert "the last thing" in text
    assert ("https://pleo.example" in text) is (damage is None)
    assert "holds no key" in viewer.note.text()
