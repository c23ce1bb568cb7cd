"""A notice in words, and what many of them come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.completion.outcome_text import spoken
from app.models.export_job import ExportJob
from app.models.vocabulary import CANCELED_BY_USER, EntryId, Item, JobId
from app.screen_text import isolated
from app.settings.connections import ConnectionId
from app.text import count_of
from app.watching.facts import JobFacts
from app.watching.notices import Notice, NoticeKind
from ui.common.text_format import TextFormat

# Above this many at once they are summed up, one line for each kind.
_ONE_BY_ONE = 3


@dataclass(frozen=True, slots=True)
class NoticeView:
    """`entry_id` is the item that a click leads to; None leads to the job alone."""

    kind: NoticeKind
    connection_id: ConnectionId
    job_id: JobId
    entry_id: EntryId | None
    title: str
    text: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.connection_id}-{self.job_id}"

    def is_about(self, connection_id: ConnectionId, job_id: JobId) -> bool:
        return (self.connection_id, self.job_id) == (connection_id, job_id)


def still_true(views: Sequence[NoticeView]) -> tuple[NoticeView, ...]:
    """The oldest first: of one kind about one job the last counts, and once a job has ended nothing else does."""
    ended = {(view.connection_id, view.job_id) for view in views if view.kind in _ENDS}
    last = {view.key: view for view in views}
    return tuple(view for view in last.values() if view.kind in _ENDS or (view.connection_id, view.job_id) not in ended)


_ENDS = (NoticeKind.EXPIRED, NoticeKind.ENDED)


def holds(view: NoticeView, facts: JobFacts) -> bool:
    """Whether the job is still as the notice tells it, by what is known of it now."""
    if view.kind in _ENDS or facts.job.id != view.job_id:
        return True
    if not facts.is_running:
        return False
    if facts.counted is None or view.kind is NoticeKind.DEADLINE:
        return True
    return facts.counted.is_ready if view.kind is NoticeKind.READY else facts.counted.tally.of(Item.FAILED) > 0


def notice_view(notice: Notice, connection_id: ConnectionId, company: str, fmt: TextFormat) -> NoticeView:
    title, text = _words(notice, fmt)
    return NoticeView(notice.kind, connection_id, notice.job_id, notice.entry_id, f"{isolated(company)}: {title}", text)


def summed_up(views: Sequence[NoticeView]) -> tuple[NoticeView, ...]:
    """A few as they are; many as one for each kind, which leads to the first of them."""
    if len(views) <= _ONE_BY_ONE:
        return tuple(views)
    kinds = dict.fromkeys(view.kind for view in views)
    return tuple(_sum([view for view in views if view.kind is kind]) for kind in kinds)


def _words(notice: Notice, fmt: TextFormat) -> tuple[str, str]:
    job = notice.job
    which = f"Export job of {fmt.moment(job.created_at)}."
    match notice.kind:
        case NoticeKind.READY:
            return "ready to complete", f"{which} {count_of(notice.count, 'item')}, all final."
        case NoticeKind.FAILURES:
            return f"{count_of(notice.count, 'item')} failed", which
        case NoticeKind.DEADLINE:
            left = f"{notice.count} min left" if notice.count else "under 1 min left"
            ends = f" Pleo lets it expire at {fmt.clock(job.deadline)}." if job.deadline else ""
            return left, f"{which}{ends}"
        case NoticeKind.EXPIRED:
            return "the job expired", f"{which}{_abandoned(notice.count)} Exporting again in Pleo makes a new job."
        case NoticeKind.ENDED:
            return _end_words(job), f"{which}{_abandoned(notice.count)}"


def _abandoned(count: int) -> str:
    return f" {count_of(count, 'item')} {'was' if count == 1 else 'were'} abandoned." if count else ""


def _end_words(job: ExportJob) -> str:
    if job.failure_reason_type == CANCELED_BY_USER:
        return "somebody cancelled the job in Pleo"
    return f"somebody else ended the job: {spoken(job.status)}"


_SUMS = {
    NoticeKind.READY: "ready to complete",
    NoticeKind.FAILURES: "with newly failed items",
    NoticeKind.DEADLINE: "soon to expire",
    NoticeKind.EXPIRED: "expired",
    NoticeKind.ENDED: "ended by somebody else",
}


def _sum(views: list[NoticeView]) -> NoticeView:
    first = views[0]
    if len(views) == 1:
        return first
    title = f"{count_of(len(views), 'job')} {_SUMS[first.kind]}"
    return NoticeView(first.kind, first.connection_id, first.job_id, first.entry_id, title, f"First {first.title}")
