"""Every cell of the judgement: how the write was answered, against the job as it was read since."""

from dataclasses import replace

import pytest
from fakes.builders import JOB_ID, NINE, a_job
from fakes.pleo import declined, in_trouble, lost, too_many, unreachable

from app.completion.attempt import (
    Answer,
    Departure,
    Outcome,
    Standing,
    answer_to,
    beside,
    is_worth_waiting_for,
    judge,
)
from app.completion.outcome_text import describe
from app.errors import AnswerUnreadable, JournalProblem, NotAllowed, NotSignedIn, RedirectRefused, Refused, ServerWords
from app.models.export_job_event import ExportJobEvent

STARTED = ExportJobEvent("started", JOB_ID)
COMPLETED = ExportJobEvent("completed", JOB_ID)
WITH_ERRORS = ExportJobEvent("completed_with_errors", JOB_ID)
FAILED = ExportJobEvent("failed", JOB_ID, "Period closed", "accounting_system_validation_failure")

ACCEPTED, DECLINED, NEVER, LOST = Answer.ACCEPTED, Answer.DECLINED, Answer.NEVER_ARRIVED, Answer.LOST
PROBLEMS = {ACCEPTED: None, DECLINED: declined(422), NEVER: unreachable(), LOST: lost()}


def ended(status, reason=None, kind=None):
    return a_job(status, failure_reason=reason, failure_reason_type=kind)


# fmt: off
CELLS = [
    # the job as read                accepted     declined     never arrived  lost
    (COMPLETED, a_job("in_progress"), "unknown",   "refused",   "not_sent",    "unknown"),
    (COMPLETED, a_job("completed"),   "confirmed", "overtaken", "overtaken",   "confirmed"),
    (COMPLETED, a_job("failed"),      "overtaken", "overtaken", "overtaken",   "overtaken"),
    (COMPLETED, ended("failed", None, "job_expired"), "overtaken", "overtaken", "overtaken", "overtaken"),
    (COMPLETED, a_job("completed_with_errors"), "overtaken", "overtaken", "overtaken", "overtaken"),
    (COMPLETED, a_job("pending"),     "unknown",   "unknown",   "not_sent",    "unknown"),
    (COMPLETED, a_job("archived"),    "unknown",   "unknown",   "not_sent",    "unknown"),
    (COMPLETED, None,                 "unknown",   "unknown",   "not_sent",    "unknown"),
    (WITH_ERRORS, a_job("in_progress"), "unknown", "refused",   "not_sent",    "unknown"),
    (WITH_ERRORS, a_job("completed_with_errors"), "confirmed", "overtaken", "overtaken", "confirmed"),
    (WITH_ERRORS, a_job("completed"), "overtaken", "overtaken", "overtaken",   "overtaken"),
    (FAILED, a_job("in_progress"),    "unknown",   "refused",   "not_sent",    "unknown"),
    (FAILED, ended("failed", "Period closed", "accounting_system_validation_failure"),
                                      "confirmed", "overtaken", "overtaken",   "confirmed"),
    (FAILED, ended("failed"),         "confirmed", "overtaken", "overtaken",   "confirmed"),
    (FAILED, ended("failed", None, "job_expired"), "overtaken", "overtaken", "overtaken", "overtaken"),
    (FAILED, ended("failed", None, "canceled_by_user"), "overtaken", "overtaken", "overtaken", "overtaken"),
    (FAILED, ended("failed", "Books closed", "accounting_system_validation_failure"),
                                      "confirmed", "overtaken", "overtaken",   "overtaken"),
    (FAILED, ended("failed", "Period closed", "validation_failure"),
                                      "confirmed", "overtaken", "overtaken",   "overtaken"),
    (FAILED, a_job("completed"),      "overtaken", "overtaken", "overtaken",   "overtaken"),
    (STARTED, a_job("pending"),       "unknown",   "refused",   "not_sent",    "unknown"),
    (STARTED, a_job("in_progress"),   "confirmed", "overtaken", "overtaken",   "confirmed"),
    (STARTED, a_job("completed"),     "overtaken", "overtaken", "overtaken",   "overtaken"),
    (STARTED, ended("failed", None, "canceled_by_user"), "overtaken", "overtaken", "overtaken", "overtaken"),
    (STARTED, a_job("archived"),      "unknown",   "unknown",   "not_sent",    "unknown"),
    (STARTED, None,                   "unknown",   "unknown",   "not_sent",    "unknown"),
]
# fmt: on


@pytest.mark.parametrize(
    ("event", "job", "answer", "standing"),
    [
        pytest.param(event, job, answer, standing, id=f"{event.event}-{job and job.status}-{answer.value}-{standing}")
        for event, job, *standings in CELLS
        for answer, standing in zip((ACCEPTED, DECLINED, NEVER, LOST), standings, strict=True)
    ],
)
def test_the_job_as_read_decides_what_an_answer_was_worth(event, job, answer, standing):
    assert judge(event, answer, PROBLEMS[answer], job) is Standing(standing)


@pytest.mark.parametrize("kind", [NotSignedIn, NotAllowed])
def test_a_refused_credential_is_refused_even_where_the_job_cannot_be_read(kind):
    problem = kind("No", ServerWords(401))
    assert judge(COMPLETED, DECLINED, problem, None) is Standing.REFUSED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (None, ACCEPTED),
        (unreachable(), NEVER),
        (too_many(), NEVER),
        (too_many(7), NEVER),
        (in_trouble(503, retry_after=5), LOST),
        (in_trouble(503), LOST),
        (in_trouble(500), LOST),
        (in_trouble(500, retry_after=5), LOST),
        (in_trouble(502), LOST),
        (lost(), LOST),
        (AnswerUnreadable("A web page came back"), LOST),
        (RedirectRefused("Elsewhere"), LOST),
        (declined(400), DECLINED),
        (declined(409), DECLINED),
        (declined(422), DECLINED),
        (NotSignedIn("No", ServerWords(401)), DECLINED),
        (NotAllowed("No", ServerWords(403)), DECLINED),
    ],
    ids=str,
)
def test_what_a_write_met_says_whether_it_may_have_taken_effect(problem, answer):
    assert answer_to(problem) is answer


@pytest.mark.parametrize(("event", "job"), [(COMPLETED, a_job("in_progress")), (STARTED, a_job("pending"))])
def test_silence_and_an_unchanged_job_prove_that_pleo_does_not_have_it_once_the_wait_is_over(event, job):
    assert judge(event, LOST, lost(), job) is Standing.UNKNOWN
    assert judge(event, LOST, lost(), job, is_waited_out=True) is Standing.MISSING


@pytest.mark.parametrize("job", [None, a_job("archived"), a_job("pending")])
def test_silence_stays_unknown_where_the_job_is_not_as_it_was(job):
    assert judge(COMPLETED, LOST, lost(), job, is_waited_out=True) is Standing.UNKNOWN


def test_an_accepted_event_that_never_shows_stays_unknown_however_long_it_is_waited_for():
    assert judge(COMPLETED, ACCEPTED, None, a_job("in_progress"), is_waited_out=True) is Standing.UNKNOWN


@pytest.mark.parametrize("status", [409, 422])
def test_a_refusal_after_an_attempt_that_was_lost_is_probably_its_doing(status):
    """The job is as it was only for who reads an older copy of it."""
    problem = declined(status)
    untouched = a_job("in_progress")
    assert judge(COMPLETED, DECLINED, problem, untouched) is Standing.REFUSED
    assert judge(COMPLETED, DECLINED, problem, untouched, after_lost=True) is Standing.UNKNOWN
    assert judge(COMPLETED, DECLINED, problem, untouched, after_lost=True, is_waited_out=True) is Standing.REFUSED


def test_a_refusal_for_another_reason_than_the_state_says_no_also_after_a_lost_attempt():
    assert judge(COMPLETED, DECLINED, declined(400), a_job("in_progress"), after_lost=True) is Standing.REFUSED


def test_what_pleo_refused_after_a_lost_attempt_is_said_to_be_probably_ours():
    departure = Departure(NINE, after_lost=True)
    shown = Outcome(Standing.OVERTAKEN, COMPLETED, DECLINED, a_job("completed"), declined(422), departure=departure)
    assert "most likely by your earlier attempt" in describe(shown).title
    waits = Outcome(Standing.UNKNOWN, COMPLETED, DECLINED, a_job("in_progress"), declined(422), departure=departure)
    assert "has most likely arrived" in describe(waits).meaning


@pytest.mark.parametrize(
    ("answer", "problem", "after_lost"),
    [
        (DECLINED, declined(422), False),  # nothing left before it
        (DECLINED, declined(400), True),  # refused for what it says
        (LOST, lost(), True),
        (ACCEPTED, None, True),
    ],
)
def test_nothing_else_is_said_to_be_probably_ours(answer, problem, after_lost):
    departure = Departure(NINE, after_lost=after_lost)
    shown = Outcome(Standing.OVERTAKEN, COMPLETED, answer, a_job("completed"), problem, departure=departure)
    assert not shown.is_probably_ours
    assert "most likely" not in describe(shown).title


def test_an_attempt_is_the_first_of_its_kind_unless_something_tells_of_another():
    shown = Outcome(Standing.OVERTAKEN, COMPLETED, DECLINED, a_job("completed"), declined(422))
    assert shown.departure == Departure(at=None, after_lost=False)
    assert not shown.is_probably_ours


def test_confirmed_tells_where_the_items_imply_another_event_by_now():
    outcome = Outcome(Standing.CONFIRMED, COMPLETED, ACCEPTED, a_job("completed"), items_imply="completed_with_errors")
    assert describe(outcome).title == (
        "Confirmed: the job is completed, but Pleo's items now imply 'completed with errors'"
    )


@pytest.mark.parametrize(
    ("answer", "problem", "standing", "worth"),
    [
        (ACCEPTED, None, Standing.UNKNOWN, True),
        (LOST, lost(), Standing.UNKNOWN, True),
        (DECLINED, declined(422), Standing.REFUSED, True),
        (DECLINED, declined(409), Standing.REFUSED, True),
        (DECLINED, declined(400), Standing.REFUSED, False),
        (DECLINED, NotSignedIn("No", ServerWords(401)), Standing.REFUSED, False),
        (ACCEPTED, None, Standing.CONFIRMED, False),
        (DECLINED, declined(422), Standing.OVERTAKEN, False),
        (NEVER, unreachable(), Standing.NOT_SENT, False),
    ],
)
def test_only_what_another_read_could_change_is_waited_for(answer, problem, standing, worth):
    assert is_worth_waiting_for(COMPLETED, answer, problem, standing) is worth


@pytest.mark.parametrize(
    ("judged", "read", "standing"),
    [
        (Standing.CONFIRMED, Standing.CONFIRMED, Standing.CONFIRMED),
        (Standing.CONFIRMED, Standing.OVERTAKEN, Standing.CONFIRMED),
        (Standing.REFUSED, Standing.OVERTAKEN, Standing.OVERTAKEN),
        (Standing.NOT_SENT, Standing.CONFIRMED, Standing.OVERTAKEN),
        (Standing.RELEASED, Standing.UNKNOWN, Standing.RELEASED),
        (Standing.REFUSED, Standing.UNKNOWN, Standing.REFUSED),
        (Standing.MISSING, Standing.MISSING, Standing.MISSING),
    ],
)
def test_what_another_process_judged_holds_until_the_job_is_moved_by_something_else(judged, read, standing):
    assert beside(judged, Outcome(read, COMPLETED, LOST, a_job("completed"))) is standing


def test_a_422_that_names_the_failure_type_is_not_about_the_state_so_nothing_is_waited_for():
    problem = declined(422, "X", "failureReasonType is not one of the list")
    assert not is_worth_waiting_for(FAILED, DECLINED, problem, Standing.REFUSED)


def refused(event, problem):
    return Outcome(Standing.REFUSED, event, DECLINED, a_job("in_progress"), problem)


@pytest.mark.parametrize(
    "problem",
    [
        declined(422, "VALIDATION", "failureReasonType is not one of the allowed values"),
        declined(400, "BAD_REQUEST", "Unknown value accounting_system_validation_failure"),
        declined(400, "INVALID_FAILURE_REASON_TYPE", None),
        Refused("No", ServerWords(400), details='{"errors": [{"path": "failureReasonType"}]}'),
    ],
    ids=str,
)
def test_a_refusal_that_names_the_type_offers_the_references_nearest_value(problem):
    outcome = refused(FAILED, problem)
    assert outcome.offers_other_type
    assert "validation_failure" in describe(outcome).next_step


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (FAILED, declined(422, "INVALID_EXPORT_JOB_STATUS_CHANGE", "The job has ended")),
        (FAILED, declined(404, "EXPORT_NOT_FOUND", "failureReasonType")),
        (FAILED, None),
        (FAILED, lost()),
        (COMPLETED, declined(400, "BAD_REQUEST", "failureReasonType")),
        (ExportJobEvent("failed", JOB_ID, "x", "validation_failure"), declined(400, "X", "failureReasonType")),
    ],
)
def test_no_other_type_is_offered_for_any_other_refusal(event, problem):
    assert not refused(event, problem).offers_other_type


def test_no_other_type_is_offered_where_the_event_was_not_refused():
    problem = declined(422, "X", "failureReasonType")
    assert not Outcome(Standing.OVERTAKEN, FAILED, DECLINED, a_job("completed"), problem).offers_other_type


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("event", [STARTED, COMPLETED, FAILED], ids=lambda event: event.event)
@pytest.mark.parametrize("job", [None, a_job("in_progress"), a_job("failed")], ids=lambda job: str(job and job.status))
@pytest.mark.parametrize("problem", [None, lost(), declined(422, "X", "The job has ended.")], ids=str)
def test_every_outcome_has_words_for_what_happened_what_it_means_and_what_to_do(standing, event, job, problem):
    words = describe(Outcome(standing, event, answer_to(problem), job, problem))
    assert words.title
    assert not words.title.endswith(".")
    assert words.meaning.endswith(".")
    assert ".." not in words.meaning
    assert words.next_step.endswith(".")


def test_a_refusal_shows_pleos_own_words():
    problem = Refused("Pleo refused this: The period is locked", ServerWords(422, "X", "The period is locked"))
    assert "The period is locked" in describe(refused(COMPLETED, problem)).meaning


def test_an_unknown_outcome_never_tells_the_user_to_send_again():
    outcome = Outcome(Standing.UNKNOWN, COMPLETED, LOST, a_job("in_progress"), lost())
    assert "Nothing is sent again" in describe(outcome).next_step


def test_an_overtaken_job_says_what_pleo_now_holds():
    outcome = Outcome(Standing.OVERTAKEN, COMPLETED, DECLINED, ended("failed", None, "job_expired"), declined(422))
    assert "now failed (job expired)" in describe(outcome).title


@pytest.mark.parametrize("standing", list(Standing))
def test_only_what_is_confirmed_and_holds_nothing_to_be_read_is_plainly_so(standing):
    plain = Outcome(standing, COMPLETED, ACCEPTED, a_job("completed"))
    assert plain.is_plainly_confirmed is (standing is Standing.CONFIRMED)
    assert not replace(plain, items_imply="completed_with_errors").is_plainly_confirmed
    assert not replace(plain, journal_problem=JournalProblem("full")).is_plainly_confirmed
