"""One line of the table of items: raw values, from which columns make text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.money import Money
from app.models.words import EntryId
from app.review.failure_catalogue import failure_words
from ui.status_words import item_look, item_word
from ui.theme.status import StatusLook

# What needs the accountant comes first.
_NEED = {
    StatusLook.UNKNOWN: 0,
    StatusLook.FAILED: 1,
    StatusLook.OPEN: 2,
    StatusLook.ABANDONED: 3,
    StatusLook.SUCCESSFUL: 4,
}


ItemKey = tuple[EntryId, int]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`key` tells rows apart even where Pleo sent the same entry twice."""

    key: ItemKey
    item: ExportJobItem
    entry: ExportItem | None

    @property
    def look(self) -> StatusLook:
        return item_look(self.item.status)

    @property
    def status_word(self) -> str:
        return item_word(self.item.status)

    @property
    def need(self) -> int:
        return _NEED[self.look]

    @property
    def date(self) -> datetime | None:
        return self.entry.date if self.entry else None

    @property
    def supplier(self) -> str:
        return (self.entry.supplier_name or "") if self.entry else ""

    @property
    def money(self) -> Money | None:
        return self.entry.amount.in_supplier_currency if self.entry else None

    @property
    def person(self) -> str:
        return self.entry.user.name if self.entry and self.entry.user else ""

    @property
    def account(self) -> str:
        accounts = self.entry.accounts if self.entry else ()
        return ", ".join(f"{account.code} {account.name}" if account.code else account.name for account in accounts)

    @property
    def reason(self) -> str:
        return self.item.failure_reason or ""

    @property
    def failure(self) -> str:
        kind = self.item.failure_reason_type
        return failure_words(kind).title if kind else ""

    @property
    def external_id(self) -> str:
        return self.item.external_id or ""


def item_rows(items: tuple[ExportJobItem, ...], entries: Mapping[EntryId, ExportItem]) -> list[ItemRow]:
    """In Pleo's order, but with what needs the accountant first."""
    seen: dict[EntryId, int] = {}
    rows = []
    for item in items:
        times = seen[item.accounting_entry_id] = seen.get(item.accounting_entry_id, -1) + 1
        rows.append(ItemRow((item.accounting_entry_id, times), item, entries.get(item.accounting_entry_id)))
    return sorted(rows, key=lambda row: row.need)


def in_order(rows: Iterable[ItemRow], order: Mapping[ItemKey, int]) -> list[ItemRow]:
    """As they stood before, so that no row moves away while somebody reads it; new ones last."""
    return sorted(rows, key=lambda row: order.get(row.key, len(order)))
