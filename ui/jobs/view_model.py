"""One line of the list of jobs, of whichever connection."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from app.completion.ending import ending_title, ending_word
from app.completion.tally import Tally
from app.jobs.counted import Counted
from app.jobs.job_list import need_of
from app.messages import ntr, shown, tr, tr_as
from app.models.export_job import ExportJob
from app.models.vocabulary import FINISHED_JOB, RUNNING_JOB, Item, Job, JobId
from app.settings.connections import ColourMark, ConnectionId
from app.texts.phrases import is_same_day
from ui.common.status_text import counts_by_look, job_look, job_title, job_word
from ui.common.text_format import TextFormat
from ui.theme.status import JobLook, StatusLook, look_of

_SOON = timedelta(minutes=15)


class JobKey(NamedTuple):
    """A job as the list knows it: two connections of one company show the same job twice."""

    connection_id: ConnectionId
    job_id: JobId


@dataclass(frozen=True, slots=True)
class JobRow:
    """`counts` is None until the items were counted. `brief` is what stands between the job and its end, or that it was
    ended elsewhere, `left` the time left, or when it ended. `waits`: an older job comes first. `note` is the last line:
    where the job comes from, or why it should wait. `made` is when that was. `need` is by what jobs stand in order.
    """

    key: JobKey
    job: ExportJob
    company: str
    mark: ColourMark
    counts: dict[StatusLook, int] | None
    brief: str
    is_ready: bool
    waits: bool
    times: str
    note: str
    need: tuple[int, float]
    left: str = ""
    is_urgent: bool = False
    made: str = ""

    @property
    def id(self) -> JobId:
        return self.job.id

    @property
    def look(self) -> JobLook:
        return job_look(self.job.status)

    @property
    def can_be_completed(self) -> bool:
        """Now, and without passing by an older one."""
        return self.is_ready and not self.waits

    @property
    def status_word(self) -> str:
        return ending_word(self.job) if self.job.is_finished else job_word(self.job.status)

    @property
    def status_title(self) -> str:
        return ending_title(self.job) or job_title(self.job.status)

    @property
    def items_words(self) -> str:
        """As Pleo says their number."""
        count = self.job.number_of_items
        if count is None:
            return tr("an unreadable number of items")
        return ntr("{n:,} item", "{n:,} items", count)

    @property
    def sentence(self) -> str:
        """The row as a screen reader says it."""
        items = self.items_words
        counted = [_counted(look, count) for look, count in (self.counts or {}).items() if count]
        if counted:
            items = tr("{items}: {counted}", items=items, counted=", ".join(counted))
        note = self.note if self.note != self.times else ""
        brief = "" if set(self.brief.split(", ")) <= set(counted) else self.brief
        parts = (self.company, shown(self.status_word), items, brief, self.left, self.times, note)
        return ", ".join(part for part in parts if part)

    def at(self, now: datetime, fmt: TextFormat, soon: timedelta = _SOON) -> "JobRow":
        """With what changes as time passes; a job hurries when less than `soon` is left."""
        deadline = self.job.deadline
        if deadline is None:
            # It may be over any minute.
            is_unreadable = self.job.has_unreadable_deadline
            return replace(self, left=tr("unreadable deadline"), is_urgent=True) if is_unreadable else self
        return replace(self, left=fmt.time_left(deadline, now), is_urgent=deadline - now < soon)


@dataclass(frozen=True, slots=True)
class RowContext:
    """Where a job stands in the list: whose it is, and what the list says of it beside its own facts.

    `older` is the company's running job that Pleo expects to be finished before; `old` says when it was read, where
    it could not be read again.
    """

    key: JobKey
    company: str
    mark: ColourMark = ColourMark.NONE
    older: ExportJob | None = None
    old: str = ""


def job_row(context: RowContext, job: ExportJob, counted: Counted | None, fmt: TextFormat) -> JobRow:
    """Without what changes as time passes, which `at` adds."""
    times = _times(job, fmt)
    return JobRow(
        key=context.key,
        job=job,
        company=context.company,
        mark=context.mark,
        counts=counts_by_look(counted.tally) if counted else None,
        brief=_brief(job, counted, waits=context.older is not None),
        is_ready=bool(counted and counted.is_ready),
        waits=context.older is not None,
        times=times,
        note=_note(context, job, fmt) or times,
        need=need_of(job),
        left=_ended(job, fmt),
        made=fmt.moment(job.created_at),
    )


def older_jobs(jobs: Iterable[ExportJob]) -> dict[JobId, ExportJob]:
    """For each running job that should wait, the oldest running one of its company: Pleo takes them one at a time.

    One whose time cannot be read may be the oldest, and may be not: every other one is told of it, and it of another.
    """
    first: dict[str, ExportJob] = {}
    second: dict[str, ExportJob] = {}
    running = sorted((job for job in jobs if job.status in RUNNING_JOB), key=_age)
    for job in running:
        oldest = first.setdefault(job.company_id, job)
        if oldest is not job:
            second.setdefault(job.company_id, job)
    older = {job.id: first[job.company_id] for job in running if first[job.company_id].id != job.id}
    unsure = (job for job in first.values() if job.created_at is None)
    return older | {job.id: second[job.company_id] for job in unsure if job.company_id in second}


def _age(job: ExportJob) -> tuple[bool, float, JobId]:
    return job.created_at is not None, job.created_at.timestamp() if job.created_at else 0.0, job.id


def _is_surely_older(older: ExportJob, job: ExportJob) -> bool:
    return older.created_at is not None and job.created_at is not None


def job_before(running: Iterable[ExportJob], job_id: JobId) -> tuple[ExportJob | None, bool]:
    """The company's job that comes before this one, and whether it is surely older; None where none does."""
    known = {job.id: job for job in running}
    older = older_jobs(known.values()).get(job_id)
    return older, older is not None and _is_surely_older(older, known[job_id])


def advice_of(running: Iterable[ExportJob], job_id: JobId, fmt: TextFormat) -> str:
    """Which job of the company comes before this one; "" where none does."""
    older, is_sure = job_before(running, job_id)
    if older is None:
        return ""
    if not is_sure:
        return tr(
            "Another job of this company is still open, and which of the two is older cannot be read. "
            "Pleo expects the older one to be completed first."
        )
    return tr(
        "An older job of this company, of {moment}, is still open. Pleo expects that one to be completed first.",
        moment=fmt.moment(older.created_at),
    )


def _brief(job: ExportJob, counted: Counted | None, *, waits: bool) -> str:
    if job.is_finished:
        # Translators: stands beneath when the job ended
        return tr_as("job", "elsewhere") if counted and counted.ended_from_here is False else ""
    if job.status == Job.PENDING:
        return tr("not started")
    if counted is None:
        return ""
    if counted.is_ready:
        # Translators: a job whose items are final, while an older one comes first
        return tr_as("job", "waits") if waits else tr("ready")
    return _open_words(counted.tally) or _count_words(job, counted.tally)


def _open_words(counts: Tally) -> str:
    """Pleo's own word where the open items have one in common."""
    pending, running = counts.of(Item.PENDING), counts.of(Item.IN_PROGRESS)
    if pending and running:
        still_open = _counted(StatusLook.OPEN, counts.open)
    elif pending:
        still_open = ntr("{n:,} pending", "{n:,} pending", pending)
    else:
        still_open = ntr("{n:,} in progress", "{n:,} in progress", running) if running else ""
    unknown = _counted(StatusLook.UNKNOWN, counts.unknown) if counts.unknown else ""
    return ", ".join(filter(None, (still_open, unknown)))


def _counted(look: StatusLook, count: int) -> str:
    phrase = look_of(look).counted
    return shown(phrase(count)) if phrase else ""


def _count_words(job: ExportJob, counts: Tally) -> str:
    if counts.total == 0:
        return tr("no items")
    if counts.total != job.number_of_items:
        if job.number_of_items is None:
            return tr("{read:,} of an unreadable number read", read=counts.total)
        return tr("{read:,} of {total:,} read", read=counts.total, total=job.number_of_items)
    return tr("not ready")


def _ended(job: ExportJob, fmt: TextFormat) -> str:
    if job.status in FINISHED_JOB and not {"completedAt", "expiredAt"}.isdisjoint(job.unreadable_fields):
        return tr("ended: unreadable date")
    ended = job.completed_at or job.expired_at or (job.last_updated_at if job.status in FINISHED_JOB else None)
    return tr("ended {moment}", moment=fmt.moment(ended)) if ended else ""


def _note(context: RowContext, job: ExportJob, fmt: TextFormat) -> str:
    if context.old:
        return context.old
    if context.older and not _is_surely_older(context.older, job):
        return tr("Another job may be older: a date is unreadable")
    if context.older:
        return _first_the_older(context.older.created_at, job.created_at, fmt)
    return ""


def _times(job: ExportJob, fmt: TextFormat) -> str:
    if job.created_at:
        parts = [tr("Created {moment}", moment=fmt.moment(job.created_at))]
    else:
        parts = [tr("Created: unreadable date")]
    if job.started_at:
        parts.append(_started(job.started_at, job.created_at, fmt))
    elif job.is_unreadable("startedAt"):
        parts.append(tr("started: unreadable date"))
    return " · ".join(parts)


def old_words(read_at: datetime, now: datetime, fmt: TextFormat) -> str:
    """What a card says of a job that could not be read again."""
    if is_same_day(read_at, now):
        return tr("Old: as read {time}", time=fmt.time(read_at))
    return tr("Old: as read {moment}", moment=fmt.moment(read_at))


def _first_the_older(older: datetime | None, created: datetime | None, fmt: TextFormat) -> str:
    """The day is not said twice."""
    if older and created and is_same_day(older, created):
        return tr("Complete the {time} job first", time=fmt.clock(older))
    return tr("Complete the {moment} job first", moment=fmt.moment(older))


def _started(started: datetime, created: datetime | None, fmt: TextFormat) -> str:
    """The day is not said twice."""
    if created and is_same_day(started, created):
        return tr("started {time}", time=fmt.clock(started))
    return tr("started {moment}", moment=fmt.moment(started))
