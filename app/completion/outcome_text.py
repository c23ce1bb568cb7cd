"""An outcome in the accountant's words: what happened, what it means, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.completion.attempt import Answer, Outcome, Standing, contradicts
from app.completion.pleos_words import event_word, job_word
from app.errors import NotAllowed, NotSignedIn, Refused
from app.messages import by_reader, joined, said
from app.models.export_job import ExportJob
from app.models.vocabulary import (
    FALLBACK_JOB_FAILURE,
    Event,
    EventType,
    Job,
    JobStatus,
)

_READ_AGAIN: Final = by_reader(
    said("Read the job again (F5): the state Pleo holds decides what is possible now."),
    said("Look at the job with: signoff show. The state Pleo holds decides what is possible now."),
)
_READ_AFTER_THE_WAIT: Final = said("The job was read when the wait after the send was over, and it is as it was.")
_CONFIRMED: Final[Mapping[EventType, str]] = {
    Event.COMPLETED: said("Confirmed: the job is completed"),
    Event.COMPLETED_WITH_ERRORS: said("Confirmed: the job is completed with errors"),
    Event.FAILED: said("Confirmed: the job has failed"),
}
# Where the job is as the event wanted it: by an earlier attempt most likely, or by somebody else.
_BY_AN_EARLIER_ATTEMPT: Final[Mapping[JobStatus, str]] = {
    Job.IN_PROGRESS: said("The job is in progress, most likely by your earlier attempt"),
    Job.COMPLETED: said("The job is completed, most likely by your earlier attempt"),
    Job.COMPLETED_WITH_ERRORS: said("The job is completed with errors, most likely by your earlier attempt"),
    Job.FAILED: said("The job is failed, most likely by your earlier attempt"),
}
_WAS_SO_ALREADY: Final[Mapping[JobStatus, str]] = {
    Job.IN_PROGRESS: said("Overtaken: the job was in progress already"),
    Job.COMPLETED: said("Overtaken: the job was completed already"),
    Job.COMPLETED_WITH_ERRORS: said("Overtaken: the job was completed with errors already"),
    Job.FAILED: said("Overtaken: the job was failed already"),
}
_MOVED: Final[Mapping[JobStatus, str]] = {
    Job.IN_PROGRESS: said("Overtaken: somebody else moved the job, it is now in progress"),
    Job.COMPLETED: said("Overtaken: somebody else moved the job, it is now completed"),
    Job.COMPLETED_WITH_ERRORS: said("Overtaken: somebody else moved the job, it is now completed with errors"),
    Job.FAILED: said("Overtaken: somebody else moved the job, it is now failed"),
}


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    title: str
    meaning: str
    next_step: str


def as_sentence(title: str) -> str:
    """With its full stop, where it has none."""
    return title if title.endswith(".") else joined("", (title, "."))


def describe(outcome: Outcome) -> OutcomeWords:  # noqa: PLR0911 - a table of cases
    match outcome.standing:
        case Standing.CONFIRMED:
            return _confirmed(outcome)
        case Standing.REFUSED:
            return OutcomeWords(
                said("Refused: Pleo did not take '{event}'", event=event_word(outcome.event.event)),
                joined(" ", (as_sentence(_reason(outcome)), _after_a_no(outcome))),
                _after_refusal(outcome),
            )
        case Standing.OVERTAKEN:
            return _overtaken(outcome)
        case Standing.NOT_SENT:
            return OutcomeWords(
                said("Not sent: the event did not reach Pleo"),
                joined(" ", (as_sentence(_reason(outcome)), said("It changed nothing about the job."))),
                said("You can send it again when the trouble is over."),
            )
        case Standing.MISSING:
            return OutcomeWords(
                said("Pleo does not have the event"),
                joined(" ", (as_sentence(_reason(outcome)), _READ_AFTER_THE_WAIT)),
                said("You can send it again. The job and its items are read once more before that."),
            )
        case Standing.RELEASED:
            return OutcomeWords(
                said("Released: somebody looked in Pleo"),
                said("Signoff could not find out what became of the event. What was seen in Pleo is in the journal."),
                _READ_AGAIN,
            )
        case Standing.UNKNOWN:
            return _unknown(outcome)


def _after_a_no(outcome: Outcome) -> str:
    """A refusal for the state of the job says itself that the job may be elsewhere than it was read."""
    if contradicts(outcome.problem):
        return said("It changed nothing about the job, which was read as it was before.")
    return said("The job is as it was, and nothing else was changed.")


def _reason(outcome: Outcome) -> str:
    return outcome.problem.title if outcome.problem else said("Pleo gave no reason")


def _confirmed(outcome: Outcome) -> OutcomeWords:
    if outcome.event.event == Event.STARTED:
        return OutcomeWords(
            said("Confirmed: the job is in progress"),
            said("Pleo shows the job as started."),
            said("Its items can be reported now; it can be completed when every item is final."),
        )
    title = _CONFIRMED[outcome.event.event]
    if outcome.items_imply:
        return OutcomeWords(
            # Translators: {confirmed} is: Confirmed: the job is completed
            said(
                "{confirmed}, but Pleo's items now imply '{event}'",
                confirmed=title,
                event=event_word(outcome.items_imply),
            ),
            said(
                "The job was read back, and Pleo shows the event. An item has turned between the last read and the "
                "event's arrival."
            ),
            said(
                "The job is read-only from now on. Compare its items with the accounting system, and tell whoever "
                "reported them: Pleo has no undo."
            ),
        )
    return OutcomeWords(
        title,
        said("The job was read back, and Pleo shows the event."),
        said("The job is read-only from now on. A new export of the same expenses is a new job."),
    )


def _overtaken(outcome: Outcome) -> OutcomeWords:
    wanted = outcome.job.status if outcome.job and outcome.job_is_as_wanted else None
    if wanted and outcome.is_probably_ours:
        return OutcomeWords(
            _BY_AN_EARLIER_ATTEMPT[wanted],
            said(
                "The answer to that attempt was lost, and Pleo refused this one for the state the job was in. Pleo has "
                "the event once."
            ),
            said("Nothing is left to do."),
        )
    if wanted:
        return OutcomeWords(
            _WAS_SO_ALREADY[wanted],
            said("Somebody else, or an earlier attempt, had sent the same event. Pleo has it once."),
            said("Nothing is left to do."),
        )
    return OutcomeWords(
        _moved(outcome.job),
        said("Your event '{event}' did not take effect.", event=event_word(outcome.event.event)),
        said("Look at the job as Pleo holds it now. Where that is wrong, a new export is needed: Pleo has no undo."),
    )


def _moved(job: ExportJob | None) -> str:
    if job is None:
        return said("Overtaken: somebody else moved the job, it is now changed")
    moved = _MOVED.get(job.status) or said(
        "Overtaken: somebody else moved the job, it is now {status}", status=job_word(job.status)
    )
    if not job.failure_reason_type:
        return moved
    # Translators: {type} is Pleo's own word for the type of a failure
    return said("{moved} ({type})", moved=moved, type=job.failure_reason_type.replace("_", " "))


def _unknown(outcome: Outcome) -> OutcomeWords:
    is_accepted = outcome.answer is Answer.ACCEPTED
    met = [said("Pleo accepted the event, and does not show it yet.") if is_accepted else as_sentence(_reason(outcome))]
    if outcome.is_probably_ours:
        met.append(said("An earlier attempt, whose answer was lost, has most likely arrived."))
    if outcome.read_problem:
        met.append(as_sentence(said("The job could not be read back: {why}", why=outcome.read_problem.title)))
    return OutcomeWords(
        said("Not known yet whether Pleo has the event"),
        joined(" ", met),
        by_reader(
            said(
                "Nothing is sent again before Pleo's answer is known. Read the job again (F5) to see where it stands."
            ),
            said("Nothing is sent again before Pleo's answer is known. Run it again to see where it stands."),
        ),
    )


def _after_refusal(outcome: Outcome) -> str:
    if outcome.offers_other_type:
        return said("Pleo refused the failure type. You can send once more with '{type}'.", type=FALLBACK_JOB_FAILURE)
    if isinstance(outcome.problem, NotSignedIn | NotAllowed):
        return outcome.problem.advice
    if isinstance(outcome.problem, Refused) and outcome.problem.words.status == 422:
        return _READ_AGAIN
    return by_reader(
        said(
            "Correct what Pleo's words name, then try again. Copy the details for your IT if they say nothing to you."
        ),
        said("Correct what Pleo's words name, then run it again. Show this to your IT if they say nothing to you."),
    )
