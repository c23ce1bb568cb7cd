"""Does it all add up: items and money by status, against what Pleo says the job holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal

from app.models.export_item import ExportItem
from app.models.money import Money
from app.models.snapshot import JobSnapshot
from app.models.vocabulary import FINAL_ITEM, OPEN_ITEM, EntryId, ItemStatus
from app.slices import Slices, slices

# Decimal's usual context rounds to 28 digits; a control total may not.
_EXACT = Context(prec=1_000)
# About a millisecond.
_ITEMS_IN_A_SLICE = 1_000

Sums = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class StatusTotal:
    """`sums` are per currency in whole units, exact; `without_amount` counts items whose amount is not known."""

    status: ItemStatus
    count: int
    sums: Sums
    without_amount: int


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """`by_status` has Pleo's statuses first, then unknown words; `sums` are over all of them. `twice` counts rows of
    entries that were read before, so that the same entry cannot stand in for a missing one. `expected` is None where
    Pleo does not say it readably; then nothing adds up."""

    by_status: tuple[StatusTotal, ...]
    sums: Sums
    expected: int | None
    twice: int

    @property
    def count(self) -> int:
        return sum(total.count for total in self.by_status)

    @property
    def without_amount(self) -> int:
        return sum(total.without_amount for total in self.by_status)

    @property
    def difference(self) -> int | None:
        """How many items more (or fewer, negative) were read than Pleo says the job has; None where it does not say."""
        return None if self.expected is None else self.count - self.expected

    @property
    def adds_up(self) -> bool:
        return self.difference == 0 and self.twice == 0


class ExactSums:
    """Adds up money per currency, in Pleo's units until the end."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[str, Decimal] = {}

    def add(self, money: Money) -> None:
        known = self._values.get(money.currency)
        self._values[money.currency] = money.value if known is None else _EXACT.add(known, money.value)

    def found(self) -> Sums:
        """In whole units."""
        return {
            currency: Money(currency=currency, value=value).amount for currency, value in sorted(self._values.items())
        }


class TotalsSearch:
    """Control totals a slice at a time: iterate to the end, then `found` holds them."""

    def __init__(self, snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem]) -> None:
        self._snapshot = snapshot
        self._entries = entries
        self.found: ControlTotals | None = None

    def __iter__(self) -> Slices[None]:
        items = self._snapshot.items
        different: set[EntryId] = set()
        counts: dict[ItemStatus, _Count] = {}
        all_sums = ExactSums()
        for part in slices(len(items), _ITEMS_IN_A_SLICE):
            for item in items[part]:
                different.add(item.accounting_entry_id)
                count = counts.get(item.status)
                if count is None:
                    count = counts[item.status] = _Count()
                entry = self._entries.get(item.accounting_entry_id)
                count.take(entry)
                money = entry.amount.in_supplier_currency if entry else None
                if money:
                    all_sums.add(money)
            yield
        self.found = ControlTotals(
            tuple(counts[status].total(status) for status in _in_order(counts)),
            all_sums.found(),
            self._snapshot.job.number_of_items,
            twice=len(items) - len(different),
        )


def _in_order(statuses: Iterable[ItemStatus]) -> list[ItemStatus]:
    """Pleo's first, then unknown words by the alphabet."""
    known = (*FINAL_ITEM, *OPEN_ITEM)
    return sorted(statuses, key=lambda status: (known.index(status) if status in known else len(known), status))


class _Count:
    __slots__ = ("_count", "_sums", "_without_amount")

    def __init__(self) -> None:
        self._count = self._without_amount = 0
        self._sums = ExactSums()

    def take(self, entry: ExportItem | None) -> None:
        self._count += 1
        money = entry.amount.in_supplier_currency if entry else None
        if money is None:
            self._without_amount += 1
        else:
            self._sums.add(money)

    def total(self, status: ItemStatus) -> StatusTotal:
        return StatusTotal(status, self._count, self._sums.found(), self._without_amount)


def control_totals(snapshot: JobSnapshot, entries: Mapping[EntryId, ExportItem]) -> ControlTotals:
    search = TotalsSearch(snapshot, entries)
    for _ in search:
        pass
    assert search.found
    return search.found
