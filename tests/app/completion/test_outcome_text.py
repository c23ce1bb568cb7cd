"""An outcome in the accountant's words, for each thing that it may have met."""

import pytest
from fakes.builders import JOB_ID, a_job
from fakes.pleo import declined, lost, unreachable

from app.completion.attempt import Answer, Outcome, Standing
from app.completion.outcome_text import describe
from app.errors import NotAllowed, NotSignedIn, ServerWords
from app.models.export_job_event import ExportJobEvent

STARTED = ExportJobEvent("started", JOB_ID)
COMPLETED = ExportJobEvent("completed", JOB_ID)
FAILED = ExportJobEvent("failed", JOB_ID, "Period closed", "validation_failure")


def refused(problem):
    return describe(Outcome(Standing.REFUSED, COMPLETED, Answer.DECLINED, a_job(), problem))


def confirmed(event, status):
    return describe(Outcome(Standing.CONFIRMED, event, Answer.ACCEPTED, a_job(status))).title


def test_each_confirmed_event_says_what_the_job_is_now():
    assert confirmed(STARTED, "in_progress") == "Confirmed: the job is in progress"
    assert confirmed(COMPLETED, "completed") == "Confirmed: the job is completed"
    assert confirmed(FAILED, "failed") == "Confirmed: the job has failed"


def test_a_refusal_for_the_state_says_that_the_job_was_read_as_before_and_to_read_it_again():
    words = refused(declined(422, "X", "The job has ended"))
    assert "which was read as it was before" in words.meaning
    assert "Read the job again (F5)" in words.next_step


@pytest.mark.parametrize("status", [400, 421, 423])
def test_any_other_refusal_says_that_nothing_changed_and_to_correct_what_it_names(status):
    words = refused(declined(status, "X", "Bad"))
    assert "The job is as it was" in words.meaning
    assert "Correct what Pleo's words name" in words.next_step


@pytest.mark.parametrize("kind", [NotSignedIn, NotAllowed])
def test_a_refused_credential_brings_its_own_advice(kind):
    problem = kind("No", ServerWords(401))
    assert refused(problem).next_step == problem.advice


def test_without_a_reason_of_pleos_that_is_said():
    assert describe(Outcome(Standing.NOT_SENT, COMPLETED, Answer.NEVER_ARRIVED, a_job())).meaning.startswith(
        "Pleo gave no reason."
    )
    not_sent = Outcome(Standing.NOT_SENT, COMPLETED, Answer.NEVER_ARRIVED, a_job(), unreachable())
    assert describe(not_sent).meaning.startswith("Pleo cannot be reached.")


@pytest.mark.parametrize(
    ("job", "title"),
    [
        (None, "it is now changed"),
        (a_job("completed_with_errors"), "it is now completed with errors"),
        (a_job("failed", failure_reason_type="canceled_by_user"), "it is now failed (canceled by user)"),
    ],
)
def test_an_overtaken_event_says_what_the_job_became(job, title):
    words = describe(Outcome(Standing.OVERTAKEN, COMPLETED, Answer.DECLINED, job, declined(422)))
    assert words.title == f"Overtaken: somebody else moved the job, {title}"


def test_an_event_that_somebody_else_had_sent_leaves_nothing_to_do():
    words = describe(Outcome(Standing.OVERTAKEN, COMPLETED, Answer.DECLINED, a_job("completed"), declined(422)))
    assert words.title == "Overtaken: the job was completed already"
    assert words.next_step == "Nothing is left to do."


def unknown(answer, problem=None, read_problem=None):
    return describe(Outcome(Standing.UNKNOWN, COMPLETED, answer, a_job(), problem, read_problem)).meaning


def test_what_is_unknown_says_how_it_was_answered_and_how_the_read_went():
    assert unknown(Answer.ACCEPTED) == "Pleo accepted the event, and does not show it yet."
    assert unknown(Answer.LOST, lost()) == "Pleo did not answer in time."
    assert unknown(Answer.LOST, lost(), unreachable()) == (
        "Pleo did not answer in time. The job could not be read back: Pleo cannot be reached."
    )
