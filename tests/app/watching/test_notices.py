from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, a_job, entry_id, items_of

from app.completion.tally import Tally
from app.jobs.counted import Counted, counted_rows, counted_totals
from app.models.vocabulary import Item
from app.watching.facts import JobFacts
from app.watching.notices import NoticeKind, Wishes, notices, own_end

WARNINGS = (15, 5)


def facts(*statuses, job=None, **changes):
    rows = items_of(*statuses)
    found = job or a_job(items=len(rows), **changes)
    return JobFacts(found, counted_rows(found, rows, NINE))


def told_of(known, told=(), minutes=0):
    return notices([known], told, NINE + timedelta(minutes=minutes), WARNINGS)


def kinds(known, told=(), minutes=0):
    return [notice.kind for notice in told_of(known, told, minutes)]


def test_a_job_whose_items_are_all_final_is_ready_and_is_told_once():
    (notice,) = told_of(facts("successful", "successful"))
    assert (notice.kind, notice.count) == (NoticeKind.READY, 2)
    assert kinds(facts("successful", "successful"), notice.facts) == []


def test_a_job_with_open_or_unknown_items_or_too_few_of_them_is_not_ready():
    assert kinds(facts("successful", "pending")) == []
    assert kinds(facts("successful", "parked")) == []
    short = a_job(items=3)
    assert kinds(JobFacts(short, counted_rows(short, items_of("successful"), NINE))) == []


def test_a_job_that_was_not_started_is_not_ready():
    assert kinds(facts("successful", job=a_job("pending", 1))) == []


def test_new_failures_lead_to_the_first_of_them():
    (notice,) = told_of(facts("pending", "failed", "failed"))
    assert (notice.kind, notice.count, notice.entry_id) == (NoticeKind.FAILURES, 2, entry_id(1))


def test_only_failures_that_were_not_told_yet_are_new():
    (first,) = told_of(facts("pending", "failed", "pending"))
    (second,) = told_of(facts("pending", "failed", "failed"), first.facts)
    assert (second.count, second.entry_id) == (1, entry_id(2))


def test_failures_that_were_only_counted_are_told_once_for_each_number():
    job = a_job(items=1_000)

    def counted(failed):
        totals = Tally({Item.FAILED: failed, Item.PENDING: 1_000 - failed})
        return JobFacts(job, counted_totals(job, totals))

    (notice,) = told_of(counted(3))
    assert (notice.count, notice.entry_id) == (3, None)
    assert kinds(counted(3), notice.facts) == []
    assert kinds(counted(4), notice.facts) == [NoticeKind.FAILURES]
    assert kinds(counted(0)) == []


@pytest.mark.parametrize(("minutes", "left"), [(45, 15), (50, 10), (57, 3), (59.5, 0)])
def test_a_deadline_that_nears_is_told_with_the_minutes_left(minutes, left):
    (notice,) = told_of(facts("pending"), minutes=minutes)
    assert (notice.kind, notice.count) == (NoticeKind.DEADLINE, left)


def test_each_warning_is_given_once_and_a_late_start_gives_the_nearest_alone():
    told: list[str] = []
    given = []
    for minute in range(61):
        for notice in told_of(facts("pending"), told, minute):
            told += notice.facts
            given.append(minute)
    assert given == [45, 55]
    (late,) = told_of(facts("pending"), minutes=58)
    assert kinds(facts("pending"), late.facts, 50) == []


def test_a_deadline_that_moved_is_warned_of_again():
    (early,) = told_of(facts("pending"), minutes=50)
    later = a_job(items=1, last_updated_at=NINE + timedelta(minutes=50))
    assert kinds(facts("pending", job=later), early.facts, 51) == []
    assert kinds(facts("pending", job=later), early.facts, 96) == [NoticeKind.DEADLINE]


def test_a_deadline_that_has_passed_is_not_warned_of():
    assert kinds(facts("pending"), minutes=61) == []


def test_an_expired_job_says_how_many_items_were_abandoned():
    expired = a_job("failed", 3, failure_reason_type="job_expired")
    (notice,) = told_of(facts("successful", "abandoned", "abandoned", job=expired))
    assert (notice.kind, notice.count) == (NoticeKind.EXPIRED, 2)
    assert kinds(facts("abandoned", job=expired), notice.facts) == []


def test_an_end_by_somebody_else_is_told_and_ones_own_is_not():
    ended = facts("successful", job=a_job("completed", 1))
    assert kinds(ended) == [NoticeKind.ENDED]
    assert kinds(ended, {own_end(JOB_ID)}) == []


def test_what_presses_most_stands_first():
    found = told_of(facts("failed", "successful"), minutes=50)
    assert [notice.kind for notice in found] == [NoticeKind.DEADLINE, NoticeKind.FAILURES, NoticeKind.READY]


def test_a_job_that_was_not_counted_yet_says_nothing_of_its_items():
    assert told_of(JobFacts(a_job())) == ()


def test_failures_and_deadlines_are_wanted_unless_the_user_says_otherwise():
    assert [kind for kind in NoticeKind if Wishes().want(kind)] == [
        NoticeKind.FAILURES,
        NoticeKind.DEADLINE,
        NoticeKind.EXPIRED,
    ]
    assert replace(Wishes(), ready=True).want(NoticeKind.READY)
    assert replace(Wishes(), ended=True).want(NoticeKind.ENDED)


def test_what_pleo_counted_for_a_long_job_tells_that_it_is_ready():
    job = a_job(items=1_000)
    assert counted_totals(job, Tally({Item.SUCCESSFUL: 1_000})).is_ready
    assert not counted_totals(job, Tally({Item.SUCCESSFUL: 999})).is_ready
    assert isinstance(counted_totals(job, Tally({})), Counted)
