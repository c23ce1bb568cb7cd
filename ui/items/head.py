"""What stands above the items: whose job it is, how it stands, how old what is shown is, and how long it has."""

from datetime import datetime
from typing import NamedTuple

from app.messages import shown, tr
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
from app.texts.phrases import is_same_day
from app.texts.screen import isolated
from ui.common.status_text import job_title
from ui.common.text_format import TextFormat


class JobHead(NamedTuple):
    title: str
    subtitle: str
    left: str


def job_head(snapshot: JobSnapshot, company: str, now: datetime, fmt: TextFormat, *, is_old: bool) -> JobHead:
    job = snapshot.job
    parts = [shown(job_title(job.status))]
    if job.is_finished:
        parts.append(tr("read-only"))
    parts.append(_read(snapshot.read_at, now, fmt, is_old=is_old))
    return JobHead(
        title=f"{isolated(company)} · {fmt.moment(job.created_at)}",
        subtitle=" · ".join(parts),
        left=_left(job, now, fmt),
    )


def _read(at: datetime, now: datetime, fmt: TextFormat, *, is_old: bool) -> str:
    if is_same_day(at, now):
        time = fmt.time(at)
        return tr("old: read {time}", time=time) if is_old else tr("read {time}", time=time)
    moment = fmt.moment(at)
    return tr("old: read {moment}", moment=moment) if is_old else tr("read {moment}", moment=moment)


def _left(job: ExportJob, now: datetime, fmt: TextFormat) -> str:
    if job.deadline is None:
        return tr("unreadable deadline") if job.has_unreadable_deadline else ""
    return fmt.time_left(job.deadline, now)


def old_job_words(read_at: datetime, now: datetime, fmt: TextFormat) -> str:
    """Of a job that could not be read again."""
    if is_same_day(read_at, now):
        return tr("Old: this is the job as read at {time}", time=fmt.time(read_at))
    return tr("Old: this is the job as read at {moment}", moment=fmt.moment(read_at))
