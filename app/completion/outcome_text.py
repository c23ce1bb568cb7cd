"""An outcome in the accountant's words: what happened, what it means, what to do."""

from dataclasses import dataclass

from app.completion.attempt import Answer, Outcome, Standing, contradicts
from app.errors import NotAllowed, NotSignedIn, Refused
from app.models.vocabulary import FALLBACK_JOB_FAILURE, Event, EventType, ItemStatus, JobStatus


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    title: str
    meaning: str
    next_step: str


def spoken(word: EventType | JobStatus | ItemStatus) -> str:
    """A word of Pleo's as an accountant says it: completed with errors."""
    return word.replace("_", " ")


def describe(outcome: Outcome) -> OutcomeWords:  # noqa: PLR0911 - a table of cases
    match outcome.standing:
        case Standing.CONFIRMED:
            return _confirmed(outcome)
        case Standing.REFUSED:
            return OutcomeWords(
                f"Refused: Pleo did not take '{spoken(outcome.event.event)}'",
                f"{_reason(outcome)}. {_after_a_no(outcome)}",
                _after_refusal(outcome),
            )
        case Standing.OVERTAKEN:
            return _overtaken(outcome)
        case Standing.NOT_SENT:
            return OutcomeWords(
                "Not sent: the event did not reach Pleo",
                f"{_reason(outcome)}. It changed nothing about the job.",
                "You can send it again when the trouble is over.",
            )
        case Standing.MISSING:
            return OutcomeWords(
                "Pleo does not have the event",
                f"{_reason(outcome)}. The job was read when the wait after the send was over, and it is as it was.",
                "You can send it again. The job and its items are read once more before that.",
            )
        case Standing.RELEASED:
            return OutcomeWords(
                "Released: somebody looked in Pleo",
                "Signoff could not find out what became of the event. What was seen in Pleo is in the journal.",
                "Read the job again (F5): the state Pleo holds decides what is possible now.",
            )
        case Standing.UNKNOWN:
            return _unknown(outcome)


def _after_a_no(outcome: Outcome) -> str:
    """A refusal for the state of the job says itself that the job may be elsewhere than it was read."""
    if contradicts(outcome.problem):
        return "It changed nothing about the job, which was read as it was before."
    return "The job is as it was, and nothing else was changed."


def _reason(outcome: Outcome) -> str:
    return outcome.problem.title.rstrip(".") if outcome.problem else "Pleo gave no reason"


def _confirmed(outcome: Outcome) -> OutcomeWords:
    if outcome.event.event == Event.STARTED:
        return OutcomeWords(
            "Confirmed: the job is in progress",
            "Pleo shows the job as started.",
            "Its items can be reported now; it can be completed when every item is final.",
        )
    is_failed = outcome.event.event == Event.FAILED
    title = "Confirmed: the job has failed" if is_failed else f"Confirmed: the job is {spoken(outcome.event.event)}"
    if outcome.items_imply:
        return OutcomeWords(
            f"{title}, but Pleo's items now imply '{spoken(outcome.items_imply)}'",
            "The job was read back, and Pleo shows the event. An item has turned between the last read and the event's "
            "arrival.",
            "The job is read-only from now on. Compare its items with the accounting system, and tell whoever reported "
            "them: Pleo has no undo.",
        )
    return OutcomeWords(
        title,
        "The job was read back, and Pleo shows the event.",
        "The job is read-only from now on. A new export of the same expenses is a new job.",
    )


def _overtaken(outcome: Outcome) -> OutcomeWords:
    now, why = "changed", ""
    if outcome.job:
        now = spoken(outcome.job.status)
        why = f" ({outcome.job.failure_reason_type.replace('_', ' ')})" if outcome.job.failure_reason_type else ""
    if outcome.job_is_as_wanted and outcome.is_probably_ours:
        return OutcomeWords(
            f"The job is {now}, most likely by your earlier attempt",
            "The answer to that attempt was lost, and Pleo refused this one for the state the job was in. Pleo has the "
            "event once.",
            "Nothing is left to do.",
        )
    if outcome.job_is_as_wanted:
        return OutcomeWords(
            f"Overtaken: the job was {now} already",
            "Somebody else, or an earlier attempt, had sent the same event. Pleo has it once.",
            "Nothing is left to do.",
        )
    return OutcomeWords(
        f"Overtaken: somebody else moved the job, it is now {now}{why}",
        f"Your event '{spoken(outcome.event.event)}' did not take effect.",
        "Look at the job as Pleo holds it now. Where that is wrong, a new export is needed: Pleo has no undo.",
    )


def _unknown(outcome: Outcome) -> OutcomeWords:
    accepted = "Pleo accepted the event, and does not show it yet"
    met = accepted if outcome.answer is Answer.ACCEPTED else _reason(outcome)
    if outcome.is_probably_ours:
        met = f"{met}. An earlier attempt, whose answer was lost, has most likely arrived"
    if outcome.read_problem:
        met = f"{met}. The job could not be read back: {outcome.read_problem.title}"
    return OutcomeWords(
        "Not known yet whether Pleo has the event",
        f"{met}.",
        "Nothing is sent again before Pleo's answer is known. Read the job again (F5) to see where it stands.",
    )


def _after_refusal(outcome: Outcome) -> str:
    if outcome.offers_other_type:
        return f"Pleo refused the failure type. You can send once more with '{FALLBACK_JOB_FAILURE}'."
    if isinstance(outcome.problem, NotSignedIn | NotAllowed):
        return outcome.problem.advice
    if isinstance(outcome.problem, Refused) and outcome.problem.words.status == 422:
        return "Read the job again (F5): the state Pleo holds decides what is possible now."
    return "Correct what Pleo's words name, then try again. Copy the details for your IT if they say nothing to you."
