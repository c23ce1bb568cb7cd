"""A command speaks the language that was named, else the one that is set, else the terminal's."""

import json
import re

import pytest
from fakes.bracketed_language import Bracketed, spoken

import app.cli.language
from app.cli.language import speak_to_the_terminal
from app.cli.resolve_words import COLUMN_WORDS, DOUBT_WORDS, MATCHED_BY_WORDS, MEANING_WORDS
from app.messages import English, Said, spoken_language
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.match_result import Doubt, MatchedBy


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


def without_messages(text: str) -> str:
    """What stands outside all brackets."""
    while "⟦" in text:
        text, before = re.sub("⟦[^⟦⟧]*⟧", "", text), text
        assert text != before, "a message was torn apart"
    return text


def test_the_gate_is_said_in_the_users_language(sandbox, signoff):
    sandbox.load("mixed")
    with spoken(Bracketed()):
        told = signoff("preview", sandbox.world.job_id)
    assert told.out.splitlines() == [
        "⟦39 of 42 items final⟧: ⟦36 posted⟧, ⟦3 failed⟧, ⟦2 pending⟧, ⟦1 in progress⟧",
        "⟦Not ready:⟧",
        "  - ⟦2 items are still pending⟧",
        "  - ⟦1 item is still in progress⟧",
    ]


def test_the_tables_are_said_in_the_users_language(sandbox, signoff):
    sandbox.load("waiting")
    with spoken(Bracketed()):
        jobs, shown = signoff("jobs"), signoff("show", sandbox.world.job_id)
    assert jobs.out.splitlines()[0].split() == ["⟦JOB⟧", "⟦COMPANY⟧", "⟦STATUS⟧", "⟦ITEMS⟧", "⟦LEFT⟧"]
    assert without_messages(jobs.out.splitlines()[1]).split() == [sandbox.world.job_id, sandbox.url[7:], ",", ","]
    assert shown.out.startswith(f"⟦{sandbox.world.job_id}: ⟦in progress⟧, ")
    assert {line.split("⟧")[0] for line in shown.out.splitlines()[2:]} <= {"⟦successful", "⟦failed", "⟦pending"}


def test_what_became_of_an_event_is_said_in_the_users_language(sandbox, signoff):
    sandbox.load("all successful")
    with spoken(Bracketed()):
        told = signoff("complete", sandbox.world.job_id, "--yes")
    assert told.code == 0
    assert set(without_messages(told.err).split()) == {"…"}
    assert "⟦Confirmed: the job is completed⟧" in told.err


def test_what_goes_wrong_is_said_in_the_users_language(sandbox, signoff):
    sandbox.load("mixed")
    with spoken(Bracketed()):
        told = signoff("show", "00000000-0000-4000-8000-000000000000")
    assert told.code == 4
    assert "⟦⟦Pleo does not know this job⟧: " in told.err
    assert without_messages(told.err).strip(". \n") == ""


def test_a_list_is_spoken_of_in_the_users_language(sandbox, signoff, tmp_path):
    sandbox.load("mixed")
    path = tmp_path / "liste.csv"
    path.write_text("Referenz;Status;Betrag\nunbekannt;gebucht;1,00\n;offen;x\n")
    with spoken(Bracketed()):
        told = signoff("resolve", sandbox.world.job_id, "--from", str(path))
    assert told.code == 3
    assert without_messages(told.out).split() == ["2", "3", "?"]
    assert without_messages(told.err.partition("[columns]")[0]).split() == ["liste.csv:", "."]
    assert "⟦0 rows matched, 0 ambiguous, 0 not in this job, 2 that name no item⟧; ⟦42 items not recognised" in told.err


@pytest.mark.parametrize(
    ("kind", "words"),
    [(ColumnRole, COLUMN_WORDS), (MatchedBy, MATCHED_BY_WORDS), (StatusMeaning, MEANING_WORDS), (Doubt, DOUBT_WORDS)],
)
def test_each_word_about_a_list_is_a_message_and_in_english_its_own(kind, words):
    assert {each: str(words[each]) for each in kind} == {each: each.replace("_", " ") for each in kind}
    assert all(isinstance(words[each], Said) for each in kind)
