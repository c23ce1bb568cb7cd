import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.arguments import parsed
from ui.startup.entry import has_display, is_only_a_window, main, scenario_of

PROJECT = Path(__file__).parents[3]

# The first import of the network stack ends the program, and says whether the window was on screen by then.
FIRST_FRAME = """
import os, sys
NETWORK = {"httpx", "pydantic", "qasync", "starlette", "keyring", "sqlite3", "app.composition.services"}
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in NETWORK:
            from PySide6.QtWidgets import QApplication
            shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
            print("frame first" if shown else "network first", name, flush=True)
            os._exit(0)
sys.meta_path.insert(0, Watch())
sys.argv = ["signoff", "--sandbox"]
import ui.startup.entry
ui.startup.entry.main()
"""

# A system that never says what its network is, and a window that is closed as soon as it was painted. Qt's end is told
# by what Python does last of all.
NO_ANSWER = """
import atexit, os, sys, threading
sys.argv = ["signoff", "--sandbox"]
import ui.startup.entry
ui.startup.entry.import_plainly()
import ui.connections.machine
import ui.startup.program
from PySide6.QtCore import QTimer
load = threading.Event().wait if sys.stdin.readline() == "never answers\\n" else bool
ui.connections.machine.Machine.__init__.__defaults__ = (None, lambda: None, load)
class Window(ui.startup.program.MainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.quit_requested.emit)
ui.startup.program.MainWindow = Window
atexit.register(print, "Qt ended")
print(ui.startup.entry.main())
"""


@pytest.mark.parametrize(("system", "last"), [("never answers", ""), ("answers", "0\nQt ended\n")])
def test_a_system_that_never_answers_leaves_no_program_behind_its_window(
    system: str, last: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_ANSWER],
        cwd=PROJECT,
        env=os.environ | {"SIGNOFF_DATA_DIR": str(tmp_path)},
        input=f"{system}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, last), done.stderr


def test_the_first_frame_is_on_screen_before_the_network_stack_is_imported() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )
    assert seen.stdout.startswith("frame first"), seen.stdout + seen.stderr


# The same watch says what is spoken when the window is on screen.
SPOKEN = """
import os, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "ui.connections.app_controller":
            from ui.common.language import spoken_code
            from app.messages import spoken_language
            print(spoken_code(), type(spoken_language()).__name__, flush=True)
            os._exit(0)
sys.meta_path.insert(0, Watch())
import ui.startup.entry
ui.startup.entry.main()
"""


@pytest.mark.parametrize(
    ("words", "stored", "spoken"),
    [
        ((), "", "en English"),
        ((), "da", "da Translated"),
        (("--language", "de"), "da", "de Translated"),
        (("--language", "en", "--sandbox"), "da", "en English"),
    ],
)
def test_the_window_speaks_the_language_that_was_named_or_set(
    tmp_path: Path, words: tuple[str, ...], stored: str, spoken: str
) -> None:
    (tmp_path / "preferences.json").write_text(json.dumps({"language": stored}))
    seen = subprocess.run(
        [sys.executable, "-c", SPOKEN, *words],
        cwd=PROJECT,
        env={**os.environ, "SIGNOFF_DATA_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert seen.stdout == f"{spoken}\n", seen.stdout + seen.stderr


def test_modules_are_not_read_as_text_for_a_switch_of_pysides() -> None:
    program = (
        "import linecache, ui.startup.entry\n"
        "ui.startup.entry.import_plainly()\n"
        "import ui.theme.tokens\n"
        "print(sum('tokens' in name for name in linecache.cache))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "0\n"


@pytest.mark.parametrize("words", [(), ("--sandbox",)])
def test_what_is_told_without_argparse_is_what_argparse_would_say(words: tuple[str, ...]) -> None:
    said = parsed(words, tuple)
    assert is_only_a_window(words)
    assert (said.command, said.version, said.sandbox) == (None, False, scenario_of(words))


@pytest.mark.parametrize(
    "words", [("--sandbox", "mixed"), ("--sandbox=mixed",), ("jobs",), ("--help",), ("--sandbo",), ("--language", "de")]
)
def test_everything_else_is_left_to_argparse(words: tuple[str, ...]) -> None:
    assert not is_only_a_window(words)


@pytest.mark.parametrize(
    ("environment", "platform", "has"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_where_a_window_can_be_shown(environment: dict[str, str], platform: str, has: bool) -> None:
    assert has_display(environment, platform) is has


def no_display(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "argv", ["signoff", *words])


def test_without_a_display_and_without_a_command_it_says_so_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    no_display(monkeypatch)
    assert main() == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "no display" in said.err


def test_without_a_display_the_sandbox_is_walked_through_and_its_pictures_are_drawn(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'QT_QPA_PLATFORM'): os.environ.pop(name, None)\n"
        "import ui.startup.entry\n"
        "sys.argv = ['signoff', '--sandbox']\n"
        "sys.exit(ui.startup.entry.main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "There is no display" in done.stdout
    assert '"final_events_applied"' in done.stdout
    assert len(list((tmp_path / "build").glob("*.png"))) == 3
    assert "propagateSizeHints" not in done.stderr
