import shutil
import subprocess
from pathlib import Path

import pytest

from app.errors import SignoffError, UsageProblem
from app.platform.desktop_entry import entry_text, install_desktop_entry, remove_desktop_entry
from app.platform.resources import RESOURCES

TEMPLATE = (RESOURCES / "desktop" / "signoff.desktop").read_text(encoding="utf-8")
HARD_NAME = 'Büro und "Co" $HOME `x` 100% ' + "l" * 200


def program_in(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "signoff-gui").touch(mode=0o755)
    return str(folder / "signoff")


def test_the_entry_and_the_icon_land_where_a_desktop_looks_and_go_again(tmp_path):
    environment = {"XDG_DATA_HOME": str(tmp_path / "share")}
    entry, icon = install_desktop_entry(environment, program_in(tmp_path / "bin"), "linux")
    assert entry == tmp_path / "share/applications/signoff.desktop"
    assert f'Exec="{tmp_path}/bin/signoff-gui" --sandbox' in entry.read_text(encoding="utf-8")
    assert icon.read_bytes() == (RESOURCES / "icons" / "signoff.svg").read_bytes()
    assert remove_desktop_entry(environment, "linux") == (entry, icon)
    assert not entry.exists()
    assert not icon.exists()
    remove_desktop_entry(environment, "linux")


def test_a_path_with_blanks_umlauts_signs_and_200_letters_is_quoted_as_the_specification_asks():
    text = entry_text(TEMPLATE, '/opt/a "b" $c `d` e\\f 100% ü/signoff-gui')
    (line, other) = [line for line in text.splitlines() if line.startswith("Exec=")]
    assert line == 'Exec="/opt/a \\\\"b\\\\" \\\\$c \\\\`d\\\\` e\\\\\\\\f 100%% ü/signoff-gui"'
    assert other == f"{line} --sandbox"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="no desktop-file-validate here")
def test_the_written_entry_is_valid(tmp_path):
    environment = {"XDG_DATA_HOME": str(tmp_path / "share")}
    entry, _ = install_desktop_entry(environment, program_in(tmp_path / HARD_NAME), "linux")
    said = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, check=False)
    assert (said.stdout, said.returncode) == ("", 0)


def test_an_appimage_is_started_as_a_whole(tmp_path):
    environment = {"XDG_DATA_HOME": str(tmp_path / "share"), "APPIMAGE": "/home/anna/Signoff.AppImage"}
    entry, _ = install_desktop_entry(environment, "/tmp/.mount/signoff", "linux")
    assert 'Exec="/home/anna/Signoff.AppImage"\n' in entry.read_text(encoding="utf-8")


def test_where_it_cannot_be_the_words_say_why(tmp_path):
    with pytest.raises(UsageProblem, match="for Linux"):
        install_desktop_entry({}, program_in(tmp_path), "win32")
    with pytest.raises(UsageProblem, match="no signoff-gui"):
        install_desktop_entry({"XDG_DATA_HOME": str(tmp_path)}, str(tmp_path / "elsewhere" / "signoff"), "linux")
    (tmp_path / "share").write_text("a file where a folder should be")
    with pytest.raises(SignoffError, match="cannot be written"):
        install_desktop_entry({"XDG_DATA_HOME": str(tmp_path / "share")}, program_in(tmp_path / "bin"), "linux")
