"""Two processes that change settings at once: neither loses what the other changed."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import SettingsProblem
from app.platform.file_lock import held_file
from app.settings.connections import ConnectionsFile
from app.settings.notified import NotifiedFile
from app.settings.preferences import Preferences, PreferencesBook, PreferencesFile
from app.settings.update_memory import UpdateMemoryFile
from app.settings.views import View, ViewsFile

CHANGES = 25

_CHANGER = f"""
import sys
from dataclasses import replace
from pathlib import Path
from app.settings.connections import Connection, ConnectionId, ConnectionsFile, Environment
from app.settings.notified import NotifiedFile
from app.settings.update_memory import UpdateMemoryFile
from app.settings.views import View, ViewsFile

folder, name = Path(sys.argv[1]), sys.argv[2]
connections, views, told = ConnectionsFile(folder), ViewsFile(folder), NotifiedFile(folder)
memory = UpdateMemoryFile(folder)
sys.stdin.readline()
for number in range({CHANGES}):
    key = f"{{name}}-{{number}}"
    connections.put(Connection(id=ConnectionId(key), name=key, environment=Environment.OTHER,
                               base_url=f"https://{{key}}.example"))
    views.change(lambda views: views.with_view(View(key)))
    told.add([key])
    memory.change(lambda known: replace(known, starts=known.starts + 1))
"""


def test_no_change_of_two_processes_is_lost(tmp_path: Path) -> None:
    changers = [
        subprocess.Popen([sys.executable, "-c", _CHANGER, str(tmp_path), name], stdin=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    for changer in changers:
        assert changer.stdin
        changer.stdin.write("\n")
        changer.stdin.flush()
    for changer in changers:
        changer.communicate(timeout=180)
    assert [changer.returncode for changer in changers] == [0, 0]
    keys = {f"{name}-{number}" for name in ("one", "two") for number in range(CHANGES)}
    assert {each.name for each in ConnectionsFile(tmp_path).read()} == keys
    assert {view.name for view in ViewsFile(tmp_path).read()[0].named} == keys
    assert all(key in NotifiedFile(tmp_path) for key in keys)
    assert UpdateMemoryFile(tmp_path).read().starts == 2 * CHANGES


def test_what_another_window_changed_of_the_preferences_stays(tmp_path: Path) -> None:
    here, there = (PreferencesBook(PreferencesFile(tmp_path)) for _ in range(2))
    here.change(watch_minutes=7)
    there.change(colours="dark")
    here.change(notify_ready=True)
    assert PreferencesFile(tmp_path).read()[0] == Preferences(watch_minutes=7, colours="dark", notify_ready=True)


def test_a_file_that_another_process_holds_is_said_after_a_bounded_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.settings.json_file._WAIT_SECONDS", 0.05)
    file = ViewsFile(tmp_path)
    with (
        held_file(tmp_path / "locks" / "views.json.lock", 0),
        pytest.raises(SettingsProblem, match="another program holds it"),
    ):
        file.change(lambda views: views.with_view(View("a")))
    file.change(lambda views: views.with_view(View("b")))
    assert [view.name for view in file.read()[0].named] == ["b"]
