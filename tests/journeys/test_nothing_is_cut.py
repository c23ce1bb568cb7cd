"""Every page and dialog on screens that people have, in a language that is longer than any: no words are cut off."""

import os
import subprocess
import sys

import pytest


def complaints(*wish: str) -> list[str]:
    """Of a process of its own, since a screen's size and the size of text are settled with Qt's first breath."""
    environment = {name: text for name, text in os.environ.items() if name != "QT_QPA_PLATFORM"}
    told = subprocess.run(
        [sys.executable, "-m", "ui.tools.cut_words", *wish],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=False,
    )
    assert told.returncode in (0, 1), told.stderr
    assert "Traceback" not in told.stderr, told.stderr
    return told.stdout.splitlines()


@pytest.mark.parametrize(
    "wish",
    [("--screen", "1280x720"), ("--screen", "1024x600"), ("--screen", "1366x768", "--text", "200")],
    ids=["the screen that the window is made for", "a small screen", "text of twice the size"],
)
def test_nothing_is_cut_off_on_any_page(wish: tuple[str, ...]) -> None:
    assert complaints(*wish) == []
