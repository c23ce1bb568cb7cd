"""Where the window was, on the screens of today; nothing depends on it, so nothing fails because of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings.preferences import Preferences, PreferencesFile
from app.settings.window_state import Area, WindowState, WindowStateFile, colours_at_start, fitted, language_at_start

LAPTOP, MONITOR = Area(0, 0, 1440, 900), Area(1440, 0, 1920, 1080)
FULL = WindowState(Area(10, 20, 1300, 700), True, {"panes": (280, 716, 284)}, ("gate",), "acme", "3f0c")


def test_what_was_left_comes_back(tmp_path):
    WindowStateFile(tmp_path).write(FULL)
    assert WindowStateFile(tmp_path).read() == FULL


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"7", b"null", b"\xff", b'{"place": [1]}', b"[" * 100_000,
     b'{"place": null, "is_maximized": 1, "splitters": [], "hidden": [], "connection": null, "job": null}'],
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none(tmp_path, content):
    (tmp_path / "window.json").write_bytes(content)
    assert WindowStateFile(tmp_path).read() == WindowState()


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path):
    (tmp_path / "file").write_text("x")
    WindowStateFile(tmp_path / "file").write(FULL)
    assert WindowStateFile(tmp_path / "file").read() == WindowState()


@pytest.mark.parametrize(
    ("place", "screens", "expected"),
    [
        (Area(100, 50, 1280, 720), [LAPTOP], Area(100, 50, 1280, 720)),
        (Area(1500, 100, 1600, 900), [LAPTOP, MONITOR], Area(1500, 100, 1600, 900)),
        (Area(1500, 100, 1600, 900), [LAPTOP], None),  # the monitor is gone
        (Area(1340, 100, 1600, 900), [LAPTOP], Area(0, 0, 1440, 900)),
        (Area(-200, -50, 1280, 720), [LAPTOP], Area(0, 0, 1280, 720)),
        (Area(1430, 890, 1280, 720), [LAPTOP], None),  # a corner that nobody could grasp
        (Area(0, 0, 3000, 2000), [LAPTOP], LAPTOP),
        (Area(0, 0, 1280, 720), [], None),
    ],
)
def test_the_window_is_put_where_a_screen_of_today_shows_all_of_it(place, screens, expected):
    assert fitted(place, screens) == expected


sides = st.integers(1, 5000)
areas = st.builds(Area, st.integers(-5000, 5000), st.integers(-5000, 5000), sides, sides)


@given(areas, st.lists(areas, max_size=3))
def test_a_window_that_is_shown_at_all_lies_wholly_on_one_screen(place, screens):
    found = fitted(place, screens)
    assert found is None or any(found.shared_with(screen) == (found.width, found.height) for screen in screens)


@pytest.mark.parametrize("colours", ["system", "light", "dark"])
def test_the_first_frame_has_the_colours_of_the_preferences(tmp_path: Path, colours):
    PreferencesFile(tmp_path).write(Preferences(colours=colours))
    assert colours_at_start(tmp_path) == colours


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"colours": "pink"}', '{"colours": ["dark"]}'])
def test_without_usable_preferences_they_are_the_systems(tmp_path: Path, content):
    if content is not None:
        (tmp_path / "preferences.json").write_text(content)
    assert colours_at_start(tmp_path) == "system"


@pytest.mark.parametrize("code", ["", "en", "sv"])
def test_the_first_frame_speaks_the_language_of_the_preferences(tmp_path: Path, code):
    PreferencesFile(tmp_path).write(Preferences(language=code))
    assert language_at_start(tmp_path) == code


@pytest.mark.parametrize(
    "content", [None, "", "{}", "[]", '{"language": ["de"]}', '{"language": "xx"}', '{"colours": "dark"}']
)
def test_without_usable_preferences_it_is_the_systems(tmp_path: Path, content):
    if content is not None:
        (tmp_path / "preferences.json").write_text(content)
    assert language_at_start(tmp_path) == ""
