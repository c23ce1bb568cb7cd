"""How Signoff behaves on this machine: stored, read back, and told to who listens."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import SettingsProblem, UsageProblem
from app.settings.preferences import (
    Preferences,
    PreferencesBook,
    PreferencesFile,
    checked_language,
    checked_proxy,
    checked_warnings,
)

CHOSEN = Preferences(
    colours="dark",
    watch_minutes=10,
    deadline_warnings_minutes=(30, 10, 2),
    notify_failures=False,
    notify_ready=True,
    use_tray=True,
    close_to_tray=False,
    proxy="http://proxy.example:8080",
    certificate_file="/etc/ssl/company.pem",
    language="da",
)


def book_in(folder: Path) -> PreferencesBook:
    return PreferencesBook(PreferencesFile(folder))


def test_failures_and_deadlines_are_notified_by_default_and_the_rest_by_choice():
    usual = Preferences()
    assert (usual.notify_failures, usual.notify_deadlines) == (True, True)
    assert (usual.notify_ready, usual.notify_ended, usual.use_tray) == (False, False, False)
    assert (usual.watch_minutes, usual.deadline_warnings_minutes, usual.close_to_tray) == (3, (15, 5), None)


def test_what_was_chosen_is_read_back(tmp_path):
    book_in(tmp_path).take(CHOSEN)
    assert book_in(tmp_path).now == CHOSEN


def test_what_a_newer_version_added_is_passed_over(tmp_path):
    (tmp_path / "preferences.json").write_text('{"watch_minutes": 7, "of_a_newer_version": 1}')
    assert book_in(tmp_path).now == replace(Preferences(), watch_minutes=7)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"colours": "pink"}', '{"watch_minutes": 0}', '{"watch_minutes": 61}',
     '{"deadline_warnings_minutes": [0]}', '{"proxy": "http://user:pass@proxy.example"}', '{"language": 1}'],
)  # fmt: skip
def test_a_damaged_file_is_kept_aside_and_said_and_the_usual_settings_hold(tmp_path, text):
    (tmp_path / "preferences.json").write_text(text)
    book = book_in(tmp_path)
    assert book.now == Preferences()
    assert book.problem is not None
    assert "preferences.damaged.json" in book.problem.title
    assert (tmp_path / "preferences.damaged.json").read_text() == text


def test_a_language_that_only_a_newer_version_speaks_is_the_systems_and_no_damage(tmp_path):
    text = '{"language": "xx", "watch_minutes": 7}'
    (tmp_path / "preferences.json").write_text(text)
    book = book_in(tmp_path)
    assert book.problem is None
    assert book.now == replace(Preferences(), watch_minutes=7)
    assert (tmp_path / "preferences.json").read_text() == text


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path):
    (tmp_path / "preferences.json").mkdir()
    assert book_in(tmp_path).problem is not None


def test_who_listens_is_told_of_each_change_until_it_stops(tmp_path):
    book, told = book_in(tmp_path), []
    stop = book.listen(told.append)
    book.change(watch_minutes=5)
    book.change(watch_minutes=5)
    stop()
    book.change(watch_minutes=6)
    assert told == [replace(Preferences(), watch_minutes=5)]
    assert book.now.watch_minutes == 6


def test_a_value_that_cannot_be_changes_nothing(tmp_path):
    book, told = book_in(tmp_path), []
    book.listen(told.append)
    with pytest.raises(ValueError, match="less than or equal"):
        book.change(watch_minutes=600)
    assert (book.now, told) == (Preferences(), [])


def test_a_change_that_cannot_be_written_applies_all_the_same_and_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    book, told = book_in(tmp_path / "file"), []
    book.listen(told.append)
    with pytest.raises(SettingsProblem):
        book.change(colours="dark")
    assert book.now.colours == "dark"
    assert told == [book.now]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("system", "system"), (" none ", "none"), ("http://proxy.example:8080/", "http://proxy.example:8080"),
     ("https://10.0.0.1", "https://10.0.0.1"), ("http://[::1]:3128", "http://[::1]:3128")],
)  # fmt: skip
def test_a_proxy_is_the_systems_or_none_or_an_address(typed, stored):
    assert checked_proxy(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", "proxy.example:8080", "http://", "socks5://proxy.example", "http://proxy.example/path", "http://a b",
     "http://proxy.example:99999", "http://[::1", "http://user@proxy.example", "http://user:pass@proxy.example"],
)  # fmt: skip
def test_anything_else_is_no_proxy_and_what_one_looks_like_is_said(typed):
    with pytest.raises(UsageProblem) as met:
        checked_proxy(typed)
    assert met.value.advice
    assert "pass" not in met.value.title.replace("password", "")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("15, 5", (15, 5)), ("5,15", (15, 5)), ("5; 15; 5", (15, 5)), (" 60 ", (60,)), ("", ()), (" , ", ())],
)
def test_warnings_are_minutes_with_the_earliest_first(typed, minutes):
    assert checked_warnings(typed) == minutes


@pytest.mark.parametrize("typed", ["soon", "0", "-5", "1.5", "15 5", "1441", "²"])
def test_anything_else_is_no_warning_and_what_one_looks_like_is_said(typed):
    with pytest.raises(UsageProblem) as met:
        checked_warnings(typed)
    assert "15, 5" in met.value.advice


@pytest.mark.parametrize("code", ["", "en", "nb"])
def test_a_language_is_the_systems_or_one_that_signoff_speaks(code):
    assert checked_language(code) == code


@pytest.mark.parametrize("code", ["xx", "DE", "de_AT", " de", "../de"])
def test_any_other_language_is_refused_and_those_that_are_spoken_are_named(code):
    with pytest.raises(UsageProblem, match="does not speak") as refused:
        checked_language(code)
    assert refused.value.advice == "It speaks en, de, da, sv, nb, nl, fr, es."
