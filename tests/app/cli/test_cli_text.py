"""Words on a terminal: what the server says never moves the cursor."""

from datetime import timedelta

import pytest
from fakes.builders import NINE, a_failed_item, a_job, a_snapshot, an_item, snapshot_of
from hypothesis import given
from hypothesis import strategies as st

from app.cli import text
from app.completion.blockers import completion_blockers
from app.completion.tally import tally
from app.models.snapshot import AccountingData


@given(st.text())
def test_no_control_character_is_left(words):
    harmless = text.harmless(words)
    assert len(harmless) == len(words)
    assert all(letter.isprintable() or letter == "\n" for letter in harmless)


def test_a_reason_with_control_characters_stays_one_line_of_the_table():
    rows = [a_failed_item(1, "Konto\x1b[2J gesperrt\r\n\tbitte \x9b31m prüfen\u202e"), an_item(2, "par\x07ked")]
    shown = text.show_text(snapshot_of(rows), AccountingData(), "No amounts\x1b[1m")
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert len(shown.splitlines()) == 2 + 1 + len(rows)


def test_a_gate_shows_unknown_words_without_their_control_characters():
    snapshot = a_snapshot("par\x1bked")
    shown = text.gate_text(tally(snapshot.items), None, completion_blockers(snapshot))
    assert "par ked" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, ""),
        (timedelta(minutes=61), "1 h 1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(0), "0 min"),
        (timedelta(seconds=-1), "expired"),
    ],
)
def test_the_time_left_is_rounded_down(left, words):
    assert text.time_left(NINE + left if left is not None else None, NINE) == words


def test_a_list_without_jobs_says_so():
    assert text.jobs_text([], NINE) == "No export jobs."


def test_a_job_whose_items_were_not_counted_says_so():
    assert "not counted" in text.jobs_text([(a_job(), "Acme", None)], NINE)
