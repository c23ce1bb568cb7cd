"""Where the program writes."""

import stat
from pathlib import Path

import pytest

from app.errors import SettingsProblem
from app.settings.paths import data_folder, made, write_whole


def test_the_environment_moves_all_that_the_program_writes(tmp_path):
    assert data_folder({"SIGNOFF_DATA_DIR": str(tmp_path / "elsewhere")}) == tmp_path / "elsewhere"


def test_a_folder_of_the_users_home_may_be_written_with_a_tilde(monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    assert data_folder({"SIGNOFF_DATA_DIR": "~/signoff"}) == Path("/home/ada/signoff")


@pytest.mark.parametrize("environment", [{}, {"SIGNOFF_DATA_DIR": ""}, {"SIGNOFF_DATA_DIR": "  "}])
def test_without_a_wish_it_is_the_users_own_folder(environment):
    assert data_folder(environment).name == "Signoff"
    assert data_folder(environment).is_absolute()


def test_the_home_of_nobody_is_a_settings_problem():
    with pytest.raises(SettingsProblem):
        data_folder({"SIGNOFF_DATA_DIR": "~nobody-of-this-name/signoff"})


def test_a_folder_is_made_for_this_user_only(tmp_path):
    folder = made(tmp_path / "a" / "b")
    assert folder.is_dir()
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


def test_a_folder_that_cannot_be_made_says_so_and_names_the_way_out(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsProblem) as met:
        made(tmp_path / "file" / "folder")
    assert "SIGNOFF_DATA_DIR" in met.value.advice


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "deep" / "file.json"
    write_whole(path, "first and longer")
    write_whole(path, "Å")
    assert path.read_bytes() == "Å".encode()
    assert [one.name for one in path.parent.iterdir()] == ["file.json"]


def test_a_file_that_cannot_be_replaced_is_left_as_it_was(tmp_path):
    path = tmp_path / "file.json"
    write_whole(path, "good")
    (tmp_path / "file.json.new").mkdir()
    with pytest.raises(SettingsProblem):
        write_whole(path, "new")
    assert path.read_text() == "good"
