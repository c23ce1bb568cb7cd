"""A job's items by what a posting list may name them by. Pure; in slices."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date
from decimal import Decimal
from typing import Final

from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.money import Money
from app.models.snapshot import AccountingData, JobSnapshot
from app.postings.steps import Steps, slices

# Places of items in the job, in ascending order.
Places = tuple[int, ...]

_HEX = re.compile(r"[0-9a-f]")
_SHORTEST_TELLING_ID: Final = 8


class JobIndex:
    """Every key is in lower case. An id that several items share finds them all."""

    def __init__(self, items: tuple[ExportJobItem, ...], entries: list[ExportItem | None]) -> None:
        self.items = items
        self.entries = entries
        self.by_entry_id: Mapping[str, Places] = {}
        self.by_reconciliation_id: Mapping[str, Places] = {}
        self.by_invoice_number: Mapping[str, Places] = {}
        self.by_external_id: Mapping[str, Places] = {}
        self._by_day: dict[tuple[date, str, Decimal], Places] = {}
        self._shapes: set[str] = set()

    def is_like_an_id(self, key: str) -> bool:
        """Whether it is written as the reconciliation ids of this job are."""
        if not self._shapes:
            self._shapes = {_shape(known) for known in self.by_reconciliation_id}
        return len(key) >= _SHORTEST_TELLING_ID and _shape(key) in self._shapes

    def index_days(self) -> Steps[None]:
        """What `on` needs; most lists name their items and do not need it."""
        for part in slices(len(self.entries)):
            for place in range(part.start, part.stop):
                entry = self.entries[place]
                if entry is not None:
                    self._index_day(place, entry)
            yield

    def _index_day(self, place: int, entry: ExportItem) -> None:
        day = entry.date.astimezone(UTC).date()
        supplier, wallet = entry.amount.in_supplier_currency, entry.amount.in_wallet_currency
        keys = {(day, money.currency, money.amount.copy_abs()) for money in (supplier, wallet)}
        # A list that names no currency is in the company's own.
        keys.add((day, "", wallet.amount.copy_abs()))
        for key in keys:
            self._by_day[key] = (*self._by_day.get(key, ()), place)

    def is_of_day(self, place: int, day: date) -> bool:
        entry = self.entries[place]
        return entry is not None and entry.date.astimezone(UTC).date() == day

    def on(self, day: date, amount: Decimal, currency: str) -> Places:
        """By the day in UTC and the amount without its sign, in the supplier's or the company's currency."""
        return self._by_day.get((day, currency, amount), ())


def money_of(entry: ExportItem, currency: str) -> tuple[Money, ...]:
    """The entry's amounts in that currency; both where the list names none."""
    pair = entry.amount
    return tuple(
        money for money in (pair.in_supplier_currency, pair.in_wallet_currency) if currency in ("", money.currency)
    )


def job_index(snapshot: JobSnapshot, accounting: AccountingData) -> Steps[JobIndex]:
    items = snapshot.items
    entries = [accounting.entries.get(item.accounting_entry_id) for item in items]
    index = JobIndex(items, entries)
    yield
    index.by_entry_id = _first_places([item.accounting_entry_id.casefold() for item in items])
    yield
    index.by_reconciliation_id = _places([entry.reconciliation_id.casefold() if entry else "" for entry in entries])
    yield
    index.by_invoice_number = _places([(entry.invoice_number or "").casefold() if entry else "" for entry in entries])
    yield
    index.by_external_id = _places([(item.external_id or "").casefold() for item in items])
    yield
    return index


def _first_places(keys: list[str]) -> dict[str, Places]:
    """An entry that Pleo lists twice is one item."""
    return {key: (place,) for place, key in reversed([*enumerate(keys)])}


def _places(keys: Iterable[str]) -> dict[str, Places]:
    found: dict[str, Places] = {}
    for place, key in enumerate(keys):
        if key:
            found[key] = (*found[key], place) if key in found else (place,)
    return found


def _shape(key: str) -> str:
    return _HEX.sub("0", key)
