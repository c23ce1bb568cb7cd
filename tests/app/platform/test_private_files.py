"""Files of this user only: those that are made, those that were there before, and nothing else."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.running_sandbox import RunningSandbox

from app.platform.private_files import make_data_folder_private, make_private

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def open_to_others(folder: Path) -> dict[str, str]:
    """By its path below the folder, each file or folder that somebody else could read."""
    paths = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder)): oct(mode(path)) for path in paths if mode(path) & 0o077}


def test_whatever_the_commands_write_is_this_users_only_also_where_it_lay_open_before(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    old = ("history.sqlite3", "drafts.sqlite3", "journal.damaged-1.sqlite3", "journal.damaged-1.sqlite3-wal")
    for name in ("connections.damaged.json", "told.json", "window.lock", "locks/a.lock", "logs/signoff.log.1", *old):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    (folder / "journal.damaged-1.sqlite3").unlink()
    (folder / "journal.damaged-1.sqlite3-wal").unlink()
    with RunningSandbox("all successful") as sandbox:
        variables = {"SIGNOFF_BASE_URL": sandbox.url, "SIGNOFF_API_KEY": "a-key", "SIGNOFF_DATA_DIR": str(folder)}
        command = f"umask 000; exec {sys.executable} -m app.cli complete {sandbox.world.job_id} --yes"
        done = subprocess.run(
            ["/bin/sh", "-c", command], env=os.environ | variables, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    made = {path.name for path in folder.rglob("*")}
    assert {"journal.sqlite3", "journal-head.json", "signoff.log"} <= made
    assert open_to_others(folder) == {}


def test_in_a_folder_that_holds_other_files_too_those_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "preferences.json").write_text("{}")
    for path in tmp_path.iterdir():
        path.chmod(0o755)
    make_data_folder_private(tmp_path)
    assert mode(tmp_path) == 0o700
    assert {path.name: oct(mode(path)) for path in tmp_path.iterdir()} == {
        "letter.txt": "0o755",
        "pictures": "0o755",
        "preferences.json": "0o600",
    }


def test_a_links_target_and_a_folder_for_everybody_are_left_alone(tmp_path: Path) -> None:
    target, everybodys = tmp_path / "target.json", tmp_path / "everybodys"
    target.write_text("{}")
    target.chmod(0o644)
    (tmp_path / "link.json").symlink_to(target)
    everybodys.mkdir()
    everybodys.chmod(0o1777)
    for path in (tmp_path / "link.json", everybodys, tmp_path / "nowhere"):
        make_private(path)
    assert (mode(target), mode(everybodys)) == (0o644, 0o1777)


def test_no_folder_is_made_to_be_private(tmp_path: Path) -> None:
    make_data_folder_private(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
