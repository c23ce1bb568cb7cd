"""What an attempt to send an event came to: judged from the job as read, never by the answer alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from app.errors import Arrival, JournalProblem, NotAllowed, NotSignedIn, PleoProblem, Refused
from app.models.export_job import ExportJob
from app.models.export_job_event import ExportJobEvent
from app.models.vocabulary import (
    ENDED_BY_OTHERS,
    FALLBACK_JOB_FAILURE,
    FINISHED_JOB,
    STATUS_AFTER,
    Event,
    EventType,
    Job,
)


class Answer(Enum):
    ACCEPTED = "accepted"  # 2xx: a promise, not yet a fact
    DECLINED = "declined"  # Pleo read it and said no
    NEVER_ARRIVED = "never_arrived"  # it did not leave, or was surely not acted on
    LOST = "lost"  # it left, and no usable answer came back


def answer_to(problem: PleoProblem | None) -> Answer:
    """The kind of answer that a write met, where None is a 2xx."""
    if problem is None:
        return Answer.ACCEPTED
    return {
        Arrival.NEVER: Answer.NEVER_ARRIVED,
        Arrival.ANSWERED: Answer.DECLINED,
        Arrival.UNKNOWN: Answer.LOST,
    }[problem.arrival]


class Standing(StrEnum):
    CONFIRMED = "confirmed"  # Pleo shows that the event took effect
    REFUSED = "refused"  # Pleo said no, and the job is as it was
    OVERTAKEN = "overtaken"  # somebody else moved the job
    NOT_SENT = "not_sent"  # it surely did not arrive, and the job is as it was
    MISSING = "missing"  # no answer, and Pleo did not have it when the wait after the send was over
    UNKNOWN = "unknown"  # neither the answer nor the reads settle it
    RELEASED = "released"  # a named person looked in Pleo and took the job out of the wait


@dataclass(frozen=True, slots=True)
class Departure:
    """How an attempt left: `at` is when its last send did, None where it did not or nobody knows any more. `after_lost`
    tells that an earlier attempt of the same kind may have arrived, so that a refusal of this one may be its doing."""

    at: datetime | None = None
    after_lost: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`job` is the job as last read, None where it could not be read. `problem` is what the write met, `read_problem`
    what the read-back met. `items_imply` is another event than the confirmed one, where Pleo's items imply it now."""

    standing: Standing
    event: ExportJobEvent
    answer: Answer
    job: ExportJob | None
    problem: PleoProblem | None = None
    read_problem: PleoProblem | None = None
    # The attempt's name in the journal, and what kept its rows after the send from being written.
    attempt: str = ""
    journal_problem: JournalProblem | None = None
    departure: Departure = Departure()
    items_imply: EventType | None = None

    @property
    def is_probably_ours(self) -> bool:
        """Whether Pleo refused a second attempt, most likely because the first one, whose answer was lost, arrived."""
        return self.departure.after_lost and self.answer is Answer.DECLINED and contradicts(self.problem)

    @property
    def job_is_as_wanted(self) -> bool:
        """Whether Pleo's job is in the state that the event leads to, whoever brought it there."""
        return self.job is not None and _shows(self.job, self.event, self.answer)

    @property
    def is_settled(self) -> bool:
        return self.standing is not Standing.UNKNOWN

    @property
    def is_plainly_confirmed(self) -> bool:
        """Whether nothing about it has to be read: Pleo shows the event, its items imply no other one, and the journal
        holds all of it."""
        is_plain = self.items_imply is None and self.journal_problem is None
        return self.standing is Standing.CONFIRMED and is_plain

    @property
    def offers_other_type(self) -> bool:
        """Whether Pleo refused the failure type itself: the reference's nearest value is worth one more send."""
        is_other = self.event.failure_reason_type != FALLBACK_JOB_FAILURE
        return self.standing is Standing.REFUSED and is_other and refuses_type(self.event, self.problem)


def refuses_type(event: ExportJobEvent, problem: PleoProblem | None) -> bool:
    """Whether Pleo's words name the failure type, rather than the state of the job."""
    if event.event != Event.FAILED or not isinstance(problem, Refused) or problem.words.status not in (400, 422):
        return False
    words = f"{problem.words.type} {problem.words.message} {problem.details}".casefold()
    named = ("failurereasontype", "failure_reason_type", str(event.failure_reason_type).casefold())
    return any(name in words for name in named)


def judge(
    event: ExportJobEvent,
    answer: Answer,
    problem: PleoProblem | None,
    job: ExportJob | None,
    *,
    after_lost: bool = False,
    is_waited_out: bool = False,
) -> Standing:
    """Where an attempt stands after one read-back; UNKNOWN means: read again, or leave it open.

    `job` is None where the read-back failed. A refused credential needs no read: nothing was acted on. A job that is
    as it was proves nothing before the wait after the send is over, since a read may tell of a while ago.
    """
    if isinstance(problem, NotSignedIn | NotAllowed) and answer is Answer.DECLINED and job is None:
        return Standing.REFUSED
    if job is None:
        return Standing.NOT_SENT if answer is Answer.NEVER_ARRIVED else Standing.UNKNOWN
    if _is_untouched(job, event):
        return _judge_untouched(answer, problem, after_lost=after_lost, is_waited_out=is_waited_out)
    if _shows(job, event, answer):
        ours = answer is Answer.ACCEPTED or (
            answer is Answer.LOST and job.failure_reason in (None, event.failure_reason)
        )
        return Standing.CONFIRMED if ours else Standing.OVERTAKEN
    if job.status in FINISHED_JOB or job.status == Job.IN_PROGRESS:
        return Standing.OVERTAKEN
    return Standing.NOT_SENT if answer is Answer.NEVER_ARRIVED else Standing.UNKNOWN


def _judge_untouched(answer: Answer, problem: PleoProblem | None, *, after_lost: bool, is_waited_out: bool) -> Standing:
    match answer:
        case Answer.NEVER_ARRIVED:
            return Standing.NOT_SENT
        case Answer.DECLINED:
            is_in_doubt = after_lost and contradicts(problem) and not is_waited_out
            return Standing.UNKNOWN if is_in_doubt else Standing.REFUSED
        case Answer.LOST if is_waited_out:
            return Standing.MISSING
        case _:
            return Standing.UNKNOWN


def was_overtaken(event: ExportJobEvent, problem: PleoProblem, fresh: ExportJob) -> bool:
    """Whether the job, read after a send that met the problem, was moved by something else."""
    return judge(event, answer_to(problem), problem, fresh) is Standing.OVERTAKEN


def is_worth_waiting_for(
    event: ExportJobEvent, answer: Answer, problem: PleoProblem | None, standing: Standing
) -> bool:
    """Whether another read could change the judgement.

    A 409 or 422 beside an untouched job contradicts itself: Pleo may be about to show what it refused for.
    """
    if standing is Standing.UNKNOWN:
        return True
    is_refused = standing is Standing.REFUSED and answer is Answer.DECLINED
    return is_refused and contradicts(problem) and not refuses_type(event, problem)


def has_the_last_word(earlier: Outcome, wanted: EventType) -> bool:
    """Whether an earlier attempt leaves nothing to send: nobody knows yet what became of it, or it was of the same
    kind and the job has moved. A start that is confirmed does not stand in the way of the final event."""
    if earlier.standing is Standing.UNKNOWN:
        return True
    is_same_kind = (earlier.event.event == Event.STARTED) == (wanted == Event.STARTED)
    return is_same_kind and earlier.standing in (Standing.CONFIRMED, Standing.OVERTAKEN)


def beside(judged: Standing, fresh: Outcome) -> Standing:
    """What another process judged, unless the job has been moved since by something other than this attempt."""
    has_moved = fresh.standing in (Standing.CONFIRMED, Standing.OVERTAKEN)
    return Standing.OVERTAKEN if has_moved and judged is not Standing.CONFIRMED else judged


def contradicts(problem: PleoProblem | None) -> bool:
    """Whether Pleo refused something for a state that it may be about to show."""
    return isinstance(problem, Refused) and problem.words.status in (409, 422)


def _is_untouched(job: ExportJob, event: ExportJobEvent) -> bool:
    return job.status == (Job.PENDING if event.event == Event.STARTED else Job.IN_PROGRESS)


def _shows(job: ExportJob, event: ExportJobEvent, answer: Answer) -> bool:
    return job.status == STATUS_AFTER[event.event] and not _names_other_failure(job, event, answer)


def _names_other_failure(job: ExportJob, event: ExportJobEvent, answer: Answer) -> bool:
    """A failed job whose type differs from the one we sent failed for another reason.

    After a 2xx it is ours whatever Pleo made of the type, unless it says that the job expired or was cancelled.
    """
    if event.event != Event.FAILED or job.status != Job.FAILED or job.failure_reason_type is None:
        return False
    if answer is Answer.ACCEPTED:
        return job.failure_reason_type in ENDED_BY_OTHERS and job.failure_reason_type != event.failure_reason_type
    return job.failure_reason_type != event.failure_reason_type
