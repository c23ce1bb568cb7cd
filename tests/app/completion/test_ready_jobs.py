"""Which jobs may be completed together: a table of what each job is, and of what stands before it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.builders import NINE, an_item, snapshot_of
from hypothesis import given
from hypothesis import strategies as st

from app.completion.derive import NotReady, derive
from app.completion.failure import IntegrationSpecification
from app.completion.preview import Preview
from app.completion.ready_jobs import JobReading, Judgement, WhyNot, Wishes, judge_ready
from app.errors import NotReachable
from app.models.snapshot import JobSnapshot, OlderState

BY_ITSELF = Wishes()
ALL = Wishes(with_errors=True, set_by_hand=True)
STATUSES = {
    "good": ("successful", "successful"),
    "errors": ("successful", "failed"),
    "failed": ("failed", "failed"),
    "open": ("successful", "pending"),
}


def a_reading(name: str, kind: str = "good", *, hour: int | None = 0, company: str = "acme", **more) -> JobReading:
    """`kind` is a key of STATUSES, or `ended`, `pending` or `older`."""
    status = {"ended": "completed", "pending": "pending"}.get(kind, "in_progress")
    created = None if hour is None else NINE + timedelta(hours=hour)
    ids = {"id": name, "company_id": company, "created_at": created}
    statuses = STATUSES.get(kind, STATUSES["good"])
    rows = [an_item(place, each, export_job_id=name) for place, each in enumerate(statuses)]
    snapshot = snapshot_of(rows, status, **ids)
    if kind == "older":
        snapshot = replace(snapshot, older=OlderState(NINE))
    return replace(as_read(snapshot), **more)


def as_read(snapshot: JobSnapshot) -> JobReading:
    found = derive(snapshot, IntegrationSpecification())
    judged = found if isinstance(found, NotReady) else Preview(snapshot, found.tally, found.event)
    return JobReading(snapshot.job, snapshot, judged)


def judged(*readings: JobReading, wishes: Wishes = BY_ITSELF) -> dict[str, WhyNot | None]:
    return {each.job_id: each.why_not.code if each.why_not else None for each in judge_ready(readings, wishes)}


def joins(judgement: Judgement) -> bool:
    return judgement.preview is not None


@pytest.mark.parametrize(
    ("kind", "more", "alone", "with_errors", "set_by_hand", "with_all"),
    [
        ("good", {}, None, None, None, None),
        ("errors", {}, "with_errors", None, "with_errors", None),
        ("failed", {}, "failed", "failed", "failed", "failed"),
        ("open", {}, "not_ready", "not_ready", "not_ready", "not_ready"),
        ("pending", {}, "not_ready", "not_ready", "not_ready", "not_ready"),
        ("ended", {}, "not_ready", "not_ready", "not_ready", "not_ready"),
        ("older", {}, "not_ready", "not_ready", "not_ready", "not_ready"),
        ("good", {"set_by_hand": 1}, "set_by_hand", "set_by_hand", None, None),
        ("errors", {"set_by_hand": 1}, "with_errors", "set_by_hand", "with_errors", None),
        ("good", {"drafters": ("Ann",)}, "four_eyes", "four_eyes", "four_eyes", "four_eyes"),
        ("good", {"is_left_open": True}, "left_open", "left_open", "left_open", "left_open"),
        ("good", {"problem": NotReachable("Gone")}, "not_read", "not_read", "not_read", "not_read"),
    ],
)
def test_what_joins_by_itself_what_where_it_was_asked_for_and_what_never(
    kind, more, alone, with_errors, set_by_hand, with_all
):
    wishes = {
        Wishes(): alone,
        Wishes(with_errors=True): with_errors,
        Wishes(set_by_hand=True): set_by_hand,
        ALL: with_all,
    }
    found = {wish: judged(a_reading("a", kind, **more), wishes=wish)["a"] for wish in wishes}
    assert found == wishes


@pytest.mark.parametrize(
    ("oldest", "middle", "found"),
    [
        ("good", "good", (None, None, None)),
        ("open", "good", ("not_ready", "older_first", "older_first")),
        ("good", "open", (None, "not_ready", "older_first")),
        ("ended", "good", ("not_ready", None, None)),
        ("pending", "failed", ("not_ready", "failed", "older_first")),
        ("errors", "good", ("with_errors", "older_first", "older_first")),
    ],
)
def test_a_job_waits_while_an_older_one_of_its_company_has_not_ended(oldest, middle, found):
    jobs = (a_reading("newest", hour=2), a_reading("oldest", oldest), a_reading("middle", middle, hour=1))
    assert judged(*jobs) == dict(zip(("oldest", "middle", "newest"), found, strict=True))


def test_jobs_come_company_after_company_and_the_oldest_of_each_first():
    jobs = (
        a_reading("b2", hour=9, company="beta"),
        a_reading("a2", hour=3),
        a_reading("b1", hour=1, company="beta"),
        a_reading("a1", hour=2),
    )
    assert [each.job_id for each in judge_ready(jobs, Wishes())] == ["b1", "b2", "a1", "a2"]


def test_another_company_does_not_wait():
    assert judged(a_reading("a", "open"), a_reading("b", hour=1, company="beta")) == {"a": "not_ready", "b": None}


def test_the_job_that_comes_before_is_named_and_the_one_that_is_waited_for_stays_it():
    names = ("first", "second", "third", "fourth")
    kinds = ("good", "open", "good", "good")
    jobs = [a_reading(name, kind, hour=place) for place, (name, kind) in enumerate(zip(names, kinds, strict=True))]
    found = judge_ready(jobs, Wishes())
    assert [each.older.id if each.older else None for each in found] == [None, "first", "second", "second"]
    assert found[2].why_not
    assert found[2].why_not.sentences == ("An older job of this company has not ended: second",)


def test_without_a_readable_date_none_of_several_of_a_company_joins():
    jobs = (a_reading("a", hour=None), a_reading("b", hour=1), a_reading("c", company="beta", hour=None))
    assert judged(*jobs) == {"a": "order_unknown", "b": "order_unknown", "c": None}
    assert judged(a_reading("a", "ended", hour=None), a_reading("b", hour=1)) == {"a": "not_ready", "b": None}


def test_a_job_that_ended_since_it_was_listed_is_waited_for_no_more_unless_that_was_read_from_an_older_state():
    ended = a_reading("a", "ended")
    listed = replace(ended, job=replace(ended.job, status="in_progress"))
    assert judged(listed, a_reading("b", hour=1)) == {"a": "not_ready", "b": None}
    old = replace(listed, snapshot=replace(listed.snapshot, older=OlderState(NINE)))
    assert judged(old, a_reading("b", hour=1)) == {"a": "not_ready", "b": "older_first"}


def test_a_job_that_is_listed_twice_is_judged_once():
    assert len(judge_ready((a_reading("a"), a_reading("a")), Wishes())) == 1


def test_every_blocker_of_a_job_that_is_not_ready_is_a_sentence_of_its_own():
    (found,) = judge_ready((a_reading("a", "pending"),), Wishes())
    assert found.why_not
    assert found.why_not.sentences == tuple(blocker.message for blocker in found.reading.found.blockers)
    assert found.why_not.sentences


def test_what_was_neither_read_nor_met_a_problem_is_not_ready():
    reading = a_reading("a")
    assert judged(replace(reading, snapshot=None, found=None)) == {"a": "not_ready"}


KINDS = st.sampled_from((*STATUSES, "ended", "pending", "older"))


@given(
    st.lists(st.tuples(KINDS, st.integers(0, 5) | st.none(), st.sampled_from(("acme", "beta"))), max_size=8),
    st.booleans(),
    st.booleans(),
)
def test_whatever_the_list_no_job_joins_past_an_older_one_that_stays_open(rows, with_errors, set_by_hand):
    jobs = [a_reading(str(n), kind, hour=hour, company=company) for n, (kind, hour, company) in enumerate(rows)]
    found = judge_ready(jobs, Wishes(with_errors, set_by_hand))
    assert sorted(each.job_id for each in found) == sorted(job.job.id for job in jobs)
    for each in filter(joins, found):
        for other in found:
            if other.reading.job.company_id != each.reading.job.company_id or other is each:
                continue
            if other.reading.has_ended or joins(other):
                continue
            assert other.reading.job.created_at is not None
            assert other.reading.job.created_at >= each.reading.job.created_at
        assert each.preview.event.event != "failed"
        assert with_errors or each.preview.event.event == "completed"
