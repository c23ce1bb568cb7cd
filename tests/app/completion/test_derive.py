"""The aggregator, held against the table of pleo-export-facts.md."""

from collections import Counter

import pytest
from fakes.builders import JOB_ID, a_snapshot
from hypothesis import example, given
from hypothesis import strategies as st

from app.completion.derive import NotReady, Ready, derive
from app.completion.failure import IntegrationSpecification
from app.completion.tally import tally

FINAL = ("successful", "failed", "abandoned")
OPEN = ("pending", "in_progress")
INVENTED = ("parked", "Successful", "FAILED", "", " successful", "completed", "successful ", "null")
JOB_STATUSES = ("pending", "in_progress", "completed", "completed_with_errors", "failed")

item_statuses = st.sampled_from((*FINAL, *OPEN, *INVENTED)) | st.text(max_size=12)
job_statuses = st.sampled_from(("in_progress", *JOB_STATUSES, "archived", "In_Progress", "")) | st.text(max_size=12)


def event_by_the_table(statuses: list[str]) -> str:
    successful = statuses.count("successful")
    if successful == len(statuses):
        return "completed"
    return "completed_with_errors" if successful else "failed"


@given(
    statuses=st.lists(item_statuses, max_size=12), job_status=job_statuses, surplus=st.sampled_from((0, 0, 0, 1, -1))
)
@example(statuses=[], job_status="in_progress", surplus=0)
def test_an_event_comes_out_exactly_when_every_item_is_final_and_counted_in_a_running_job(
    statuses, job_status, surplus
):
    snapshot = a_snapshot(*statuses, job_status=job_status, items=len(statuses) + surplus)
    is_proved = job_status == "in_progress" and statuses and not surplus and set(statuses) <= set(FINAL)

    found = derive(snapshot, IntegrationSpecification())

    if is_proved:
        assert isinstance(found, Ready)
        assert found.event.event == event_by_the_table(statuses)
        assert found.event.job_id == JOB_ID
    else:
        assert isinstance(found, NotReady)
        assert found.blockers


@given(statuses=st.lists(st.sampled_from(FINAL), min_size=1, max_size=30))
def test_final_items_alone_always_imply_the_event_of_the_table(statuses):
    found = derive(a_snapshot(*statuses), IntegrationSpecification())
    assert isinstance(found, Ready)
    assert found.event.event == event_by_the_table(statuses)


@given(
    statuses=st.lists(st.sampled_from(FINAL), min_size=1, max_size=12),
    intruder=st.sampled_from((*OPEN, *INVENTED)) | st.text(max_size=12).filter(lambda word: word not in FINAL),
    place=st.integers(min_value=0),
)
def test_one_item_that_is_not_final_is_enough_to_withhold_the_event(statuses, intruder, place):
    statuses.insert(place % (len(statuses) + 1), intruder)
    assert isinstance(derive(a_snapshot(*statuses), IntegrationSpecification()), NotReady)


@given(statuses=st.lists(item_statuses, max_size=20))
def test_the_counts_hold_every_item_once_whatever_its_status(statuses):
    counts = tally(a_snapshot(*statuses).items)
    assert dict(counts.by_status) == Counter(statuses)
    assert counts.total == len(statuses)
    assert counts.final + counts.open + counts.unknown == counts.total
    assert counts.final == counts.successful + counts.not_successful


@pytest.mark.parametrize(
    ("statuses", "event"),
    [
        (("successful",), "completed"),
        (("successful",) * 3, "completed"),
        (("successful", "failed"), "completed_with_errors"),
        (("successful", "abandoned"), "completed_with_errors"),
        (("successful", "failed", "abandoned"), "completed_with_errors"),
        (("failed",), "failed"),
        (("abandoned",), "failed"),
        (("failed", "abandoned"), "failed"),
    ],
)
def test_final_items_imply_the_event_that_the_table_names(statuses, event):
    found = derive(a_snapshot(*statuses), IntegrationSpecification())
    assert isinstance(found, Ready)
    assert found.event.event == event


def test_a_job_with_one_abandoned_item_completes_with_errors():
    found = derive(a_snapshot("successful", "abandoned", "successful"), IntegrationSpecification())
    assert isinstance(found, Ready)
    assert found.event.as_dict() == {"event": "completed_with_errors", "jobId": JOB_ID}


@pytest.mark.parametrize("statuses", [("successful",), ("successful", "failed")])
def test_events_other_than_failed_carry_neither_reason_nor_type(statuses):
    found = derive(a_snapshot(*statuses), IntegrationSpecification())
    assert isinstance(found, Ready)
    assert set(found.event.as_dict()) == {"event", "jobId"}


def test_failed_carries_a_reason_and_a_type():
    found = derive(a_snapshot("failed", "abandoned"), IntegrationSpecification())
    assert isinstance(found, Ready)
    body = found.event.as_dict()
    assert set(body) == {"event", "jobId", "failureReason", "failureReasonType"}
    assert body["failureReason"]
    assert body["failureReasonType"] == "accounting_system_validation_failure"


def test_unknown_words_are_counted_after_pleos_own():
    counts = tally(a_snapshot("zebra", "pending", "successful", "alpha", "failed").items)
    assert list(counts.by_status) == ["successful", "failed", "pending", "alpha", "zebra"]
    assert counts.unknown == 2
