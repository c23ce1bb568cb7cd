"""How a job ended, and whether it was from here, in words. Pure."""

from collections.abc import Iterable
from enum import Enum

from app.completion.attempt import Standing
from app.completion.evidence import OpenAttempt, may_have_arrived
from app.completion.pleos_words import job_word
from app.messages import said_as
from app.models.export_job import ExportJob
from app.models.vocabulary import CANCELED_BY_USER, JOB_EXPIRED, Event, Job


class Ending(Enum):
    """By what a job ended: by an event that somebody sent, or by Pleo itself or a user of it."""

    EVENT = "event"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


def ending_of(job: ExportJob) -> Ending | None:
    """None while the job runs."""
    if not job.is_finished:
        return None
    if job.status == Job.FAILED and job.failure_reason_type == JOB_EXPIRED:
        return Ending.EXPIRED
    if job.status == Job.FAILED and job.failure_reason_type == CANCELED_BY_USER:
        return Ending.CANCELLED
    return Ending.EVENT


def ended_from_here(job: ExportJob, attempts: Iterable[OpenAttempt]) -> bool | None:
    """Whether an event of this machine's journal ended the job; None where no event did, and while it runs. `attempts`
    are those of the job's events."""
    if ending_of(job) is not Ending.EVENT:
        return None
    return any(_may_have_ended(attempt) for attempt in attempts)


def ended_by(job: ExportJob, attempts: Iterable[OpenAttempt]) -> str:
    """Who ended the job, as the journal has it: the second person where one confirmed it, else the user and machine. ""
    where no event of the journal surely did."""
    if ending_of(job) is not Ending.EVENT:
        return ""
    ends = (each for each in attempts if each.judged is Standing.CONFIRMED and each.event.event != Event.STARTED)
    last = max(ends, key=lambda each: each.sent_at.timestamp() if each.sent_at else 0, default=None)
    if last is None:
        return ""
    confirmed_by = last.intention.get("confirmed_by")
    return confirmed_by if isinstance(confirmed_by, str) and confirmed_by.strip() else last.origin.who


def _may_have_ended(attempt: OpenAttempt) -> bool:
    """What nobody knows yet may well have: elsewhere is said of what surely was not sent from here."""
    is_open = attempt.was_sent and attempt.judged is None
    may_have = attempt.judged is Standing.CONFIRMED or is_open or may_have_arrived(attempt)
    return may_have and attempt.event.event != Event.STARTED


def ending_word(job: ExportJob) -> str:
    """The job's status within a sentence; a failed one that nobody sent as failed says what happened."""
    match ending_of(job):
        case Ending.EXPIRED:
            return said_as("job", "expired")
        case Ending.CANCELLED:
            return said_as("job", "cancelled in Pleo")
        case _:
            return job_word(job.status)


def ending_title(job: ExportJob) -> str:
    """The same where nothing stands before it; "" where the status itself says it."""
    match ending_of(job):
        case Ending.EXPIRED:
            return said_as("job", "Expired")
        case Ending.CANCELLED:
            return said_as("job", "Cancelled in Pleo")
        case _:
            return ""
