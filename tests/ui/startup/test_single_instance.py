"""One window for each data folder, and nothing said of a first one that it did not say itself."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.startup.single_instance import SingleInstance

HOLDS = (
    "import sys, time; from PySide6.QtCore import QCoreApplication; from pathlib import Path;"
    "from ui.startup.single_instance import SingleInstance; app = QCoreApplication(sys.argv[:1]);"
    "window = SingleInstance(Path(sys.argv[1])); assert window.acquire();"
    "window.answer_others() if sys.argv[2] == 'hangs' else None; print('ready', flush=True); time.sleep(600)"
)


@pytest.fixture(params=["hangs", "starts"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A first window that holds the folder, and either takes connections without an answer, or takes none yet."""
    command = [sys.executable, "-c", HOLDS, str(tmp_path), request.param]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_a_first_window_that_does_not_answer_was_not_raised(
    qapp: object, tmp_path: Path, another: subprocess.Popen[str]
) -> None:
    second = SingleInstance(tmp_path)
    assert not second.acquire()
    assert not second.ask_the_first(answer_seconds=0.5)
    another.kill()
    another.wait(30)
    assert second.acquire()
    second.release()


def test_a_process_number_in_the_lock_is_nobody(qapp: object, tmp_path: Path) -> None:
    """As an older version, or a crash, left it: that number belongs to another program by now, here to this one."""
    (tmp_path / "window.lock").write_text(f"{os.getpid()}\nsignoff\nlocalhost\n")
    window = SingleInstance(tmp_path)
    assert window.acquire()
    window.release()
