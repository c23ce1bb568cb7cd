"""How a job ended, and whether from here."""

import json
from dataclasses import replace
from typing import Any

import pytest
from fakes.builders import JOB_ID, a_job

from app.completion.attempt import Answer, Standing
from app.completion.ending import Ending, ended_by, ended_from_here, ending_of, ending_title, ending_word
from app.completion.evidence import EVENT, OpenAttempt

EXPIRED = a_job("failed", failure_reason_type="job_expired")
CANCELLED = a_job("failed", failure_reason_type="canceled_by_user")
FAILED = a_job("failed", failure_reason_type="validation_failure")
START = json.dumps({"event": "started", "jobId": JOB_ID})


def an_attempt(event: str = "completed", *, was_sent: bool = True, **changes: Any) -> OpenAttempt:
    body = json.dumps({"event": event, "jobId": JOB_ID})
    told = {"answer": Answer.ACCEPTED, "problem": None, "judged": Standing.CONFIRMED} | changes
    return OpenAttempt("a", {"what": EVENT, "job_id": JOB_ID, "body": body}, was_sent, **told)


@pytest.mark.parametrize(
    ("job", "ending", "word", "title"),
    [
        (a_job(), None, "in progress", ""),
        (a_job("completed"), Ending.EVENT, "completed", ""),
        (a_job("completed_with_errors"), Ending.EVENT, "completed with errors", ""),
        (FAILED, Ending.EVENT, "failed", ""),
        (a_job("failed"), Ending.EVENT, "failed", ""),
        (EXPIRED, Ending.EXPIRED, "expired", "Expired"),
        (CANCELLED, Ending.CANCELLED, "cancelled in Pleo", "Cancelled in Pleo"),
    ],
)
def test_each_end_has_a_word_of_its_own(job: Any, ending: Ending | None, word: str, title: str) -> None:
    assert (ending_of(job), ending_word(job), ending_title(job)) == (ending, word, title)


@pytest.mark.parametrize(
    ("attempt", "is_ours"),
    [
        (an_attempt(), True),
        (an_attempt(judged=None, answer=None), True),
        (an_attempt(judged=Standing.MISSING, answer=Answer.LOST), True),
        (an_attempt(judged=Standing.RELEASED, answer=Answer.LOST), True),
        (an_attempt(judged=Standing.OVERTAKEN, answer=Answer.DECLINED), False),
        (an_attempt(judged=Standing.REFUSED, answer=Answer.DECLINED), False),
        (an_attempt(judged=Standing.NOT_SENT, was_sent=False, answer=None), False),
        (an_attempt("started"), False),
    ],
)
def test_elsewhere_is_said_of_what_surely_was_not_sent_from_here(attempt: OpenAttempt, is_ours: bool) -> None:
    assert ended_from_here(a_job("completed"), [attempt]) is is_ours


@pytest.mark.parametrize("job", [a_job(), EXPIRED, CANCELLED])
def test_where_no_event_ended_the_job_it_came_from_nowhere(job: Any) -> None:
    assert ended_from_here(job, []) is None


def test_without_an_attempt_an_event_came_from_elsewhere() -> None:
    assert ended_from_here(FAILED, []) is False


def an_end_by(who: str, **content: Any) -> OpenAttempt:
    attempt = an_attempt()
    return replace(attempt, intention={**attempt.intention, "who": who, "connection": "", **content})


def test_a_job_was_ended_by_the_second_person_else_by_who_sat_at_the_machine() -> None:
    job = a_job("completed")
    assert ended_by(job, [an_end_by("sb@desk")]) == "sb@desk"
    assert ended_by(job, [an_end_by("sb@desk", confirmed_by="Bo Dahl")]) == "Bo Dahl"
    assert ended_by(job, [an_end_by("sb@desk", confirmed_by=" ")]) == "sb@desk"


def test_of_what_is_not_confirmed_nobody_is_said_to_have_ended_it() -> None:
    lost = replace(an_end_by("sb@desk"), judged=None)
    started = replace(an_attempt("started"), intention={**an_end_by("sb@desk").intention, "body": START})
    assert ended_by(a_job("completed"), [lost, started]) == ""
    assert ended_by(EXPIRED, [an_end_by("sb@desk")]) == ""
    assert ended_by(a_job(), [an_end_by("sb@desk")]) == ""
