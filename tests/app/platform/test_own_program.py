"""The command line by which Signoff starts one of its own commands."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from app.platform.own_program import command_line


@pytest.fixture
def misleading_folder(tmp_path, monkeypatch):
    """The current folder, with an `app` of its own that would stop whoever imports it."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise SystemExit('the app of another project')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_own_program_is_started_wherever_it_is_called_from(misleading_folder):
    done = subprocess.run(command_line("--version"), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert version("signoff") in done.stdout


def test_a_frozen_program_starts_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_line("sandbox", "--stop-at-eof") == [sys.executable, "sandbox", "--stop-at-eof"]
