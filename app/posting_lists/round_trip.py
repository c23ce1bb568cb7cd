"""Open items as a list that a colleague fills in, and that is read back without a mapping. Pure."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

from app.messages import said, said_as
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import FINAL_ITEM, EntryId, Item

# What a row holds: a day or a moment in UTC, an amount in whole units of its currency, or text.
Written = str | Decimal | date | datetime | None

# Translators: "heading" and "status" are those of a list that is filled in and read back: what is written there has to
# be among the words of resources/posting_list_words.toml.
HEADINGS: Final = (
    said_as("heading", "Reconciliation id"),
    said_as("heading", "Entry id"),
    said_as("heading", "Date (UTC)"),
    said_as("heading", "Supplier"),
    said_as("heading", "Person"),
    said_as("heading", "Note"),
    said_as("heading", "Amount"),
    said_as("heading", "Currency"),
    said_as("heading", "Status"),
    said_as("heading", "Voucher"),
    said_as("heading", "Posting date"),
    said_as("heading", "Link"),
    said_as("heading", "Message"),
    said_as("heading", "Failure type"),
)
STATUS: Final = HEADINGS.index("Status")
POSTED: Final = said_as("status", "posted")
FAILED: Final = said_as("status", "failed")
_WORDS: Final = {Item.SUCCESSFUL: POSTED, Item.FAILED: FAILED}

HOW_TO: Final = (
    said(
        "Write '{posted}' or '{failed}' under {status} for each item that is settled; leave the others empty.",
        posted=POSTED,
        failed=FAILED,
        status=HEADINGS[STATUS],
    ),
    said(
        "For a posted item: the number of its entry under {voucher}, the day under {day}, its address under {link}.",
        voucher=HEADINGS[9],
        day=HEADINGS[10],
        link=HEADINGS[11],
    ),
    said(
        "For a failed item: the reason under {message}. Name the thing with its code and say where to fix it.",
        message=HEADINGS[12],
    ),
    said("Leave the ids as they are: by them each row finds its item again."),
)


def open_item_rows(
    snapshot: JobSnapshot, accounting: AccountingData, outcomes: Mapping[EntryId, ItemOutcome]
) -> Iterator[tuple[Written, ...]]:
    """The items that are not final, and those with an outcome that is drafted, which is filled in."""
    for item in snapshot.items:
        outcome = outcomes.get(item.accounting_entry_id)
        if outcome is not None or item.status not in FINAL_ITEM:
            yield _row(item, accounting.entries.get(item.accounting_entry_id), outcome)


def _row(item: ExportJobItem, entry: ExportItem | None, outcome: ItemOutcome | None) -> tuple[Written, ...]:
    money = entry.amount.in_supplier_currency if entry else None
    return (
        entry.reconciliation_id if entry else None,
        item.accounting_entry_id,
        entry.date.astimezone(UTC).date() if entry and entry.date else None,
        entry.supplier_name if entry else None,
        entry.user.name if entry and entry.user else None,
        entry.note if entry else None,
        money.amount if money else None,
        money.currency if money else None,
        *(_said(outcome) if outcome else (None,) * (len(HEADINGS) - STATUS)),
    )


def _said(outcome: ItemOutcome) -> tuple[Written, ...]:
    return (
        _WORDS.get(outcome.status),
        outcome.external_id,
        _moment(outcome.exported_at) if outcome.exported_at else None,
        outcome.external_url,
        outcome.failure_reason,
        outcome.failure_reason_type,
    )


def _moment(stamp: datetime) -> date | datetime:
    moment = stamp.astimezone(UTC)
    return moment.date() if moment.time() == time() else moment
