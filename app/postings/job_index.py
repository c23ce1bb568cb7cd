"""A job's items by what a posting list may name them by. Pure; in slices."""

import re
from collections.abc import Iterable
from datetime import UTC, date
from decimal import Decimal
from itertools import islice
from typing import Final

from app.models.export_item import ExportItem
from app.models.money import Money
from app.models.snapshot import AccountingData, JobSnapshot
from app.postings.match_result import Places
from app.postings.steps import Steps, slices

_HEX = re.compile(r"[0-9a-f]")
_SHORTEST_TELLING_ID: Final = 8
_IDS_LOOKED_AT: Final = 1_000


class JobIndex:
    """Every key is in lower case.

    `sure` is for the many: ids that name one item, as its place; an entry's own id as its place plus the number of
    items. The other maps know every item that a key may mean, and are filled only where some row needs them.
    """

    def __init__(self, snapshot: JobSnapshot, accounting: AccountingData) -> None:
        self.items = snapshot.items
        self.entries = [accounting.entries.get(item.accounting_entry_id) for item in self.items]
        self.sure: dict[str, int] = {}
        self.by_entry_id: dict[str, Places] = {}
        self.by_reconciliation_id: dict[str, Places] = {}
        self.by_invoice_number: dict[str, Places] = {}
        self.by_external_id: dict[str, Places] = {}
        self._by_day: dict[tuple[date, str, Decimal], Places] = {}
        self._shapes: set[str] = set()

    def index_ids(self) -> Steps[None]:
        count = len(self.items)
        own = [*map(str.casefold, [item.accounting_entry_id for item in self.items])]
        # Pleo may list an entry twice: the first counts.
        by_entry = dict(zip(reversed(own), range(2 * count - 1, count - 1, -1), strict=True))
        yield
        shared = [*map(str.casefold, [entry.reconciliation_id if entry else "" for entry in self.entries])]
        by_reconciliation = dict(zip(shared, range(count), strict=True))
        yield
        if len(by_reconciliation) < count:
            seen: set[str] = set()
            for key in shared:
                if key in seen:
                    by_reconciliation.pop(key, None)
                    by_entry.pop(key, None)
                seen.add(key)
        by_reconciliation.pop("", None)
        yield
        if not by_reconciliation.keys().isdisjoint(by_entry):
            for key in by_reconciliation.keys() & by_entry.keys():
                if by_entry.pop(key) != by_reconciliation[key] + count:
                    del by_reconciliation[key]
        yield
        by_entry.update(by_reconciliation)
        self.sure = by_entry

    def index_everything(self) -> Steps[None]:
        """The maps beside `sure`, but for the days."""
        entries, items = self.entries, self.items
        yield from _fill(self.by_entry_id, (item.accounting_entry_id for item in items))
        self.by_entry_id = {key: places[:1] for key, places in self.by_entry_id.items()}
        yield from _fill(self.by_reconciliation_id, (entry.reconciliation_id if entry else "" for entry in entries))
        yield from _fill(self.by_invoice_number, (entry.invoice_number if entry else "" for entry in entries))
        yield from _fill(self.by_external_id, (item.external_id for item in items))

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

    def is_like_an_id(self, key: str) -> bool:
        """Whether it is written as the reconciliation ids of this job are."""
        if not self._shapes:
            self._shapes = {_shape(known) for known in islice(self.by_reconciliation_id, _IDS_LOOKED_AT)}
        return len(key) >= _SHORTEST_TELLING_ID and _shape(key) in self._shapes

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


def _fill(found: dict[str, Places], keys: Iterable[str | None]) -> Steps[None]:
    for place, written in enumerate(keys):
        if written:
            key = written.casefold()
            found[key] = (*found[key], place) if key in found else (place,)
        if place % 10_000 == 9_999:
            yield


def _shape(key: str) -> str:
    return _HEX.sub("0", key)
