"""Outcomes in batches that Pleo takes, and what an item as read says about an outcome. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.completion.attempt import Answer, Standing
from app.messages import said
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome
from app.models.page import ItemUpdateError
from app.models.vocabulary import FINAL_ITEM, OPEN_ITEM, EntryId, Item
from app.texts.screen import escaped_for_screen

# A refusal of this program's own, which is kept like Pleo's.
_OVERTAKEN_TYPE: Final = "overtaken"
_OVERTAKEN: Final = said("Another outcome has been reported for this item meanwhile")

# Pleo refuses more rows in one call with 413.
BATCH_LIMIT = 100

Batch = tuple[ItemOutcome, ...]
ItemsById = Mapping[EntryId, ExportJobItem]
# What Pleo told of items that were not open any more.
ReportedBefore = Mapping[EntryId, str]


def batches(outcomes: Sequence[ItemOutcome]) -> Iterator[Batch]:
    for start in range(0, len(outcomes), BATCH_LIMIT):
        yield tuple(outcomes[start : start + BATCH_LIMIT])


def body_of(batch: Sequence[ItemOutcome]) -> str:
    """The bare JSON array that Pleo takes, as it is sent and kept."""
    body = json.dumps([outcome.as_dict() for outcome in batch], ensure_ascii=False, separators=(",", ":"))
    return escaped_for_screen(body)


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


def shows_all_of(item: ExportJobItem | None, outcome: ItemOutcome) -> bool:
    """The posting time too, which is not waited for after a sending: Pleo may keep it in a way of its own."""
    return item is not None and shows(item, outcome) and outcome.exported_at in (None, item.exported_at)


def reported_before(batch: Batch, items: ItemsById) -> ReportedBefore:
    """What Pleo tells of these items before the outcomes are sent; nothing of an open one."""
    found = (items.get(outcome.accounting_entry_id) for outcome in batch)
    return {item.accounting_entry_id: _told(item) for item in found if item and item.status not in OPEN_ITEM}


def _told(item: ExportJobItem) -> str:
    parts = (item.status, item.external_id, item.external_url, item.failure_reason_type, item.failure_reason)
    return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of one batch's rows: each is in exactly one of these."""

    arrived: tuple[EntryId, ...]
    refused: tuple[ItemUpdateError, ...]
    missing: tuple[ItemOutcome, ...]


def report(batch: Batch, errors: Sequence[ItemUpdateError], items: ItemsById, before: ReportedBefore) -> BatchReport:
    """The items as read decide; Pleo's row errors explain those that did not arrive.

    An item that tells something else than before, and than was sent, is refused as overtaken: to wait for it, or to
    send once more, would set aside what somebody else has reported.
    """
    missing = [outcome for outcome in batch if not shows(items.get(outcome.accounting_entry_id), outcome)]
    refused = {error.accounting_entry_id: error for error in errors}
    for outcome in missing:
        entry = outcome.accounting_entry_id
        if entry not in refused and _is_overtaken(items.get(entry), before.get(entry)):
            refused[entry] = ItemUpdateError(accounting_entry_id=entry, message=str(_OVERTAKEN), type=_OVERTAKEN_TYPE)
    gone = {outcome.accounting_entry_id for outcome in missing}
    return BatchReport(
        arrived=tuple(o.accounting_entry_id for o in batch if o.accounting_entry_id not in gone),
        refused=tuple(refused[o.accounting_entry_id] for o in missing if o.accounting_entry_id in refused),
        missing=tuple(o for o in missing if o.accounting_entry_id not in refused),
    )


def refusal_words(kind: str, message: str) -> str:
    """Why an outcome was not taken: Pleo's words, or this program's own as a message."""
    is_own = kind == _OVERTAKEN_TYPE and message == _OVERTAKEN
    return said("{message} ({type})", message=_OVERTAKEN if is_own else message, type=kind)


def _is_overtaken(item: ExportJobItem | None, before: str | None) -> bool:
    """An item that was open and still is may yet show what was sent; to abandon it is the doing of the job's end."""
    if item is None or item.status == Item.ABANDONED:
        return False
    return item.status in FINAL_ITEM if before is None else _told(item) != before


def standing_of(found: BatchReport, answer: Answer, *, job_has_ended: bool, is_waited_out: bool = False) -> Standing:
    """Where the batch's attempt stands after reading the items. Items that are as they were prove nothing before the
    wait after the send is over."""
    if not found.missing and not found.refused:
        return Standing.CONFIRMED
    if not found.missing or answer is Answer.DECLINED:
        return Standing.REFUSED
    if job_has_ended:
        return Standing.OVERTAKEN
    if answer is Answer.NEVER_ARRIVED:
        return Standing.NOT_SENT
    return Standing.MISSING if answer is Answer.LOST and is_waited_out else Standing.UNKNOWN
