"""One line of the list of jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.completion.tally import Tally
from app.models.export_job import ExportJob
from app.models.words import FINISHED_JOB, JobId
from ui.status_words import counts_by_look, job_look, job_word
from ui.text_format import TextFormat
from ui.theme.status import JobLook, StatusLook, look_of

_SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class JobRow:
    """`counts` is None until the items were counted. `left` is the time left, or when the job ended."""

    job: ExportJob
    company: str
    counts: dict[StatusLook, int] | None
    left: str
    is_urgent: bool
    times: str

    @property
    def id(self) -> JobId:
        return self.job.id

    @property
    def look(self) -> JobLook:
        return job_look(self.job.status)

    @property
    def status_word(self) -> str:
        return job_word(self.job.status)

    @property
    def sentence(self) -> str:
        """The row as a screen reader says it."""
        counted = [f"{count} {look_of(look).word.lower()}" for look, count in (self.counts or {}).items() if count]
        items = f"{self.job.number_of_items} items" + (f": {', '.join(counted)}" if counted else "")
        return ", ".join(part for part in (self.company, self.status_word, items, self.left, self.times) if part)


def job_row(job: ExportJob, company: str, counts: Tally | None, now: datetime, words: TextFormat) -> JobRow:
    return JobRow(
        job=job,
        company=company,
        counts=counts_by_look(counts) if counts else None,
        left=_left(job, now, words),
        is_urgent=bool(job.deadline and job.deadline - now < _SOON),
        times=_times(job, words),
    )


def _left(job: ExportJob, now: datetime, words: TextFormat) -> str:
    if job.deadline:
        return words.time_left(job.deadline, now)
    ended = job.completed_at or job.expired_at or (job.last_updated_at if job.status in FINISHED_JOB else None)
    return f"ended {words.moment(ended)}" if ended else ""


def _times(job: ExportJob, words: TextFormat) -> str:
    parts = [f"Created {words.moment(job.created_at)}"]
    if job.started_at:
        parts.append(f"started {_moment(job.started_at, job.created_at, words)}")
    return " · ".join(parts)


def _moment(stamp: datetime, before: datetime, words: TextFormat) -> str:
    """The day is not said twice."""
    return words.clock(stamp) if stamp.astimezone().date() == before.astimezone().date() else words.moment(stamp)
