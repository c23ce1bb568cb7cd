"""No secret in a file, the log, the diagnostics, a crash, a title, an argument list, or on screen."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.desk import Desk, OpenDesk, press
from fakes.qt_loop import Run, until
from fakes.running_sandbox import RunningSandbox
from fakes.secret_search import arguments_of_children, files_with, forms_of, found_in, shown
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from app.settings.connections import SignInKind
from ui.connections.connection_view import Watching
from ui.settings.first_run import FirstRunPage

PROJECT = Path(__file__).parents[2]
WRONG, GOOD, REPLACED, TOKEN = "wrong-pk-4f1c/8+a=", "good-pk-77aa/3+x=", "next-pk-1b2c/9+z=", "token.of.beta-5d5d"
SECRETS = (WRONG, GOOD, REPLACED, TOKEN)
ANOTHER_ADDRESS, ACCESS_TOKEN = 2, 1


class Looks:
    """Looks at what is shown and at the argument lists each time something has happened."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self) -> None:
        self.number += 1
        assert found_in(shown(), SECRETS) == []
        assert found_in(arguments_of_children(), SECRETS) == []


async def sign_in(desk: Desk, look: Looks, url: str, key: str, name: str, kind: int = 0) -> None:
    dialog = desk.controller.connections.editor.dialog
    assert dialog is not None
    dialog.environment.setCurrentIndex(ANOTHER_ADDRESS)
    dialog.kind.setCurrentIndex(kind)
    dialog.base_url.setText(url)
    dialog.name.setText(name)
    dialog.secret.clear()
    QTest.keyClicks(dialog.secret, key)
    look()
    dialog.messages.clear()
    await press(dialog.save_button)
    await until(dialog.messages.isVisible)
    look()
    if details := dialog.messages.findChild(QPushButton, "messageDetails"):
        details.click()
        look()


def crash_with(desk: Desk, key: str) -> QMessageBox:
    """As if a mistake of the program had the key in its words."""
    try:
        int(f"request with {key}")
    except ValueError as error:
        desk.controller.show_bug(error)
    return desk.window.findChild(QMessageBox, "bugBox")


def test_a_journey_through_every_sign_in_leaves_no_secret_anywhere(
    run: Run,
    sandbox: RunningSandbox,
    open_desk: OpenDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SIGNOFF_LOG", "debug")
    sandbox.load("all successful")
    look = Looks()

    async def journey() -> None:
        async with open_desk(None, watching=Watching(base=0.2, for_each_request=0)) as desk:
            controller = desk.controller
            await until(lambda: desk.window.findChild(FirstRunPage))
            controller.connections.add()
            await sign_in(desk, look, sandbox.url, WRONG, "Acme")
            await sign_in(desk, look, sandbox.url, GOOD, "Acme")
            controller.connections.editor.dialog.reject()
            await desk.read()
            controller.connections.edit(controller.composition.settings.connections()[0].id)
            await sign_in(desk, look, sandbox.url, REPLACED, "Acme")
            controller.connections.editor.dialog.reject()
            controller.connections.open()
            controller.connections.add()
            await sign_in(desk, look, sandbox.url, TOKEN, "Beta", ACCESS_TOKEN)
            controller.connections.editor.dialog.reject()
            controller.connections.window.reject()
            assert [each.sign_in for each in controller.composition.settings.connections()] == [
                SignInKind.API_KEY,
                SignInKind.ACCESS_TOKEN,
            ]
            await desk.read()
            await desk.open_preview()
            await desk.send()
            look()
            await desk.close_dialog()
            for key in SECRETS:
                box = crash_with(desk, key)
                assert "ValueError" in box.detailedText()
                assert found_in(box.detailedText().encode(), SECRETS) == []
                look()
                box.close()
                await until(lambda: not desk.window.findChild(QMessageBox, "bugBox"))
            controller.log.open()
            controller.log.viewer.copy_button.click()
            assert "Connections, without their keys" in QGuiApplication.clipboard().text()
            look()
            controller.log.viewer.reject()
            controller.settings.open()
            controller.settings.export_to(tmp_path / "exported" / "settings.json")
            look()
            controller.settings.dialog.reject()
            controller.connect_sandbox("mixed")
            await until(lambda: controller.view and "Sandbox" in desk.window.banner.text())
            assert b"--stop-at-eof" in arguments_of_children()
            look()

    run(journey())
    assert look.number > 15
    log = (tmp_path / "data" / "logs" / "signoff.log").read_text(encoding="utf-8")
    assert "DEBUG" in log
    assert log.count("ValueError") >= len(SECRETS)
    written = {path.name for path in tmp_path.rglob("*")}
    assert {"connections.json", "window.json", "settings.json", "signoff.log", "journal.sqlite3"} <= written
    assert files_with(SECRETS, tmp_path) == {}
    assert found_in("".join(capfd.readouterr()).encode(), SECRETS) == []


@pytest.mark.parametrize("key", [GOOD, WRONG])
def test_a_command_says_and_writes_no_secret(sandbox: RunningSandbox, tmp_path: Path, key: str) -> None:
    environment = os.environ | {
        "SIGNOFF_API_KEY": key,
        "SIGNOFF_BASE_URL": sandbox.url,
        "SIGNOFF_DATA_DIR": str(tmp_path / "data"),
        "SIGNOFF_LOG": "debug",
    }
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "jobs", "--all"],
        cwd=PROJECT, env=environment, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == (7 if key == WRONG else 0)
    assert found_in(done.stdout + done.stderr, [key]) == []
    assert "DEBUG" in (tmp_path / "data" / "logs" / "signoff.log").read_text(encoding="utf-8")
    assert files_with([key], tmp_path) == {}


PLACES: dict[str, Callable[[bytes, Path], object]] = {
    "a file": lambda form, folder: (folder / "file").write_bytes(b"before" + form),
    "a file in a folder": lambda form, folder: [(folder / "a").mkdir(), (folder / "a" / "b").write_bytes(form)],
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", range(len(forms_of(GOOD))))
def test_the_search_finds_a_secret_that_was_written(tmp_path: Path, place: str, form: int) -> None:
    PLACES[place](sorted(forms_of(GOOD))[form], tmp_path)
    assert list(files_with(SECRETS, tmp_path).values()) == [[GOOD]]


def test_the_search_finds_a_secret_that_is_shown_or_copied(qtbot) -> None:
    label = QLabel(f"connected with {GOOD}")
    qtbot.addWidget(label)
    assert found_in(shown(), SECRETS) == [GOOD]
    label.setText("")
    label.setWindowTitle(TOKEN)
    assert found_in(shown(), SECRETS) == [TOKEN]
    label.setWindowTitle("")
    QGuiApplication.clipboard().setText(WRONG)
    assert found_in(shown(), SECRETS) == [WRONG]
    QGuiApplication.clipboard().clear()


def test_the_search_finds_a_secret_in_the_arguments_of_a_child() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()", GOOD], stdin=subprocess.PIPE)
    try:
        assert found_in(arguments_of_children(), SECRETS) == [GOOD]
    finally:
        child.communicate(b"\n")
