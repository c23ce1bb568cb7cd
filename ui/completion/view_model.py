"""What the gate and the preview say, in words."""

from dataclasses import dataclass

from app.completion.attempt import Outcome, Standing
from app.completion.blockers import Blocker, start_blockers
from app.completion.derive import NotReady, implied_event
from app.completion.ending import ending_word
from app.completion.pleos_words import event_word
from app.completion.preview import Preview
from app.completion.tally import Tally, progress_words
from app.errors import SignoffError
from app.messages import joined, nsaid, said, said_as
from app.models.export_job import ExportJob
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Event, EventType, Job
from ui.completion.ending_words import ended_words
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

    @property
    def first_blocker(self) -> str:
        """Why the button does nothing; "" where it does something."""
        if self.is_enabled:
            return ""
        return self.blockers[0].message if self.blockers else self.headline


def gate_view(
    snapshot: JobSnapshot,
    found: Preview | NotReady,
    counts: dict[StatusLook, int],
    *,
    waits: bool = False,
    is_from_here: bool | None = None,
) -> GateView:
    """`waits`: an older job of the company comes first. `is_from_here`: whether the event that ended the job was sent
    from here, None where nobody knows."""
    tally = found.tally
    is_start = not start_blockers(snapshot)
    is_ready = isinstance(found, Preview)
    return GateView(
        headline=_headline(snapshot, is_ready=is_ready, waits=waits),
        progress=progress_words(tally.final, snapshot.job.number_of_items),
        counts=counts,
        total=max(snapshot.job.number_of_items or 0, tally.total),
        event_title=_event_title(snapshot, is_ready=is_ready or is_start),
        event_words=_event_words(snapshot, found),
        event_note=_event_note(snapshot, found, is_from_here=is_from_here),
        blockers_title=said("Before it can be completed:") if is_start else said("Not yet:"),
        blockers=() if snapshot.job.is_finished or isinstance(found, Preview) else found.blockers,
        action=said("Start job…") if is_start else said("Complete…"),
        is_start=is_start,
        is_enabled=is_start or is_ready,
        is_read_only=snapshot.job.is_finished,
    )


def turned(before: GateView | None, now: GateView) -> str:
    """What is worth saying when the same job is shown anew; "" where the answer is as it was."""
    if before is None or before.headline == now.headline:
        return ""
    return now.headline if not now.event_words else joined(". ", (now.headline, _event_sentence(now)))


def _event_sentence(view: GateView) -> str:
    return joined(": ", (view.event_title, view.event_words))


def _headline(snapshot: JobSnapshot, *, is_ready: bool, waits: bool) -> str:
    if snapshot.job.is_finished:
        return said("This job has ended")
    if not start_blockers(snapshot):
        return said("Not started yet")
    if not is_ready:
        return said("Not yet ready")
    return said("Ready, but an older job comes first") if waits else said("Ready to complete")


def _event_title(snapshot: JobSnapshot, *, is_ready: bool) -> str:
    """Stands alone above the event or the status."""
    if snapshot.job.is_finished:
        return said("Ended as")
    return said("Will send") if is_ready else said("Would send, as it stands")


def _event_words(snapshot: JobSnapshot, found: Preview | NotReady) -> str:
    job = snapshot.job
    if job.is_finished:
        return ending_word(job)
    if not start_blockers(snapshot):
        return event_word(Event.STARTED)
    if isinstance(found, Preview):
        return event_word(found.event.event)
    return event_word(implied_event(found.tally)) if found.tally.final else said("not known before an item is final")


def _event_note(snapshot: JobSnapshot, found: Preview | NotReady, *, is_from_here: bool | None) -> str:
    job, counts = snapshot.job, found.tally
    if job.is_finished:
        reason = _failure(job) if job.status == Job.FAILED else ""
        ended = ended_words(job, counts, is_from_here=is_from_here)
        return joined("\n", filter(None, (reason, ended, said("The job is read-only."))))
    if not start_blockers(snapshot):
        return said("A job is started first. It can be completed when every item is final.")
    return found.rule if isinstance(found, Preview) else _condition(counts)


def _failure(job: ExportJob) -> str:
    reason = job.failure_reason or said("No reason given")
    if not job.failure_reason_type:
        return reason
    # Translators: {type} is Pleo's own word for the type of a failure
    return said("{reason} ({type})", reason=reason, type=job.failure_reason_type.replace("_", " "))


def _condition(counts: Tally) -> str:
    """What has to become of the open items for the event to stay what it is."""
    undecided = counts.total - counts.final
    if not undecided or not counts.final:
        return ""
    match implied_event(counts):
        case Event.COMPLETED:
            return nsaid(
                "If the open item succeeds too; otherwise completed with errors.",
                "If the {n:,} open items succeed too; otherwise completed with errors.",
                undecided,
            )
        case Event.FAILED:
            return nsaid(
                "If the open item fails too; otherwise completed with errors.",
                "If the {n:,} open items fail too; otherwise completed with errors.",
                undecided,
            )
        case _:
            return nsaid("Whatever becomes of the open item.", "Whatever becomes of the {n:,} open items.", undecided)


def button_words(event: EventType) -> str:
    """The button of the preview says what it does."""
    if event == Event.STARTED:
        return said("Start the job")
    # Translators: a button; {event} is: completed with errors
    return said("Send '{event}'", event=event_word(event))


def send_anyway_words(event: EventType) -> str:
    """The same where another job should come first."""
    if event == Event.STARTED:
        return said("Start the job anyway")
    # Translators: a button; {event} is: completed with errors
    return said("Send '{event}' anyway", event=event_word(event))


def title_words(event: EventType) -> str:
    return said("Start this job?") if event == Event.STARTED else said("Send '{event}'?", event=event_word(event))


def attempt_title(event: EventType) -> str:
    match event:
        case Event.STARTED:
            return said("Start of the job")
        case Event.COMPLETED:
            return said_as("event", "Completed")
        case Event.COMPLETED_WITH_ERRORS:
            return said_as("event", "Completed with errors")
        case _:
            return said_as("event", "Failed")


def counts_sentence(counts: Tally) -> str:
    parts = (
        (counts.successful, nsaid("{n:,} posted", "{n:,} posted", counts.successful)),
        (counts.not_successful, nsaid("{n:,} not posted", "{n:,} not posted", counts.not_successful)),
        (counts.open, nsaid("{n:,} still open", "{n:,} still open", counts.open)),
        (counts.unknown, nsaid("{n:,} of unknown status", "{n:,} of unknown status", counts.unknown)),
    )
    if not counts.total:
        return said("No items")
    counted = joined(", ", (words for count, words in parts if count))
    return nsaid("{n:,} item: {counts}", "{n:,} items: {counts}", counts.total, counts=counted)


def consequence(preview: Preview) -> str:
    if preview.event.event == Event.STARTED:
        return said("Pleo then shows the job as in progress, and the outcomes of its items can be reported.")
    failed = preview.tally.not_successful
    sentences = [said("People in Pleo see the job as ended.")]
    if failed:
        seen = nsaid(
            "They see {n:,} item to review, with the reason of each.",
            "They see {n:,} items to review, with the reason of each.",
            failed,
        )
        sentences.append(seen)
    return joined(" ", (*sentences, said("This can't be undone; no item can be updated afterwards.")))


def outcome_tone(outcome: Outcome) -> str:
    """The kind of message bar: success, warning or error."""
    if outcome.standing is Standing.CONFIRMED or (outcome.standing is Standing.OVERTAKEN and outcome.job_is_as_wanted):
        return "success"
    return "error" if outcome.standing is Standing.REFUSED else "warning"


def _met(outcome: Outcome) -> tuple[tuple[str, SignoffError | None], ...]:
    return ("Problem", outcome.problem), ("Read-back", outcome.read_problem), ("Journal", outcome.journal_problem)


def outcome_details(outcome: Outcome) -> str:
    """What support would ask for, in English: the body, the answer, the read-back."""
    parts = [f"Sent:\n{outcome.event.as_json()}", f"Answer: {outcome.answer.value}"]
    for label, problem in _met(outcome):
        if problem:
            parts.append(f"{label}: {problem.title}\n{problem.details}")
    if outcome.job:
        parts.append(f"Job as read: {outcome.job.status}")
    return "\n\n".join(parts)
