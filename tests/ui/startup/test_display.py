"""A display that cannot be reached, or never answers, is said; the process does not abort."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ui.startup.display import greeted

PROJECT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X11 and Qt's plugins of Linux")


@pytest.mark.parametrize(
    "display",
    [{"DISPLAY": ":7654"}, {"DISPLAY": "nonsense"}, {"QT_QPA_PLATFORM": "nonsense"}, {"DISPLAY": "127.0.0.1:9"}],
)
@pytest.mark.parametrize("words", [[], ["--sandbox"]])
def test_a_display_that_cannot_be_reached_is_said_in_a_sentence(
    tmp_path: Path, display: dict[str, str], words: list[str]
) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    ended = subprocess.run(
        [sys.executable, "-m", "ui.startup.entry", *words],
        cwd=PROJECT,
        env=kept | {"HOME": str(tmp_path), "SIGNOFF_DATA_DIR": str(tmp_path)} | display,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"There is no window, because the display {next(iter(display.values()))} ")
    assert "Traceback" not in ended.stderr


def test_a_display_that_takes_a_connection_and_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        display = f"127.0.0.1:{server.getsockname()[1] - 6000}"
        with pytest.raises(TimeoutError):
            greeted({"DISPLAY": display}, answer_seconds=0.2)
        assert greeted({"DISPLAY": display, "QT_QPA_PLATFORM": "offscreen"}, answer_seconds=0.2) is None
    assert greeted({"DISPLAY": display}, answer_seconds=0.2) is None


def test_a_display_that_answers_is_held_until_there_is_a_window() -> None:
    """Closed before, it would be the server's last client, and some servers begin anew then."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        display = f"127.0.0.1:{server.getsockname()[1] - 6000}"
        taken: list[socket.socket] = []

        def answer() -> None:
            taken.append(server.accept()[0])
            taken[0].sendall(b"\1")

        serving = threading.Thread(target=answer)
        serving.start()
        held = greeted({"DISPLAY": display}, answer_seconds=30)
        serving.join()
        assert held is not None
        taken[0].settimeout(0.1)
        assert len(taken[0].recv(100)) == 12
        with pytest.raises(TimeoutError):
            taken[0].recv(1)
        held.close()
        taken[0].close()
