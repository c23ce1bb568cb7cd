"""Outcomes in batches that Pleo takes, and what an item as read says about an outcome. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.completion.attempt import Answer, Standing
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome
from app.models.page import ItemUpdateError
from app.models.words import EntryId

# Pleo refuses more rows in one call with 413.
BATCH_LIMIT = 100

ItemsById = Mapping[EntryId, ExportJobItem]


def batches(outcomes: Sequence[ItemOutcome]) -> Iterator[tuple[ItemOutcome, ...]]:
    for start in range(0, len(outcomes), BATCH_LIMIT):
        yield tuple(outcomes[start : start + BATCH_LIMIT])


def body_of(batch: Sequence[ItemOutcome]) -> str:
    """The bare JSON array that Pleo takes, as it is sent and kept."""
    return json.dumps([outcome.as_dict() for outcome in batch], ensure_ascii=False, separators=(",", ":"))


def shows(item: ExportJobItem | None, outcome: ItemOutcome) -> bool:
    """Whether Pleo's item is as the outcome says; what the outcome leaves open is not compared."""
    if item is None or item.status != outcome.status:
        return False
    # Without a loop: it is asked several times for each of many thousand rows.
    return (
        outcome.external_id in (None, item.external_id)
        and outcome.external_url in (None, item.external_url)
        and outcome.failure_reason in (None, item.failure_reason)
        and outcome.failure_reason_type in (None, item.failure_reason_type)
    )


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of one batch's rows: each is in exactly one of these."""

    arrived: tuple[EntryId, ...]
    refused: tuple[ItemUpdateError, ...]
    missing: tuple[ItemOutcome, ...]


def report(batch: Sequence[ItemOutcome], errors: Sequence[ItemUpdateError], items: ItemsById) -> BatchReport:
    """The items as read decide; Pleo's row errors explain those that did not arrive."""
    missing = [outcome for outcome in batch if not shows(items.get(outcome.accounting_entry_id), outcome)]
    said = {error.accounting_entry_id: error for error in errors}
    gone = {outcome.accounting_entry_id for outcome in missing}
    return BatchReport(
        arrived=tuple(o.accounting_entry_id for o in batch if o.accounting_entry_id not in gone),
        refused=tuple(said[o.accounting_entry_id] for o in missing if o.accounting_entry_id in said),
        missing=tuple(o for o in missing if o.accounting_entry_id not in said),
    )


def standing_of(found: BatchReport, answer: Answer, *, job_has_ended: bool) -> Standing:
    """Where the batch's attempt stands after reading the items."""
    if not found.missing and not found.refused:
        return Standing.CONFIRMED
    if not found.missing or answer is Answer.DECLINED:
        return Standing.REFUSED
    if job_has_ended:
        return Standing.OVERTAKEN
    if answer is Answer.NEVER_ARRIVED:
        return Standing.NOT_SENT
    return Standing.UNKNOWN if answer is Answer.ACCEPTED else Standing.MISSING
