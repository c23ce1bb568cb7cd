"""A job's deadline, and the event's body."""

import json
from datetime import timedelta

import pytest
from fakes.builders import JOB_ID, NINE, a_job
from hypothesis import given
from hypothesis import strategies as st

from app.models.export_job_event import ExportJobEvent


def test_the_deadline_counts_from_the_last_update():
    job = a_job(expires_in=3600, last_updated_at=NINE + timedelta(minutes=10))
    assert job.deadline == NINE + timedelta(minutes=70)


def test_the_deadline_counts_from_the_creation_where_the_job_was_never_updated():
    assert a_job(expires_in=90).deadline == NINE + timedelta(seconds=90)


@pytest.mark.parametrize("status", ["completed", "completed_with_errors", "failed"])
def test_a_job_that_ended_has_no_deadline(status):
    assert a_job(status).is_finished
    assert a_job(status).deadline is None


@pytest.mark.parametrize("status", ["pending", "in_progress", "archived", ""])
def test_a_job_that_did_not_end_has_a_deadline(status):
    assert not a_job(status).is_finished
    assert a_job(status).deadline is not None


@given(seconds=st.integers(min_value=-(10**30), max_value=10**30))
def test_a_deadline_beyond_the_calendar_is_none_rather_than_a_crash(seconds):
    deadline = a_job(expires_in=seconds).deadline
    assert deadline is None or deadline == NINE + timedelta(seconds=seconds)


def test_an_event_is_sent_with_jobid_and_with_nothing_that_it_does_not_carry():
    assert ExportJobEvent("completed", JOB_ID).as_dict() == {"event": "completed", "jobId": JOB_ID}


def test_the_text_of_an_event_keeps_letters_as_they_are():
    text = ExportJobEvent("failed", JOB_ID, "Bokföringsår låst – «2025»", "validation_failure").as_json()
    assert "Bokföringsår låst – «2025»" in text
    assert json.loads(text)["failureReason"] == "Bokföringsår låst – «2025»"
