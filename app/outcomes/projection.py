"""What drafts would make of a job: which are done already, what would follow, and what the journal keeps. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.models.draft import Draft, Drafts
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import EntryId, Item
from app.outcomes.batches import shows_all_of
from app.slices import Slices, slices

# Under two milliseconds.
_ITEMS_IN_A_SLICE = 500


def done_already(snapshot: JobSnapshot, drafts: Drafts) -> tuple[EntryId, ...]:
    """The drafts that Pleo's items show already."""
    if not drafts:
        return ()
    return tuple(
        item.accounting_entry_id
        for item in snapshot.items
        if (draft := drafts.get(item.accounting_entry_id)) and shows_all_of(item, draft.outcome)
    )


class DraftedSnapshot:
    """The job as Pleo would show it once the drafts are sent: iterate to the end in slices, then `found` holds it.

    A job that has ended takes none.
    """

    def __init__(self, snapshot: JobSnapshot, drafts: Drafts) -> None:
        self._drafts = drafts
        self.found = snapshot

    def __iter__(self) -> Slices[None]:
        if self.found.job.is_finished or not self._drafts:
            return
        items, drafts = self.found.items, self._drafts
        drafted_items: list[ExportJobItem] = []
        for part in slices(len(items), _ITEMS_IN_A_SLICE):
            for item in items[part]:
                draft = drafts.get(item.accounting_entry_id)
                drafted_items.append(_item_as_drafted(item, draft.outcome) if draft else item)
            yield
        self.found = replace(self.found, items=tuple(drafted_items))


def _item_as_drafted(item: ExportJobItem, outcome: ItemOutcome) -> ExportJobItem:
    is_failed = outcome.status == Item.FAILED
    return replace(
        item,
        status=outcome.status,
        exported_at=outcome.exported_at or item.exported_at,
        external_id=outcome.external_id or item.external_id,
        external_url=outcome.external_url or item.external_url,
        failure_reason=outcome.failure_reason if is_failed else None,
        failure_reason_type=outcome.failure_reason_type if is_failed else None,
    )


def evidence(batch: Sequence[ItemOutcome], drafts: Drafts) -> list[dict[str, Any]]:
    """Who says so and why, for the journal: one entry for all rows that say the same."""
    groups: dict[tuple[str, str, str, str], list[Draft]] = {}
    for outcome in batch:
        draft = drafts.get(outcome.accounting_entry_id)
        if draft:
            file, digest = (draft.source.file_name, draft.source.sha256) if draft.source else ("", "")
            groups.setdefault((draft.drafted_by, draft.note, file, digest), []).append(draft)
    return [dict(_told(key, drafted)) for key, drafted in groups.items()]


def _told(key: tuple[str, str, str, str], drafted: Sequence[Draft]) -> Iterator[tuple[str, Any]]:
    by, note, file, digest = key
    yield "by", by
    if note:
        yield "note", note
    if digest:
        yield "file", file
        yield "sha256", digest
        yield "rows", {draft.entry_id: draft.source.row for draft in drafted if draft.source}
    yield "items", [draft.entry_id for draft in drafted]
