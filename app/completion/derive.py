"""The aggregator: a snapshot goes in; the event that its items imply comes out, or everything that is missing."""

from dataclasses import dataclass

from app.completion.blockers import Blocker, completion_blockers
from app.completion.failure import IntegrationSpecification, composed_reason
from app.completion.tally import Tally, tally
from app.models.export_job_event import ExportJobEvent
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Event, EventType


@dataclass(frozen=True, slots=True)
class Ready:
    """Every item is final: `event` is what they imply."""

    tally: Tally
    event: ExportJobEvent


@dataclass(frozen=True, slots=True)
class NotReady:
    """`blockers` is never empty."""

    tally: Tally
    blockers: tuple[Blocker, ...]


def derive(snapshot: JobSnapshot, specification: IntegrationSpecification) -> Ready | NotReady:
    counts = tally(snapshot.items)
    blockers = completion_blockers(snapshot, counts)
    if blockers:
        return NotReady(counts, blockers)
    event = implied_event(counts)
    if event != Event.FAILED:
        return Ready(counts, ExportJobEvent(event, snapshot.job.id))
    reason, kind = composed_reason(snapshot.items, specification.language), specification.job_type_for(snapshot.items)
    return Ready(counts, ExportJobEvent(event, snapshot.job.id, reason, kind))


def implied_event(counts: Tally) -> EventType:
    """What final items imply; where some are still open, what those that are final imply so far."""
    if counts.not_successful == 0:
        return Event.COMPLETED
    return Event.COMPLETED_WITH_ERRORS if counts.successful else Event.FAILED
