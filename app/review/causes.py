"""Failed items grouped by what went wrong: the failure type, and the reason without what differs from item to item."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.messages import said
from app.models.cause import CauseKey
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.vocabulary import EntryId, FailureType, Item
from app.review.control_totals import ExactSums
from app.review.failure_catalogue import FailureWords, failure_words
from app.review.reasons import template_of
from app.slices import Slices

# Under two milliseconds.
_ITEMS_IN_A_SLICE = 100
_VARIABLES_KEPT = 50
# What differs from item to item every time has no most frequent one.
_VARIABLES_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Cause:
    """`key` names the cause across jobs. `example` is one reason in the server's own words, `variables` are what fills
    its gaps, the most frequent first; `sums` are per currency in whole units, and exact."""

    key: CauseKey
    words: FailureWords
    example: str
    variables: tuple[str, ...]
    item_ids: tuple[EntryId, ...]
    sums: Mapping[str, Decimal]

    @property
    def count(self) -> int:
        return len(self.item_ids)


def causes(items: Iterable[ExportJobItem], entries: Mapping[EntryId, ExportItem]) -> tuple[Cause, ...]:
    """The failed items' causes, the most frequent first, else in the order of the items."""
    search = CauseSearch(items, entries)
    for _ in search:
        pass
    return search.found


class CauseSearch:
    """The same a slice at a time: iterate to the end, then `found` holds the causes."""

    def __init__(self, items: Iterable[ExportJobItem], entries: Mapping[EntryId, ExportItem]) -> None:
        self._failed = [item for item in items if item.status == Item.FAILED]
        self._entries = entries
        self.found: tuple[Cause, ...] = ()

    def __iter__(self) -> Slices[None]:
        groups: dict[CauseKey, _Group] = {}
        for number, item in enumerate(self._failed, 1):
            self._sort_in(item, groups)
            if number % _ITEMS_IN_A_SLICE == 0:
                yield
        by_count: dict[int, list[Cause]] = {}
        for number, (key, group) in enumerate(groups.items(), 1):
            cause = group.cause(key)
            by_count.setdefault(cause.count, []).append(cause)
            if number % _ITEMS_IN_A_SLICE == 0:
                yield
        self.found = tuple(cause for count in sorted(by_count, reverse=True) for cause in by_count[count])

    def _sort_in(self, item: ExportJobItem, groups: dict[CauseKey, "_Group"]) -> None:
        entry = self._entries.get(item.accounting_entry_id)
        template, filled = template_of(item.failure_reason or "", _names(entry))
        key = (item.failure_reason_type or "", template)
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(item.failure_reason or "")
        group.take(item, entry, filled)


class _Group:
    __slots__ = ("_example", "_ids", "_sums", "_variables")

    def __init__(self, example: str) -> None:
        self._example = example
        self._ids: list[EntryId] = []
        self._variables: Counter[str] = Counter()
        self._sums = ExactSums()

    def take(self, item: ExportJobItem, entry: ExportItem | None, filled: tuple[str, ...]) -> None:
        self._ids.append(item.accounting_entry_id)
        counted = self._variables
        for value in dict.fromkeys(filled):
            if value in counted or len(counted) < _VARIABLES_COUNTED:
                counted[value] += 1
        if entry and entry.amount.in_supplier_currency:
            self._sums.add(entry.amount.in_supplier_currency)

    def cause(self, key: CauseKey) -> Cause:
        kind = key[0]
        return Cause(
            key=key,
            words=failure_words(FailureType(kind)) if kind else FailureWords(said("No failure type")),
            example=self._example,
            variables=tuple(value for value, _ in self._variables.most_common(_VARIABLES_KEPT)),
            item_ids=tuple(self._ids),
            sums=self._sums.found(),
        )


def _names(entry: ExportItem | None) -> Iterator[str]:
    """What the item itself says about supplier, person, team and accounts."""
    if entry is None:
        return
    if entry.supplier_name:
        yield entry.supplier_name
    for one in (entry.user, entry.team, *entry.accounts):
        if one:
            yield one.name
