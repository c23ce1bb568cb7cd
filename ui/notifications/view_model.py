"""A notice in words, and what many of them come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.messages import ntr, tr
from app.models.export_job import ExportJob
from app.models.vocabulary import CANCELED_BY_USER, EntryId, Item, JobId
from app.settings.connections import ConnectionId
from app.texts.screen import isolated
from app.watching.facts import JobFacts
from app.watching.notices import Notice, NoticeKind
from ui.common.status_text import job_look
from ui.common.text_format import TextFormat
from ui.theme.status import look_of

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
    named = tr("{company}: {news}", company=isolated(company), news=title)
    return NoticeView(notice.kind, connection_id, notice.job_id, notice.entry_id, named, text)


def summed_up(views: Sequence[NoticeView]) -> tuple[NoticeView, ...]:
    """A few as they are; many as one for each kind, which leads to the first of them."""
    if len(views) <= _ONE_BY_ONE:
        return tuple(views)
    kinds = dict.fromkeys(view.kind for view in views)
    return tuple(_sum([view for view in views if view.kind is kind]) for kind in kinds)


def _words(notice: Notice, fmt: TextFormat) -> tuple[str, str]:
    """Beneath the company's name, and below that."""
    job = notice.job
    which = tr("Export job of {moment}.", moment=fmt.moment(job.created_at))
    match notice.kind:
        case NoticeKind.READY:
            final = ntr("{n:,} item, all final.", "{n:,} items, all final.", notice.count)
            return tr("ready to complete"), _sentences(which, final)
        case NoticeKind.FAILURES:
            return ntr("{n:,} item failed", "{n:,} items failed", notice.count), which
        case NoticeKind.DEADLINE:
            left = ntr("{n} min left", "{n} min left", notice.count) if notice.count else tr("under 1 min left")
            ends = tr("Pleo lets it expire at {time}.", time=fmt.clock(job.deadline)) if job.deadline else ""
            return left, _sentences(which, ends)
        case NoticeKind.EXPIRED:
            again = tr("Exporting again in Pleo makes a new job.")
            return tr("the job expired"), _sentences(which, _abandoned(notice.count), again)
        case NoticeKind.ENDED:
            return _end_words(job), _sentences(which, _abandoned(notice.count))


def _sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _abandoned(count: int) -> str:
    return ntr("{n:,} item was abandoned.", "{n:,} items were abandoned.", count) if count else ""


def _end_words(job: ExportJob) -> str:
    if job.failure_reason_type == CANCELED_BY_USER:
        return tr("somebody cancelled the job in Pleo")
    return tr("somebody else ended the job: {status}", status=look_of(job_look(job.status)).within)


def _sum_words(kind: NoticeKind, count: int) -> str:
    match kind:
        case NoticeKind.READY:
            return ntr("{n:,} job ready to complete", "{n:,} jobs ready to complete", count)
        case NoticeKind.FAILURES:
            return ntr("{n:,} job with newly failed items", "{n:,} jobs with newly failed items", count)
        case NoticeKind.DEADLINE:
            return ntr("{n:,} job soon to expire", "{n:,} jobs soon to expire", count)
        case NoticeKind.EXPIRED:
            return ntr("{n:,} job expired", "{n:,} jobs expired", count)
        case NoticeKind.ENDED:
            return ntr("{n:,} job ended by somebody else", "{n:,} jobs ended by somebody else", count)


def _sum(views: list[NoticeView]) -> NoticeView:
    first = views[0]
    if len(views) == 1:
        return first
    title, text = _sum_words(first.kind, len(views)), tr("The first of them: {notice}", notice=first.title)
    return NoticeView(first.kind, first.connection_id, first.job_id, first.entry_id, title, text)
