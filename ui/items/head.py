"""What stands above the items: whose job it is, how it stands, how old what is shown is, and how long it has."""

from datetime import datetime
from typing import NamedTuple

from app.messages import shown, tr
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
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
    read_at = fmt.stamp(snapshot.read_at, now)
    parts.append(tr("old: read {when}", when=read_at) if is_old else tr("read {when}", when=read_at))
    return JobHead(
        title=f"{isolated(company)} · {fmt.moment(job.created_at)}",
        subtitle=" · ".join(parts),
        left=_left(job, now, fmt),
    )


def _left(job: ExportJob, now: datetime, fmt: TextFormat) -> str:
    if job.deadline is None:
        return tr("unreadable deadline") if job.has_unreadable_deadline else ""
    return fmt.time_left(job.deadline, now)
