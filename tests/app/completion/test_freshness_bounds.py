"""What is known of a job, so that no later read may fall behind it: from reads, and from the journal's rows."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import NINE, a_job, entry_id

from app.completion.evidence import Origin
from app.completion.freshness import ConfirmedReport, LowerBounds, bounds_recorded_in
from app.models.journal_row import JournalRow

HERE = Origin("ann@here", "https://pleo.example a-company")
FIRST, SECOND, THIRD = NINE, NINE + timedelta(minutes=1), NINE + timedelta(minutes=2)


def job_of(status, updated):
    return a_job(status, last_updated_at=updated)


def test_a_first_read_is_known_with_its_time_and_how_far_the_job_had_come():
    known = LowerBounds().raised_by(job_of("in_progress", FIRST), SECOND)
    assert known == LowerBounds(last_updated_at=FIRST, seen_at=SECOND, progress=1)


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        ("pending", 0),
        ("in_progress", 1),
        ("archived", 1),
        ("completed", 2),
        ("completed_with_errors", 2),
        ("failed", 2),
    ],
)
def test_a_job_is_started_once_and_ends_once(status, progress):
    assert LowerBounds().raised_by(job_of(status, FIRST), FIRST).progress == progress


def test_a_pending_job_without_a_time_tells_nothing_new():
    nothing = LowerBounds()
    assert nothing.raised_by(job_of("pending", None), FIRST) is nothing


def test_the_same_state_read_again_leaves_the_time_at_which_it_was_seen_first():
    known = LowerBounds().raised_by(job_of("in_progress", FIRST), FIRST)
    assert known.raised_by(job_of("in_progress", FIRST), THIRD) is known


def test_a_later_state_raises_what_is_known():
    known = LowerBounds().raised_by(job_of("in_progress", FIRST), FIRST)
    assert known.raised_by(job_of("in_progress", SECOND), THIRD) == LowerBounds(SECOND, THIRD, progress=1)


def test_an_earlier_state_lowers_nothing():
    known = LowerBounds().raised_by(job_of("in_progress", SECOND), SECOND)
    assert known.raised_by(job_of("in_progress", FIRST), THIRD) is known


@pytest.mark.parametrize("updated", [None, FIRST, SECOND])
def test_a_job_that_went_on_is_known_to_have_though_its_time_tells_nothing_newer(updated):
    known = LowerBounds().raised_by(job_of("in_progress", SECOND), SECOND)
    assert known.raised_by(job_of("completed", updated), THIRD) == LowerBounds(SECOND, THIRD, progress=2)


def test_a_later_time_never_takes_a_job_back():
    known = LowerBounds().raised_by(job_of("completed", FIRST), FIRST)
    assert known.raised_by(job_of("in_progress", SECOND), THIRD).progress == 2


def test_a_state_of_the_same_time_is_not_older():
    assert not LowerBounds().raised_by(job_of("in_progress", FIRST), FIRST).is_above(job_of("in_progress", FIRST))


def test_where_no_time_was_seen_before_none_is_missed():
    assert not LowerBounds().raised_by(job_of("in_progress", None), FIRST).is_above(job_of("in_progress", None))
    assert not LowerBounds().raised_by(job_of("in_progress", None), FIRST).is_above(job_of("in_progress", FIRST))


def test_what_others_know_is_added_and_nothing_is_taken_away():
    report = ConfirmedReport("successful", None, SECOND)
    mine = LowerBounds(FIRST, FIRST, reported={entry_id(1): report})
    assert mine.beside(LowerBounds(SECOND, THIRD, progress=2)) == LowerBounds(
        SECOND, THIRD, reported={entry_id(1): report}, progress=2
    )
    newer = {entry_id(2): report}
    assert mine.beside(LowerBounds(reported=newer)) == replace(mine, reported=newer)


class Rows:
    """Rows of the journal, a minute after each other from nine o'clock on."""

    def __init__(self) -> None:
        self.written: list[JournalRow] = []

    def add(self, kind, content, attempt="a"):
        at = (NINE + timedelta(minutes=len(self.written))).isoformat()
        self.written.append(JournalRow(len(self.written) + 1, attempt, kind, at, json.dumps(content), "", ""))
        return self

    def intended(self, attempt="a", connection=HERE.connection, what="item_update", statuses=("successful",), **more):
        body = [{"accountingEntryId": entry_id(n), "status": status} for n, status in enumerate(statuses, 1)]
        content = {"what": what, "who": HERE.who, "connection": connection, "body": json.dumps(body)}
        return self.add("intended", content | more, attempt)

    def read(self, attempt="a", *, updated=None, status="in_progress", missing=(), refused=()):
        gone = [{"accounting_entry_id": entry} for entry in refused]
        content = {"job_status": status, "missing": list(missing), "refused": gone}
        return self.add("read", content | {"last_updated_at": updated and updated.isoformat()}, attempt)

    def bounds(self) -> LowerBounds:
        return bounds_recorded_in(self.written, HERE)


def test_a_journal_without_rows_proves_nothing():
    assert Rows().bounds() == LowerBounds()


def test_the_state_that_was_sent_on_is_known_though_nothing_came_of_it():
    rows = Rows().intended(job_status="in_progress", last_updated_at=FIRST.isoformat())
    assert rows.bounds() == LowerBounds(FIRST, NINE, progress=1)


def test_a_state_without_a_time_still_tells_how_far_the_job_had_come():
    assert Rows().intended(job_status="completed").bounds() == LowerBounds(None, NINE, progress=2)


def test_a_time_without_a_state_is_known_too():
    assert Rows().intended(last_updated_at=FIRST.isoformat()).bounds() == LowerBounds(FIRST, NINE)


def test_an_outcome_that_a_read_showed_has_arrived():
    rows = Rows().intended(statuses=("successful", "failed"), before={entry_id(2): "successful ext-1"})
    assert rows.read(updated=FIRST).bounds().reported == {
        entry_id(1): ConfirmedReport("successful", None, SECOND, FIRST),
        entry_id(2): ConfirmedReport("failed", "successful", SECOND, FIRST),
    }


def test_rows_that_are_missing_or_were_refused_have_not_arrived():
    rows = Rows().intended(statuses=("successful", "failed", "failed"))
    found = rows.read(missing=[entry_id(1)], refused=[entry_id(2)]).bounds()
    assert set(found.reported) == {entry_id(3)}


def test_a_read_that_failed_shows_nothing():
    assert not Rows().intended().read(status=None).bounds().reported
    assert not Rows().intended().add("read", {"problem": "Pleo cannot be reached"}).bounds().reported
    assert not Rows().intended().add("read", {"job_status": "in_progress"}).bounds().reported


def test_the_reads_of_an_event_tell_of_the_job_and_of_no_item():
    found = Rows().intended(what="event").read(updated=FIRST, status="completed").bounds()
    assert found == LowerBounds(FIRST, SECOND, progress=2)


def test_only_a_read_shows_an_outcome():
    assert not Rows().intended().add("sent", {"job_status": "in_progress", "missing": []}).bounds().reported


def test_what_was_sent_to_another_server_tells_nothing_and_hides_nothing_of_this_one():
    rows = Rows().intended("other", connection="https://elsewhere.example x").read("other", updated=THIRD)
    rows.intended("a").read("a", updated=FIRST)
    found = rows.bounds()
    assert found.last_updated_at == FIRST
    assert set(found.reported) == {entry_id(1)}


def test_a_later_report_of_an_item_is_the_one_that_counts():
    rows = Rows().intended("a", statuses=("failed",)).read("a", updated=FIRST)
    rows.intended("b", before={entry_id(1): "failed"}).read("b", updated=SECOND)
    assert rows.bounds().reported == {
        entry_id(1): ConfirmedReport("successful", "failed", NINE + timedelta(minutes=3), SECOND)
    }
