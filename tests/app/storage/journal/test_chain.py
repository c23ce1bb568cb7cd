"""Rows that each carry the hash of the one before: a form that no later version may change."""

from dataclasses import replace

import pytest

from app.models.journal_row import JournalRow
from app.storage.journal.chain import ORIGIN, Break, content_is_changed, first_break, hash_of

AT = "2026-03-02T09:00:00.000+00:00"


def chain(count: int) -> list[JournalRow]:
    rows, previous = [], ORIGIN
    for number in range(1, count + 1):
        row = (number, "a", "sent", AT, "{}", previous)
        previous = hash_of(*row)
        rows.append(JournalRow(*row, previous))
    return rows


ROWS = chain(4)


def test_a_row_has_the_same_hash_in_every_version_of_signoff():
    """SHA-256 over a JSON list in plain ASCII without blanks; the first row follows 64 zeros."""
    zeros = "0000000000000000000000000000000000000000000000000000000000000000"
    assert zeros == ORIGIN
    found = hash_of(1, "a", "intended", AT, '{"saw":"Räkenskapsår"}', zeros)
    assert found == "42d9a4c4c08a7b3928bbca47f0f0043c6507a5c2bec2ba087df14806a6e5d62f"


@pytest.mark.parametrize(
    "change",
    [{"sequence": 2}, {"attempt": "b"}, {"kind": "read"}, {"at": "later"}, {"content": "[]"}, {"previous": "f" * 64}],
)
def test_whatever_of_a_row_is_changed_shows(change):
    assert not content_is_changed(ROWS[0])
    assert content_is_changed(replace(ROWS[0], **change))


def test_bytes_in_place_of_a_text_are_a_change_like_any_other():
    assert content_is_changed(replace(ROWS[0], content=b"{}"))


@pytest.mark.parametrize("count", range(5))
def test_rows_that_follow_from_each_other_are_whole(count):
    assert first_break(ROWS[:count], count) is None
    assert first_break(ROWS[count:], 4, after=ROWS[count - 1] if count else None) is None


def test_a_row_that_is_missing_is_named_by_the_one_after_it():
    assert first_break([ROWS[0], ROWS[2]], 3) == Break(3, "row 2 is missing before it")
    assert first_break(ROWS[2:], 4, after=ROWS[0]) == Break(3, "row 2 is missing before it")


def test_a_row_that_follows_another_is_named():
    stray = replace(ROWS[1], previous="f" * 64)
    assert first_break([ROWS[0], stray, *ROWS[2:]], 4) == Break(2, "it does not follow the row before it")


@pytest.mark.parametrize(("given_out", "broken"), [(3, None), (4, Break(4, "it is missing at the end"))])
def test_rows_that_were_given_out_and_are_not_there_are_missing_at_the_end(given_out, broken):
    assert first_break(ROWS[:3], given_out) == broken


def test_of_a_journal_of_which_all_rows_are_gone_the_first_is_missing():
    assert first_break([], 1) == Break(1, "it is missing at the end")
