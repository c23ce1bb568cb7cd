"""A command speaks the language that was named, else the one that is set, else the terminal's."""

import json

import pytest
from fakes.bracketed_language import Bracketed, spoken

import app.cli.language
from app.cli.language import speak_to_the_terminal
from app.messages import English, spoken_language


@pytest.fixture(autouse=True)
def english_afterwards():
    with spoken(English()):
        yield


@pytest.fixture
def asked_for(monkeypatch, tmp_path):
    """The codes of the languages that were read."""
    codes: list[str] = []
    monkeypatch.setattr(app.cli.language, "language_of", lambda code: codes.append(code) or English())
    monkeypatch.setenv("SIGNOFF_DATA_DIR", str(tmp_path))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return codes


@pytest.mark.parametrize(
    ("chosen", "stored", "environment", "code"),
    [
        ("de", "da", "sv_SE.UTF-8", "de"),
        (None, "da", "sv_SE.UTF-8", "da"),
        (None, "", "sv_SE.UTF-8", "sv"),
        (None, None, "sv_SE.UTF-8", "sv"),
    ],
)
def test_the_nearest_wish_counts(asked_for, monkeypatch, tmp_path, chosen, stored, environment, code):
    monkeypatch.setenv("LANG", environment)
    if stored is not None:
        (tmp_path / "preferences.json").write_text(json.dumps({"language": stored}))
    speak_to_the_terminal(chosen)
    assert asked_for == [code]


def test_english_reads_no_catalogue(asked_for, monkeypatch):
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    speak_to_the_terminal("en")
    assert asked_for == []


def test_a_data_folder_of_nobody_leaves_the_terminals_language(asked_for, monkeypatch):
    monkeypatch.setenv("SIGNOFF_DATA_DIR", "~nobody-of-this-name/signoff")
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    speak_to_the_terminal(None)
    assert asked_for == ["nl"]


def test_a_language_that_signoff_does_not_speak_is_wrong_usage(signoff):
    said = signoff("--language", "xx", "jobs")
    assert (said.code, said.out) == (2, "")
    assert "is none of en, de, da, sv, nb, nl, fr, es" in said.err


def test_json_and_exit_codes_are_the_same_in_each(sandbox, signoff):
    sandbox.load("mixed")
    english = signoff("preview", sandbox.world.job_id, "--json")
    with spoken(Bracketed()):
        other = signoff("preview", sandbox.world.job_id, "--json")
    named = signoff("--language", "de", "preview", sandbox.world.job_id, "--json")
    assert type(spoken_language()).__name__ == "Translated"
    assert other.code == named.code == english.code
    assert {**other.json, "read_at": 0} == {**named.json, "read_at": 0} == {**english.json, "read_at": 0}
