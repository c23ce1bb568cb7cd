"""What another program should open, on a machine where there is none."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from app.errors import SignoffError
from ui.common.opening import open_folder, open_in_browser
from ui.widgets.message_bar import MessageBar


@pytest.fixture
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)


@pytest.mark.usefixtures("without_programs")
def test_an_address_that_no_browser_opens_can_be_read_and_copied(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    open_in_browser(QUrl("https://pleo.example/<b>"), bar)
    assert bar.title() == "No browser could be started"
    assert bar.detail().startswith("https://pleo.example/")


@pytest.mark.usefixtures("without_programs")
def test_a_folder_that_no_program_shows_is_named(tmp_path: Path) -> None:
    with pytest.raises(SignoffError, match="No program could be started to show the folder") as met:
        open_folder(tmp_path)
    assert str(tmp_path) in met.value.title


def test_what_is_opened_says_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    bar = MessageBar()
    qtbot.addWidget(bar)
    open_in_browser(QUrl("https://pleo.example/"), bar)
    open_folder(tmp_path)
    assert not bar.title()
    assert [url.scheme() for url in opened] == ["https", "file"]
