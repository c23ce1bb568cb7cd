"""What speaks against a journal, told from its rows alone: every sentence, and what a confirmation covers."""

from dataclasses import replace

import pytest

from app.models.journal_row import JournalHead, JournalRow
from app.storage.journal.chain import ORIGIN, hash_of
from app.storage.journal.doubt import (
    End,
    JournalDoubt,
    RowInPlace,
    doubt_about_count,
    doubt_about_end,
    doubt_about_kept_head,
    doubt_about_rows,
    doubt_about_rows_of_no_job,
    fingerprint,
    together,
)

AT = "2026-03-02T09:0{}:00.000+00:00"


def chain(count: int) -> list[JournalRow]:
    rows, previous = [], ORIGIN
    for number in range(1, count + 1):
        row = (number, f"attempt {number}", "sent", AT.format(number), "{}", previous)
        previous = hash_of(*row)
        rows.append(JournalRow(*row, previous))
    return rows


ROWS = chain(5)


def head_at(row: JournalRow, **changes) -> JournalHead:
    return replace(JournalHead(row.sequence, row.hash, row.at, row.sequence), **changes)


def end_of(rows, tail=None, given_out=None, aside=()) -> End:
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    return End(iter(rows if tail is None else tail), first, last, len(rows) if given_out is None else given_out, aside)


def words(head, end) -> str | None:
    found = doubt_about_end(head, end)
    return found.words if found else None


@pytest.mark.parametrize("at", range(5))
def test_a_journal_that_goes_on_from_its_head_is_in_no_doubt(at):
    assert words(head_at(ROWS[at]), end_of(ROWS, ROWS[at:])) is None


def test_without_a_head_only_a_journal_without_rows_is_in_no_doubt():
    assert words(None, end_of([])) is None
    assert words(None, end_of(ROWS)) == (
        "Signoff does not remember where this journal ended: it now ends with row 5 of 2026-03-02 09:05 UTC, "
        "and rows after that may be missing, as after an older copy was put back"
    )
    assert words(None, end_of(ROWS[:1] + ROWS[2:])) == "The journal is broken at row 3: row 2 is missing before it"
    assert words(None, end_of([], given_out=5)) == "The journal is broken at row 1: it is missing at the end"


def test_a_damaged_journal_beside_it_is_asked_about_where_no_head_is_remembered():
    assert words(None, end_of([], aside=("one.sqlite3", "two.sqlite3"))) == (
        "A damaged journal was kept aside as one.sqlite3, two.sqlite3, "
        "and nobody has said yet what Pleo shows of its jobs"
    )


def test_a_journal_that_is_gone_says_where_it_ended():
    assert words(head_at(ROWS[4]), end_of([])) == (
        "The journal is gone: it ended with row 5 of 2026-03-02 09:05 UTC, and there is none now"
    )
    assert words(head_at(ROWS[4]), end_of([], aside=("one.sqlite3",))) == (
        "The journal is gone: it ended with row 5 of 2026-03-02 09:05 UTC, and there is none now; "
        "a damaged one was kept aside as one.sqlite3"
    )


def test_a_journal_that_began_after_the_head_was_begun_anew():
    assert words(head_at(ROWS[0]), end_of(ROWS[1:], [])) == (
        "The journal was begun anew: it ended with row 1 of 2026-03-02 09:01 UTC, "
        "and the one that lies there began later"
    )


def test_a_journal_that_ends_before_the_head_is_older():
    assert words(head_at(ROWS[4]), end_of(ROWS[:3], [])) == (
        "The journal is older than it was: it ended with row 5 of 2026-03-02 09:05 UTC, "
        "and now ends with row 3, as after a backup was put back, or rows were cut off"
    )


REWRITTEN = (
    "The journal is another than it was: it ended with row 5 of 2026-03-02 09:05 UTC, which is not in it now; it was "
    "rewritten, or another one was put in its place"
)


@pytest.mark.parametrize("head", [head_at(ROWS[4], hash="0" * 64), head_at(ROWS[4], hash=ROWS[3].hash)])
def test_a_journal_that_has_another_row_in_the_heads_place_is_another(head):
    assert words(head, end_of(ROWS, ROWS[4:])) == REWRITTEN


def test_a_journal_whose_row_at_the_head_is_gone_alone_is_another():
    later = chain(6)
    assert words(head_at(ROWS[4]), end_of(later[:4] + later[5:], later[5:], 6)) == REWRITTEN


def test_a_journal_that_began_in_the_minute_of_the_head_was_not_begun_anew():
    assert words(head_at(ROWS[0], hash="0" * 64), end_of(ROWS, ROWS)).startswith("The journal is another than it was")


def test_the_row_at_the_head_and_those_after_it_prove_themselves():
    changed = [*ROWS[:2], replace(ROWS[2], content='{"changed": 1}'), *ROWS[3:]]
    assert words(head_at(ROWS[2]), end_of(changed, changed[2:])) == (
        "The journal is broken at row 3: its content was changed"
    )
    assert words(head_at(ROWS[1]), end_of(changed, changed[1:])) == (
        "The journal is broken at row 3: its content was changed"
    )


def test_rows_after_the_head_that_are_missing_at_the_end_are_missed():
    assert words(head_at(ROWS[2]), end_of(ROWS[:4], ROWS[2:4], 5)) == (
        "The journal is broken at row 5: it is missing at the end"
    )


def test_a_head_that_was_kept_elsewhere_is_somewhere_on_the_chain():
    assert doubt_about_kept_head(head_at(ROWS[2]), ROWS[2].hash, end_of(ROWS)) is None
    for there in (None, ROWS[3].hash):
        found = doubt_about_kept_head(head_at(ROWS[4]), there, end_of(ROWS))
        assert found is not None
        assert found.words == REWRITTEN


def test_as_many_rows_as_were_written_are_expected():
    assert doubt_about_count(5, 5) is None
    for held in (1_234, 1_236):
        found = doubt_about_count(1_235, held)
        assert found is not None
        assert found.words == (
            f"Rows of the journal were taken out, or put between others: it held 1,235, now {held:,}"
        )


@pytest.mark.parametrize(
    ("before", "row", "after", "is_sound"),
    [
        (None, ROWS[0], ROWS[0].hash, True),
        (None, ROWS[0], None, True),
        (ROWS[0].hash, ROWS[1], ROWS[1].hash, True),
        (ROWS[0].hash, ROWS[1], None, True),
        (None, ROWS[1], ROWS[1].hash, False),
        (ROWS[2].hash, ROWS[1], ROWS[1].hash, False),
        (ROWS[0].hash, ROWS[1], ROWS[2].hash, False),
        (ROWS[0].hash, replace(ROWS[1], content="[]"), ROWS[1].hash, False),
    ],
)
def test_a_row_is_sound_where_it_follows_is_followed_and_is_as_it_was(before, row, after, is_sound):
    assert RowInPlace(row, before, after).is_sound is is_sound


def broken(*numbers: int) -> list[RowInPlace]:
    return [RowInPlace(row, "f" * 64 if row.sequence in numbers else row.previous, None) for row in ROWS]


def test_one_row_that_is_broken_is_named_as_one():
    found = doubt_about_rows(broken(2), (), {})
    assert found is not None
    assert found.words == "Row 2 of the journal, about this job, was changed or cannot be read"
    assert (found.rows, found.attempts) == ({2: fingerprint(ROWS[1])}, frozenset({"attempt 2"}))


def test_rows_that_cannot_be_read_are_named_with_the_broken_ones_in_order_each_once():
    found = doubt_about_rows(broken(4), (ROWS[3], ROWS[0]), {})
    assert found is not None
    assert found.words == "Rows 1, 4 of the journal, about this job, were changed or cannot be read"


def test_up_to_five_rows_are_named():
    found = doubt_about_rows(broken(1, 2, 3, 4, 5), (), {})
    assert found is not None
    assert found.words == "Rows 1, 2, 3, 4, 5 of the journal, about this job, were changed or cannot be read"


def test_more_than_five_are_counted():
    more = replace(ROWS[0], sequence=6)
    found = doubt_about_rows(broken(1, 2, 3, 4, 5), (more,), {})
    assert found is not None
    assert found.words == "Rows 1, 2, 3, 4, 5 and 1 more of the journal, about this job, were changed or cannot be read"


def test_a_confirmation_covers_a_row_as_it_is_and_no_other():
    confirmed = {2: fingerprint(ROWS[1]), 4: fingerprint(ROWS[0])}
    assert doubt_about_rows(broken(2), (), confirmed) is None
    found = doubt_about_rows(broken(2, 4), (), confirmed)
    assert found is not None
    assert list(found.rows) == [4]


def test_rows_of_no_job_are_said_to_be_of_nobody_knows_which():
    assert doubt_about_rows_of_no_job((), {}) is None
    found = doubt_about_rows_of_no_job(ROWS[1:2], {})
    assert found is not None
    assert found.words == "Row 2 of the journal cannot be read, so nobody can tell which job it is about"
    assert (found.rows, found.attempts) == ({2: fingerprint(ROWS[1])}, frozenset({"attempt 2"}))
    found = doubt_about_rows_of_no_job(reversed(ROWS[:3]), {2: fingerprint(ROWS[1])})
    assert found is not None
    assert found.words == "Rows 1, 3 of the journal cannot be read, so nobody can tell which jobs they are about"


def test_sound_rows_leave_no_doubt():
    assert doubt_about_rows(broken(), (), {}) is None


def test_bytes_in_place_of_a_text_have_a_fingerprint_too():
    assert fingerprint(replace(ROWS[0], content=b"\xff")) != fingerprint(ROWS[0])


def test_several_doubts_are_one_so_that_somebody_confirms_once():
    one = JournalDoubt("One", {1: "a"}, frozenset({"x"}))
    two = JournalDoubt("Two", {2: "b"}, frozenset({"y"}))
    assert together((None, one, None, two)) == JournalDoubt("One. Two", {1: "a", 2: "b"}, frozenset({"x", "y"}))
    assert together((None, None)) is None
    assert together((one,)) == one


def test_the_code_of_a_doubt_changes_with_whatever_was_found():
    code = JournalDoubt("One", {1: "a"}).code
    assert (len(code), JournalDoubt("One", {1: "a"}).as_problem().code) == (8, code)
    assert JournalDoubt("One", {2: "b", 1: "a"}).code == JournalDoubt("One", {1: "a", 2: "b"}).code
    assert (
        len({code, JournalDoubt("Two", {1: "a"}).code, JournalDoubt("One", {1: "b"}).code, JournalDoubt("One").code})
        == 4
    )
