"""The acts of the self-check, on this very machine."""

import json
import os
import subprocess
import sysconfig
from pathlib import Path

import pytest
from fakes.secret_service import MISSING, session_bus

import app.composition.self_check as acts
from app.composition.self_check import self_check
from app.self_check.findings import Verdict
from app.storage.journal.store import FILE_NAME

SIGNOFF = Path(sysconfig.get_path("scripts")) / "signoff"


def checked(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = os.environ | environment
    return subprocess.run(
        [SIGNOFF, "self-check", *words], capture_output=True, text=True, timeout=90, env=variables, check=False
    )


def test_this_checkout_works_and_its_window_is_drawn_and_the_data_folder_is_not_made(tmp_path):
    ended = checked("--window", "--json")
    report = json.loads(ended.stdout)
    assert (ended.returncode, report["works"], report["first_failure"]) == (0, True, None), ended.stdout + ended.stderr
    parts = {each["part"]: each for each in report["findings"]}
    assert list(parts)[-1] == "First frame"
    assert "1280 × 720 on offscreen" in parts["First frame"]["words"]
    assert parts["Keyring"]["verdict"] == "noted"
    assert not (tmp_path / "data").exists()


def test_without_a_display_the_rest_is_still_tried_and_the_words_say_so():
    ended = checked("--window", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert ended.returncode == 1
    assert "FAILED  First frame: there is no display" in ended.stdout
    assert "ok      Sandbox" in ended.stdout
    assert ended.stdout.splitlines()[-1].startswith("This installation does not work. First frame: ")


@pytest.mark.skipif(bool(MISSING), reason="no Secret Service here")
def test_a_keyring_gives_back_what_was_written_and_keeps_nothing_of_it(tmp_path):
    with session_bus(tmp_path / "home", with_keyring=True) as bus:
        ended = checked(
            "--json", DBUS_SESSION_BUS_ADDRESS=bus, PYTHON_KEYRING_BACKEND="keyring.backends.SecretService.Keyring"
        )
    (found,) = [each for each in json.loads(ended.stdout)["findings"] if each["part"] == "Keyring"]
    assert found["verdict"] == "passed", found
    assert "SecretService" in found["words"]


def test_a_library_that_the_keyring_needs_and_that_was_left_out_is_a_failure_and_not_a_desktop_without_one(monkeypatch):
    monkeypatch.setattr(acts, "_SYSTEM_KEYRINGS", {"linux": "no_such_secretstorage"})
    monkeypatch.setattr(acts.sys, "platform", "linux")
    (found,) = [each for each in self_check(with_window=False).findings if each.part == "Keyring"]
    assert found.verdict is Verdict.FAILED
    assert "no_such_secretstorage" in found.words


def test_a_resource_that_was_left_out_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(acts, "RESOURCES", tmp_path)
    (found,) = [each for each in self_check(with_window=False).findings if each.part == "Resources"]
    assert found.verdict is Verdict.FAILED
    assert "wordings.toml" in found.words


def test_the_journal_of_the_data_folder_is_not_touched(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"of a version to come")
    assert checked().returncode == 0
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]
    assert (folder / FILE_NAME).read_bytes() == b"of a version to come"
