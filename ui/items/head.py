"""What stands above the items: whose job it is, how it stands, how old what is shown is, and how long it has."""

from datetime import datetime
from typing import Final, NamedTuple

from app.models.snapshot import JobSnapshot
from app.screen_text import isolated
from ui.common.status_text import job_word
from ui.common.text_format import UNREADABLE, TextFormat

_DEADLINE: Final = f"{UNREADABLE} deadline"


class JobHead(NamedTuple):
    title: str
    subtitle: str
    left: str


def job_head(snapshot: JobSnapshot, company: str, now: datetime, fmt: TextFormat, *, is_old: bool) -> JobHead:
    job = snapshot.job
    parts = [job_word(job.status).capitalize()]
    if job.is_finished:
        parts.append("read-only")
    parts.append(f"{'old: ' if is_old else ''}read {fmt.stamp(snapshot.read_at, now)}")
    return JobHead(
        title=f"{isolated(company)} · {fmt.moment(job.created_at)}",
        subtitle=" · ".join(parts),
        left=fmt.time_left(job.deadline, now) if job.deadline else _DEADLINE if job.has_unreadable_deadline else "",
    )
