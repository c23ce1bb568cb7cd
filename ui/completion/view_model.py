"""What the gate and the preview say, in words."""

from dataclasses import dataclass

from app.completion.attempt import Outcome, Standing
from app.completion.blockers import Blocker, start_blockers
from app.completion.derive import NotReady, implied_event
from app.completion.outcome_text import spoken
from app.completion.preview import Preview
from app.completion.tally import Tally
from app.errors import SignoffError
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import CANCELED_BY_USER, JOB_EXPIRED, Event, EventType, Item, Job
from app.text import count_of
from ui.theme.status import StatusLook


@dataclass(frozen=True, slots=True)
class GateView:
    """Everything that the gate shows. `action` is the text of the one primary button."""

    headline: str
    progress: str
    counts: dict[StatusLook, int]
    total: int
    event_title: str
    event_words: str
    event_note: str
    blockers_title: str
    blockers: tuple[Blocker, ...]
    action: str
    is_start: bool
    is_enabled: bool
    is_read_only: bool


def gate_view(snapshot: JobSnapshot, found: Preview | NotReady, counts: dict[StatusLook, int]) -> GateView:
    tally = found.tally
    is_start = not start_blockers(snapshot)
    is_ready = isinstance(found, Preview)
    return GateView(
        headline=_headline(snapshot, is_ready=is_ready),
        progress=f"{tally.final:,} of {count_of(snapshot.job.number_of_items, 'item')} final",
        counts=counts,
        total=max(snapshot.job.number_of_items or 0, tally.total),
        event_title=_event_title(snapshot, is_ready=is_ready or is_start),
        event_words=_event_words(snapshot, found),
        event_note=_event_note(snapshot, found),
        blockers_title="Before it can be completed:" if is_start else "Not yet:",
        blockers=() if snapshot.job.is_finished or isinstance(found, Preview) else found.blockers,
        action="Start job…" if is_start else "Complete…",
        is_start=is_start,
        is_enabled=is_start or is_ready,
        is_read_only=snapshot.job.is_finished,
    )


def _headline(snapshot: JobSnapshot, *, is_ready: bool) -> str:
    if snapshot.job.is_finished:
        return "This job has ended"
    if not start_blockers(snapshot):
        return "Not started yet"
    return "Ready to complete" if is_ready else "Not yet ready"


def _event_title(snapshot: JobSnapshot, *, is_ready: bool) -> str:
    if snapshot.job.is_finished:
        return "Ended as"
    return "Will send" if is_ready else "Would send, as it stands"


def _event_words(snapshot: JobSnapshot, found: Preview | NotReady) -> str:
    job = snapshot.job
    if job.is_finished:
        return spoken(job.status)
    if not start_blockers(snapshot):
        return spoken(Event.STARTED)
    if isinstance(found, Preview):
        return spoken(found.event.event)
    return spoken(implied_event(found.tally)) if found.tally.final else "not known before an item is final"


def _event_note(snapshot: JobSnapshot, found: Preview | NotReady) -> str:
    job, counts = snapshot.job, found.tally
    if job.is_finished:
        kind = f" ({job.failure_reason_type.replace('_', ' ')})" if job.failure_reason_type else ""
        reason = f"{job.failure_reason or 'No reason given'}{kind}" if job.status == Job.FAILED else ""
        return "\n".join(filter(None, (reason, _ended_by_others(job, counts), "The job is read-only.")))
    if not start_blockers(snapshot):
        return "A job is started first. It can be completed when every item is final."
    return found.rule if isinstance(found, Preview) else _condition(counts)


def _ended_by_others(job: ExportJob, counts: Tally) -> str:
    """What happened where Pleo itself, or a user of it, ended the job."""
    if job.failure_reason_type == JOB_EXPIRED:
        minutes = f" for {count_of(job.expires_in // 60, 'minute')}" if job.expires_in is not None else " in time"
        what = f"Pleo let the job expire, because nothing was reported{minutes}."
    elif job.failure_reason_type == CANCELED_BY_USER:
        what = "Somebody cancelled the job in Pleo."
    else:
        return ""
    return f"{what}{_given_up(counts.of(Item.ABANDONED))} Exporting again in Pleo makes a new job."


def _given_up(abandoned: int) -> str:
    if not abandoned:
        return ""
    were = "was" if abandoned == 1 else "were"
    return f" {count_of(abandoned, 'item')} that {were} open {were} abandoned; the rest keep their outcome."


def _condition(counts: Tally) -> str:
    """What has to become of the open items for the event to stay what it is."""
    undecided = counts.total - counts.final
    if not undecided or not counts.final:
        return ""
    items = "the open item" if undecided == 1 else f"the {undecided:,} open items"
    match implied_event(counts):
        case Event.COMPLETED:
            return f"If {items} succeed{'s' if undecided == 1 else ''} too; otherwise completed with errors."
        case Event.FAILED:
            return f"If {items} fail{'s' if undecided == 1 else ''} too; otherwise completed with errors."
        case _:
            return f"Whatever becomes of {items}."


def button_words(event: EventType) -> str:
    """The button of the preview says what it does."""
    return "Start the job" if event == Event.STARTED else f"Send '{spoken(event)}'"


def title_words(event: EventType) -> str:
    return "Start this job?" if event == Event.STARTED else f"Send '{spoken(event)}'?"


def attempt_title(event: EventType) -> str:
    return "Start of the job" if event == Event.STARTED else spoken(event).capitalize()


def counts_sentence(counts: Tally) -> str:
    counted = {
        "successful": counts.successful,
        "not successful": counts.not_successful,
        "still open": counts.open,
        "of unknown status": counts.unknown,
    }
    parts = [f"{count:,} {words}" for words, count in counted.items() if count]
    return f"{count_of(counts.total, 'item')}: {', '.join(parts)}" if parts else "No items"


def consequence(preview: Preview) -> str:
    if preview.event.event == Event.STARTED:
        return "Pleo then shows the job as in progress, and the outcomes of its items can be reported."
    failed = preview.tally.not_successful
    seen = f" They see {count_of(failed, 'item')} to review, with the reason of each." if failed else ""
    return f"People in Pleo see the job as ended.{seen} This can't be undone; no item can be updated afterwards."


def outcome_tone(outcome: Outcome) -> str:
    """The kind of message bar: success, warning or error."""
    if outcome.standing is Standing.CONFIRMED or (outcome.standing is Standing.OVERTAKEN and outcome.job_is_as_wanted):
        return "success"
    return "error" if outcome.standing is Standing.REFUSED else "warning"


def _met(outcome: Outcome) -> tuple[tuple[str, SignoffError | None], ...]:
    return ("Problem", outcome.problem), ("Read-back", outcome.read_problem), ("Journal", outcome.journal_problem)


def outcome_details(outcome: Outcome) -> str:
    """What support would ask for: the body, the answer, the read-back."""
    parts = [f"Sent:\n{outcome.event.as_json()}", f"Answer: {outcome.answer.value}"]
    for label, problem in _met(outcome):
        if problem:
            parts.append(f"{label}: {problem.title}\n{problem.details}")
    if outcome.job:
        parts.append(f"Job as read: {outcome.job.status}")
    return "\n\n".join(parts)
