"""Which item each row of a list is about, by what it was found, and what speaks against taking its word. Pure.

A row names its item by the reconciliation id, then by the entry's id, then by a reference; a row that names none is
looked for by date with amount and currency. Nothing is guessed: several items that fit stay several, two rows for one
item must say the same, and the order of the rows makes no difference.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import NamedTuple

from app.models.export_item import ExportItem
from app.models.snapshot import AccountingData, JobSnapshot
from app.postings.amounts import UNREADABLE, Amount
from app.postings.job_index import JobIndex, Places, job_index, money_of
from app.postings.rows import ListedRows
from app.postings.steps import Steps, slices
from app.postings.words import ColumnRole


class MatchedBy(StrEnum):
    RECONCILIATION_ID = "reconciliation_id"
    ENTRY_ID = "entry_id"
    REFERENCE = "reference"
    DATE_AND_AMOUNT = "date_amount_currency"


class Doubt(StrEnum):
    """Why a row that fits an item is not taken at its word; `wording` says it in sentences."""

    SEVERAL_ITEMS = "several_items"
    IDS_DISAGREE = "ids_disagree"
    ROWS_DISAGREE = "rows_disagree"
    AMOUNT_DIFFERS = "amount_differs"
    CURRENCY_DIFFERS = "currency_differs"
    AMOUNT_UNREADABLE = "amount_unreadable"
    STATUS_UNKNOWN = "status_unknown"
    STATUS_MISSING = "status_missing"
    DATE_IN_FUTURE = "date_in_future"
    DATE_UNREADABLE = "date_unreadable"


class RowKind(Enum):
    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NOT_IN_JOB = "not in this job"


class RowMatch(NamedTuple):
    """`place` counts the rows of the list, `items` the job's items. `same_as` is the place of an earlier row that says
    the same of the same item, and stands for both."""

    place: int
    number: int
    items: Places
    by: MatchedBy | None
    doubts: tuple[Doubt, ...] = ()
    same_as: int | None = None

    @property
    def kind(self) -> RowKind:
        if not self.items:
            return RowKind.NOT_IN_JOB
        return RowKind.AMBIGUOUS if self.doubts else RowKind.MATCHED


@dataclass(frozen=True, slots=True)
class MatchResult:
    """`missing` are the items that no row is about, not even perhaps."""

    rows: list[RowMatch]
    missing: list[int]


class _Found(NamedTuple):
    items: Places
    by: MatchedBy
    disagree: bool = False


# Long enough that no word of a sentence is one by chance.
_TOKEN = re.compile(r"[^\W_][\w-]{6,}[^\W_]")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def match(rows: ListedRows, snapshot: JobSnapshot, accounting: AccountingData, today: date) -> Steps[MatchResult]:
    """`today` is the last day on which something can have been posted."""
    index = yield from job_index(snapshot, accounting)
    finder = _Finder(rows, index)
    found: list[_Found | None] = []
    for part in slices(len(rows)):
        found += map(finder.named, range(part.start, part.stop))
        yield
    unnamed = [place for place, each in enumerate(found) if each is None]
    if unnamed and finder.can_look_by_date():
        yield from index.index_days()
        for part in slices(len(unnamed)):
            for place in unnamed[part]:
                found[place] = finder.by_date(place)
            yield
    judge = _Judge(rows, index, today, _claims(found))
    matches: list[RowMatch] = []
    for part in slices(len(rows)):
        matches += map(judge.judged, range(part.start, part.stop), found[part])
        yield
    seen = {item for each in found if each for item in each.items}
    return MatchResult(matches, [item for item in range(len(index.items)) if item not in seen])


class _Finder:
    def __init__(self, rows: ListedRows, index: JobIndex) -> None:
        self._rows = rows
        self._index = index
        self._keys = [keys for _, keys in rows.keys]
        self._only = self._keys[0] if len(self._keys) == 1 else None
        # A column of Pleo's own ids that names no item of this job names one of another.
        self._strict = [keys for role, keys in rows.keys if role is not ColumnRole.REFERENCE]

    def named(self, place: int) -> _Found | None:
        """By what the row calls it."""
        found = self._by_id(self._only[place]) if self._only else None
        if found is None:
            found = self._by_ids([keys[place] for keys in self._keys if keys[place]]) or self._by_rest(place)
        return self._narrowed(place, found) if found and len(found.items) > 1 else found

    def _narrowed(self, place: int, found: _Found) -> _Found:
        """Of several items with one id, the only one of the row's amount, or of its day as well."""
        amount, day = self._rows.amounts[place], self._rows.dates[place]
        items, currency = found.items, self._rows.currencies[place]
        if isinstance(amount, Decimal):
            items = tuple(item for item in items if doubt_of_money(self._index.entries[item], amount, currency) is None)
        if len(items) > 1 and isinstance(day, datetime):
            items = tuple(item for item in items if self._index.is_of_day(item, day.date()))
        return found if len(items) != 1 or found.disagree else _Found(items, found.by)

    def _by_id(self, key: str) -> _Found | None:
        items, others = self._index.by_reconciliation_id.get(key), self._index.by_entry_id.get(key)
        if items:
            by = MatchedBy.RECONCILIATION_ID
            return _disagreeing((items, others), by) if others and others != items else _Found(items, by)
        return _Found(others, MatchedBy.ENTRY_ID) if others else None

    def _by_ids(self, keys: Sequence[str]) -> _Found | None:
        """The items that all the ids have in common; all of them, in disagreement, where there is none."""
        hits = [hit for hit in map(self._by_id, keys) if hit]
        if len(hits) < 2:
            return hits[0] if hits else None
        best = next((hit for hit in hits if hit.by is MatchedBy.RECONCILIATION_ID), hits[0])
        common = set(hits[0].items).intersection(*(hit.items for hit in hits))
        if common:
            return _Found(tuple(sorted(common)), best.by)
        return _disagreeing((hit.items for hit in hits), best.by)

    def _by_rest(self, place: int) -> _Found | None:
        """Ids among other words, then references, then the number of an entry that the item has already."""
        texts = [*(keys[place] for keys in self._keys), self._rows.texts[place].casefold()]
        tokens = [token for text in texts if text for token in _TOKEN.findall(text)]
        found = self._by_ids(tokens)
        if found:
            return found
        references = [self._index.by_invoice_number.get(key) for key in texts[:-1] if key]
        references.append(self._index.by_external_id.get(self._rows.said[ColumnRole.VOUCHER][place].casefold()))
        return next((_Found(items, MatchedBy.REFERENCE) for items in references if items), None)

    def can_look_by_date(self) -> bool:
        return any(self._rows.amounts) and any(self._rows.dates)

    def by_date(self, place: int) -> _Found | None:
        amount, day = self._rows.amounts[place], self._rows.dates[place]
        if not isinstance(amount, Decimal) or not isinstance(day, datetime) or self._names_another(place):
            return None
        items = self._index.on(day.date(), amount, self._rows.currencies[place])
        return _Found(items, MatchedBy.DATE_AND_AMOUNT) if items else None

    def _names_another(self, place: int) -> bool:
        """Whether the row is about an entry of Pleo's that is not in this job."""
        if any(keys[place] for keys in self._strict):
            return True
        return any(_UUID.search(keys[place]) or self._index.is_like_an_id(keys[place]) for keys in self._keys)


def _disagreeing(hits: Iterable[Places], by: MatchedBy) -> _Found:
    return _Found(tuple(sorted({item for items in hits for item in items})), by, disagree=True)


def _claims(found: Sequence[_Found | None]) -> dict[int, list[int]]:
    """The rows for each item that has more than one, only those that are about no other."""
    first: dict[int, int] = {}
    several: dict[int, list[int]] = {}
    for place, each in enumerate(found):
        if each is None or len(each.items) > 1:
            continue
        (item,) = each.items
        earlier = first.setdefault(item, place)
        if earlier != place:
            several.setdefault(item, [earlier]).append(place)
    return several


def doubt_of_money(entry: ExportItem | None, amount: Amount, currency: str) -> Doubt | None:
    """None where the amount is the entry's, and where there is nothing to compare."""
    if amount is UNREADABLE:
        return Doubt.AMOUNT_UNREADABLE
    if amount is None or entry is None:
        return None
    money = money_of(entry, currency)
    if not money:
        return Doubt.CURRENCY_DIFFERS
    return None if any(each.amount.copy_abs() == amount for each in money) else Doubt.AMOUNT_DIFFERS


class _Judge:
    """`several` are the rows for each item that has more than one."""

    def __init__(self, rows: ListedRows, index: JobIndex, today: date, several: dict[int, list[int]]) -> None:
        self._rows = rows
        self._index = index
        self._today = today
        self._several = several

    def judged(self, place: int, found: _Found | None) -> RowMatch:
        number = self._rows.numbers[place]
        if found is None:
            return RowMatch(place, number, (), None)
        if len(found.items) > 1:
            which = Doubt.IDS_DISAGREE if found.disagree else Doubt.SEVERAL_ITEMS
            return RowMatch(place, number, found.items, found.by, (which, *self._doubts_of_row(place)))
        (item,) = found.items
        rivals = self._several.get(item, [place])
        doubts = (*self._doubts_of_row(place), *self._doubts_of_money(rivals, item))
        if any(self._statement(rival) != self._statement(place) for rival in rivals):
            doubts = (*doubts, Doubt.ROWS_DISAGREE)
        same_as = rivals[0] if rivals[0] != place and not doubts else None
        return RowMatch(place, number, found.items, found.by, doubts, same_as)

    def _doubts_of_row(self, place: int) -> tuple[Doubt, ...]:
        rows, doubts = self._rows, []
        if rows.statuses[place] is None:
            doubts.append(Doubt.STATUS_UNKNOWN if rows.said[ColumnRole.STATUS][place] else Doubt.STATUS_MISSING)
        posted = rows.posted[place]
        if posted is UNREADABLE:
            doubts.append(Doubt.DATE_UNREADABLE)
        elif posted is not None and posted.date() > self._today:
            doubts.append(Doubt.DATE_IN_FUTURE)
        return tuple(doubts)

    def _doubts_of_money(self, places: Sequence[int], item: int) -> tuple[Doubt, ...]:
        """Of all rows for the item together: of several lines one has the item's amount, or their sum is it."""
        rows, entry = self._rows, self._index.entries[item]
        doubts = [doubt_of_money(entry, rows.amounts[place], rows.currencies[place]) for place in places]
        if None in doubts:
            return ()
        if len(places) > 1 and all(isinstance(rows.amounts[place], Decimal) for place in places):
            total = sum((amount for place in places if isinstance(amount := rows.amounts[place], Decimal)), Decimal())
            if doubt_of_money(entry, total, rows.currencies[places[0]]) is None:
                return ()
        return tuple(sorted({doubt for doubt in doubts if doubt}))

    def _statement(self, place: int) -> tuple[object, ...]:
        """What a row would have Pleo told of its item."""
        rows = self._rows
        return rows.statuses[place], rows.posted[place], *(texts[place] for texts in rows.said.values())
