"""Which jobs of a list may be completed together, and why the others may not. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.completion.derive import NotReady
from app.completion.preview import Preview
from app.errors import SignoffError
from app.messages import said
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Event, JobId


@dataclass(frozen=True, slots=True)
class Wishes:
    """What joins beside jobs whose items were all exported, by no hand of anybody's. A failed job never does."""

    with_errors: bool = False
    set_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class JobReading:
    """All that is known of a job before its completion. `job` is as the list had it; `snapshot` and `found` are None
    where `problem` says why they could not be read, or the journal about the job. `set_by_hand` is the number of items
    that people set from here, each by hand or from a list. `is_left_open`: an event was sent earlier, and what became
    of it has to be looked at."""

    job: ExportJob
    snapshot: JobSnapshot | None = None
    found: Preview | NotReady | None = None
    problem: SignoffError | None = None
    set_by_hand: int = 0
    drafters: tuple[str, ...] = ()
    is_left_open: bool = False

    @property
    def preview(self) -> Preview | None:
        return self.found if isinstance(self.found, Preview) else None

    @property
    def has_ended(self) -> bool:
        """By what was read last, unless that is older than something seen before."""
        job = self.snapshot.job if self.snapshot and not self.snapshot.older else self.job
        return job.is_finished


class WhyNot(StrEnum):
    """For scripts: see docs/command-line.md."""

    LEFT_OPEN = "left_open"
    NOT_READ = "not_read"
    NOT_READY = "not_ready"
    FAILED = "failed"
    FOUR_EYES = "four_eyes"
    WITH_ERRORS = "with_errors"
    SET_BY_HAND = "set_by_hand"
    ORDER_UNKNOWN = "order_unknown"
    OLDER_FIRST = "older_first"


@dataclass(frozen=True, slots=True)
class Reason:
    """One or more sentences, without their full stops."""

    code: WhyNot
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A job joins where there is no reason why not. `older` is the job of the same company that comes before it: one
    that it waits for, or one that is completed first."""

    reading: JobReading
    why_not: Reason | None = None
    older: ExportJob | None = None

    @property
    def job_id(self) -> JobId:
        return self.reading.job.id

    @property
    def preview(self) -> Preview | None:
        """What is sent; None for a job that does not join."""
        return None if self.why_not else self.reading.preview


def judge_ready(readings: Iterable[JobReading], wishes: Wishes) -> tuple[Judgement, ...]:
    """One for each job: company after company in the order of the list, and the oldest job of each first.

    A job joins only where every older one of its company joins too or has ended, since Pleo expects the older ones
    first. With a creation time that cannot be read no order can be told: then none of several of a company joins.
    """
    by_company: dict[str, dict[JobId, JobReading]] = {}
    for reading in readings:
        by_company.setdefault(reading.job.company_id, {}).setdefault(reading.job.id, reading)
    return tuple(
        judgement for its_jobs in by_company.values() for judgement in _judged(list(its_jobs.values()), wishes)
    )


def _judged(company: Sequence[JobReading], wishes: Wishes) -> Iterator[Judgement]:
    running = [reading for reading in company if not reading.has_ended]
    is_unordered = len(running) > 1 and any(reading.job.created_at is None for reading in running)
    before: ExportJob | None = None
    waits = False
    for reading in sorted(company, key=_age):
        own = _reason_of_its_own(reading, wishes)
        if own is None and is_unordered:
            own = Reason(
                WhyNot.ORDER_UNKNOWN,
                (said("A date is unreadable, so it cannot be told which job of this company is the oldest"),),
            )
        if own is None and waits and before:
            sentence = said("An older job of this company has not ended: {job}", job=before.id)
            own = Reason(WhyNot.OLDER_FIRST, (sentence,))
        yield Judgement(reading, own, None if is_unordered else before)
        if reading.has_ended or waits:
            continue
        before, waits = reading.job, own is not None


def _age(reading: JobReading) -> tuple[float, JobId]:
    created = reading.job.created_at
    return created.timestamp() if created else 0.0, reading.job.id


def _reason_of_its_own(reading: JobReading, wishes: Wishes) -> Reason | None:
    if reading.is_left_open:
        return Reason(
            WhyNot.LEFT_OPEN, (said("An event sent for it earlier has not ended it: complete it on its own"),)
        )
    if reading.problem:
        return Reason(WhyNot.NOT_READ, (reading.problem.title,))
    if not isinstance(reading.found, Preview):
        blockers = reading.found.blockers if reading.found else ()
        return Reason(WhyNot.NOT_READY, tuple(blocker.message for blocker in blockers))
    return _reason_to_be_seen(reading.found.event.event, reading, wishes)


def _reason_to_be_seen(event: str, reading: JobReading, wishes: Wishes) -> Reason | None:
    """Why somebody has to look at a job that could be completed on its own."""
    if event not in (Event.COMPLETED, Event.COMPLETED_WITH_ERRORS):
        return Reason(WhyNot.FAILED, (said("No item was exported: a failed job is completed on its own"),))
    if reading.drafters:
        return Reason(WhyNot.FOUR_EYES, (said("A second person has to confirm it on its own"),))
    if event == Event.COMPLETED_WITH_ERRORS and not wishes.with_errors:
        return Reason(WhyNot.WITH_ERRORS, (said("Some items were not exported"),))
    if reading.set_by_hand and not wishes.set_by_hand:
        return Reason(WhyNot.SET_BY_HAND, (said("Outcomes of it were set by hand or from a list"),))
    return None
