"""What the user is shown before anything is sent, and what would make it untrue."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from app.completion.pleos_words import item_word, job_word
from app.completion.tally import Tally, tally
from app.messages import joined, nsaid, said
from app.models.export_job import ExportJobItem
from app.models.export_job_event import ExportJobEvent
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import Event, FailureType

RULES = {
    Event.STARTED: said("A pending job is started before the outcomes of its items are reported."),
    Event.COMPLETED: said("Every item was exported successfully, so the job is completed."),
    Event.COMPLETED_WITH_ERRORS: said(
        "Some items were exported and some were not, so the job is completed with errors."
    ),
    Event.FAILED: said("No item was exported, so the job has failed."),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """`event` is sent as it stands; `snapshot` is what it was derived from."""

    snapshot: JobSnapshot
    tally: Tally
    event: ExportJobEvent

    @property
    def rule(self) -> str:
        return RULES[self.event.event]

    @property
    def deadline(self) -> datetime | None:
        return self.snapshot.job.deadline

    def with_failure(self, reason: str, kind: FailureType) -> "Preview":
        """The same preview with the user's wording. Only a `failed` event carries one; raises ValueError otherwise."""
        if self.event.event != Event.FAILED:
            raise ValueError(f"the event {self.event.event} carries no failure reason")
        return replace(self, event=replace(self.event, failure_reason=reason, failure_reason_type=kind))


def start_preview(snapshot: JobSnapshot) -> Preview:
    return Preview(snapshot, tally(snapshot.items), ExportJobEvent(Event.STARTED, snapshot.job.id))


def what_changed(shown: JobSnapshot, fresh: JobSnapshot) -> tuple[str, ...]:
    """Sentences about every difference that the event depends on; empty when the preview still holds. The journal keeps
    them in English.

    The deadline and the accounting system's ids do not change the event, so they are not compared.
    """
    return (*_job_changes(shown, fresh), *_item_changes(shown, fresh))


def _job_changes(shown: JobSnapshot, fresh: JobSnapshot) -> Iterator[str]:
    if shown.job.status != fresh.job.status:
        before, after = job_word(shown.job.status), job_word(fresh.job.status)
        yield said("The job was {before} and is now {after}", before=before, after=after)
    if shown.job.number_of_items != fresh.job.number_of_items:
        yield _count_changed(shown.job.number_of_items, fresh.job.number_of_items)


def _count_changed(before: int | None, now: int | None) -> str:
    pleo_said = (
        said("Pleo said an unreadable number of items")
        if before is None
        else nsaid("Pleo said {n:,} item", "Pleo said {n:,} items", before)
    )
    # Translators: {pleo_said} is: Pleo said 41 items
    if now is None:
        return said("{pleo_said} and now says an unreadable number of items", pleo_said=pleo_said)
    return nsaid(
        "{pleo_said} and now says {n:,} item", "{pleo_said} and now says {n:,} items", now, pleo_said=pleo_said
    )


def _item_changes(shown: JobSnapshot, fresh: JobSnapshot) -> Iterator[str]:
    before = {item.accounting_entry_id: item for item in shown.items}
    after = {item.accounting_entry_id: item for item in fresh.items}
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    if gone:
        yield nsaid("{n:,} item no longer in the job", "{n:,} items no longer in the job", len(gone))
    if new:
        yield nsaid("{n:,} item new in the job", "{n:,} items new in the job", len(new))
    if len(shown.items) != len(fresh.items) and not gone and not new:
        before_and_now = (
            nsaid("{n:,} row before", "{n:,} rows before", len(shown.items)),
            nsaid("{n:,} row now", "{n:,} rows now", len(fresh.items)),
        )
        yield joined(", ", before_and_now)
    moves: dict[str, int] = {}
    for entry_id, was in before.items():
        now = after.get(entry_id)
        if now and not _ended_alike(was, now):
            move = _move(was, now)
            moves[move] = moves.get(move, 0) + 1
    for move, count in sorted(moves.items()):
        yield nsaid("{n:,} item: {move}", "{n:,} items: {move}", count, move=move)


def _ended_alike(was: ExportJobItem, now: ExportJobItem) -> bool:
    return (
        was.status == now.status
        and was.failure_reason == now.failure_reason
        and was.failure_reason_type == now.failure_reason_type
    )


def _move(was: ExportJobItem, now: ExportJobItem) -> str:
    if was.status != now.status:
        return said("{before} before, now {after}", before=item_word(was.status), after=item_word(now.status))
    return said("{status} as before, with another failure reason", status=item_word(now.status))
