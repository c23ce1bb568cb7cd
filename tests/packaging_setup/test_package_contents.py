"""What a package may hold, judged without building one."""

import importlib
import struct
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def freezing():
    """`packaging` is no package of the program, so its folder is looked into for this file alone."""
    sys.path.insert(0, str(ROOT / "packaging"))
    names = ("contents", "facts", "icons", "licences", "needed")
    found = {name: importlib.import_module(f"freezing.{name}") for name in names}
    sys.path.remove(str(ROOT / "packaging"))
    yield type("Freezing", (), found)
    for name in [name for name in sys.modules if name.split(".")[0] == "freezing"]:
        del sys.modules[name]


GOOD = {
    "linux": [
        "_internal/resources/wordings.toml",
        "_internal/resources/licences.txt",
        "_internal/resources/icons/signoff.svg",
        "_internal/PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "_internal/PySide6/Qt/plugins/imageformats/libqsvg.so",
        "_internal/PySide6/Qt/plugins/platforms/libqxcb.so",
        "_internal/PySide6/Qt/plugins/platforms/libqwayland.so",
        "_internal/PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "_internal/libxcb-cursor.so.0",
        "_internal/libxkbcommon-x11.so.0",
        "_internal/keyring-25.7.0.dist-info/entry_points.txt",
    ],
    "win32": [
        "_internal\\resources\\wordings.toml",
        "_internal\\resources\\licences.txt",
        "_internal\\resources\\icons\\signoff.svg",
        "_internal\\PySide6\\plugins\\iconengines\\qsvgicon.dll",
        "_internal\\PySide6\\plugins\\imageformats\\qsvg.dll",
        "_internal\\PySide6\\plugins\\platforms\\qwindows.dll",
        "_internal\\PySide6\\plugins\\platforms\\qoffscreen.dll",
        "_internal\\PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "_internal\\keyring-25.7.0.dist-info\\entry_points.txt",
    ],
}


@pytest.mark.parametrize("system", GOOD)
def test_a_package_as_it_must_be_has_no_fault(freezing, system):
    assert list(freezing.contents.faults_of(GOOD[system], 180_000_000, system)) == []


@pytest.mark.parametrize(
    "path",
    [
        "_internal/bcryptprimitives.dll",
        "_internal/PySide6/icuuc.dll",
        "_internal/ICUUC.DLL",
        "_internal/libgtk-3.so.0",
        "_internal/PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "_internal/libQt6Qml.so.6",
        "_internal/PySide6/Qt/translations/qtbase_de.qm",
        "_internal/setuptools/__init__.py",
        "_internal/pytest/__init__.pyc",
        "_internal/resources/pictures/ready-light.png",
        "_internal/PySide6/opengl32sw.dll",
    ],
)
def test_stand_ins_of_a_proof_and_strange_libraries_are_refused(freezing, path):
    (fault,) = freezing.contents.faults_of([*GOOD["linux"], path], 0, "linux")
    assert path in fault


@pytest.mark.parametrize("place", range(len(GOOD["linux"])))
def test_what_the_window_would_miss_is_missed_here(freezing, place):
    rest = GOOD["linux"][:place] + GOOD["linux"][place + 1 :]
    assert len(list(freezing.contents.faults_of(rest, 0, "linux"))) == 1


def test_a_package_that_has_grown_is_refused(freezing):
    (fault,) = freezing.contents.faults_of(GOOD["linux"], 200_000_001, "linux")
    assert "200,000,001" in fault


def test_the_icon_of_the_posting_list_and_its_like_are_no_stand_ins(freezing):
    assert not freezing.contents.is_left_out("PySide6/Qt/plugins/platforms/libqxcb.so")
    assert freezing.contents.is_left_out("PySide6/Qt/plugins/platforms/libqlinuxfb.so")
    assert freezing.contents.is_left_out("PySide6\\plugins\\platforms\\libqlinuxfb.so")


def test_every_library_that_keyring_reaches_by_name_comes_along(freezing):
    for name in ("SecretService", "Windows", "macOS"):
        assert f"keyring.backends.{name}" in freezing.contents.IMPORTED_BY_NAME
    assert "pycparser" in freezing.contents.IMPORTED_BY_NAME


def test_the_metadata_that_the_diagnostics_read_comes_along(freezing):
    from app.settings.diagnostics import LIBRARIES

    assert set(LIBRARIES) | {"signoff"} == set(freezing.contents.METADATA)


def test_what_a_left_out_plugin_alone_needed_goes_with_it(freezing):
    needs = {
        "plugins/qgtk3.so": {"libgtk-3.so.0", "libQt6Gui.so.6"},
        "plugins/qxcb.so": {"libQt6Gui.so.6"},
        "libgtk-3.so.0": {"libgdk-3.so.0"},
        "libgdk-3.so.0": {"libgtk-3.so.0"},
        "libQt6Gui.so.6": {"libz.so.1"},
        "libz.so.1": set(),
        "opened_by_name.so": set(),
    }
    kept = freezing.needed.without_orphans(
        [(path, path, "BINARY") for path in needs], lambda path: "qgtk3" in path, lambda source: needs[source]
    )
    assert [path for path, _, _ in kept] == ["plugins/qxcb.so", "libQt6Gui.so.6", "libz.so.1", "opened_by_name.so"]


def test_icons_hold_every_size_where_their_header_says(freezing, qapp):
    svg = ROOT / "resources" / "icons" / "signoff.svg"
    pictures = {size: freezing.icons.png_of(svg, size) for size in (16, 256)}
    ico = freezing.icons.ico_of(pictures)
    assert struct.unpack_from("<HHH", ico) == (0, 1, 2)
    for number, (size, picture) in enumerate(pictures.items()):
        side, _, _, _, _, bits, length, place = struct.unpack_from("<BBBBHHII", ico, 6 + 16 * number)
        assert (side, bits, ico[place : place + length]) == (size % 256, 32, picture)
        assert struct.unpack_from(">II", picture, 16) == (size, size)
    icns = freezing.icons.icns_of([(b"ic07", pictures[256])])
    assert icns[:4] == b"icns"
    assert struct.unpack_from(">I", icns, 4)[0] == len(icns)
