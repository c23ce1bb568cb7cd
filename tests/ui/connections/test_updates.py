from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.qt_loop import until
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.errors import SettingsProblem
from app.settings.preferences import PreferencesBook, PreferencesFile
from app.updates.announcement import Announcement
from ui.common.dialogs import Question
from ui.common.tasks import Tasks
from ui.connections.updates import UpdatesPresenter
from ui.shell.main_window import MainWindow


class FakeCheck:
    """A build that looks, and what it finds."""

    def __init__(self, *, asks: bool = False, found: Announcement | None = None) -> None:
        self.page = "https://signoff.example/new"
        self.asks, self.found = asks, found
        self.starts = self.looks = 0
        self.is_read_only = False

    def count_start(self) -> None:
        if self.is_read_only:
            raise SettingsProblem("cannot be written")
        self.starts += 1

    def wants_to_ask_user(self) -> bool:
        return self.asks

    async def look(self, is_sending: Callable[[], bool]) -> Announcement | None:
        self.looks += 1
        return self.found


class Desk:
    def __init__(self, qtbot: QtBot, folder: Path, check: FakeCheck) -> None:
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.tasks = Tasks(self.window, lambda error: None)
        self.preferences = PreferencesBook(PreferencesFile(folder))
        self.updates = UpdatesPresenter(self.window, check, self.preferences, lambda: False, self.tasks)

    def close(self) -> None:
        self.updates.close()
        self.window.let_go()


async def test_a_newer_version_is_told_in_plain_text_with_the_builds_own_link(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    desk = Desk(qtbot, tmp_path, FakeCheck(found=Announcement("2.0.0", "<a href='https://x.example'>here</a>")))
    desk.updates.start()
    await desk.tasks.finished()
    news = desk.window.news
    assert news.isVisible()
    labels = [label.text() for label in news.findChildren(type(news._title))]
    assert "Signoff 2.0.0 is there" in labels
    (button,) = [each for each in news.findChildren(QPushButton) if each.text() == "Open the page"]
    button.click()
    assert opened == [QUrl("https://signoff.example/new")]
    desk.close()


@pytest.mark.parametrize("says_yes", [True, False])
async def test_the_users_answer_is_kept(qtbot: QtBot, tmp_path: Path, says_yes: bool) -> None:
    desk = Desk(qtbot, tmp_path, FakeCheck(asks=True))
    desk.updates.start()
    await until(lambda: desk.window.findChild(Question) is not None)
    asked = desk.window.findChild(Question)
    asked.accept() if says_yes else asked.reject()
    await desk.tasks.finished()
    assert desk.preferences.now.look_for_updates is says_yes
    desk.close()


async def test_a_build_without_an_address_and_a_folder_that_cannot_be_written_ask_and_look_for_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    without, read_only = FakeCheck(asks=True), FakeCheck(asks=True)
    without.page, read_only.is_read_only = "", True
    for check in (without, read_only):
        desk = Desk(qtbot, tmp_path, check)
        desk.updates.start()
        await desk.tasks.finished()
        assert (check.starts, check.looks) == (0, 0)
        assert not desk.window.news.isVisible()
        desk.close()
