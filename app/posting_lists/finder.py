"""Finds the items that a row may be about: by the reconciliation id, the entry's id, a reference, at last by date with
amount and currency. Pure."""

import re
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from app.models.export_item import ExportItem
from app.posting_lists.amounts import UNREADABLE, Amount
from app.posting_lists.denials import is_nothing
from app.posting_lists.job_index import JobIndex, money_of, tokens
from app.posting_lists.known_words import ColumnRole, squeezed
from app.posting_lists.match_result import Doubt, MatchedBy, Places
from app.posting_lists.rows import ListedRows
from app.posting_lists.table import text_of

# An id that so many share tells nothing.
_MOST_NARROWED = 100
_DATES = (ColumnRole.DATE, ColumnRole.POSTING_DATE)
_IDS = (ColumnRole.RECONCILIATION_ID, ColumnRole.ENTRY_ID)


# What tells one supplier from another: no legal form.
_WORD = re.compile(r"(?!gmbh|aps|ltd|inc|plc|llc|sarl|the|und|and|sons|group)[^\W_]{3,}")


# What a column of ids holds, in lower case.
Key = tuple[ColumnRole, str]


class Found(NamedTuple):
    """`disagree` where the ids of one row name items that have none in common, or an entry that is not in this job;
    `unlike` where a row that was found by its date names a reference or a supplier that is not the item's."""

    items: Places
    by: MatchedBy
    disagree: bool = False
    unlike: bool = False


class Finder:
    """For the rows that do not plainly name one item. Needs `index_everything`, and `index_days` for `by_date`."""

    def __init__(self, rows: ListedRows, index: JobIndex) -> None:
        self._rows = rows
        self._index = index

    def named(self, place: int) -> Found | None:
        """By what the row calls it."""
        keys = self._keys(place)
        found = self._by_ids(self._ids(place, keys))
        if found and self._names_another(keys, _IDS):
            return found._replace(disagree=True)
        found = found or self._by_reference(place, keys)
        return self._narrowed(place, found) if found and len(found.items) > 1 else found

    def _keys(self, place: int) -> list[Key]:
        texts = ((role, text_of(cells[place]).casefold()) for role, cells in self._rows.keys)
        return [(role, self._index.known_as(text)) for role, text in texts if text]

    def _ids(self, place: int, keys: Sequence[Key]) -> list[str]:
        """Ids may stand among other words; those of the text count only where no column holds one alone."""
        alone = [text for _, text in keys if self._index.knows_any([text])]
        among = [text for _, text in keys if text not in alone]
        if not alone:
            among.append(self._rows.text(ColumnRole.TEXT, place).casefold())
        return [*alone, *(self._index.known_as(token) for text in among for token in tokens(text))]

    def _by_ids(self, keys: Iterable[str]) -> Found | None:
        """The items that all the ids have in common; all of them, in disagreement, where there is none."""
        hits = [hit for hit in map(self._by_id, keys) if hit]
        if len(hits) < 2:
            return hits[0] if hits else None
        by = min((hit.by for hit in hits), key=list(MatchedBy).index)
        common = set(hits[0].items).intersection(*(hit.items for hit in hits))
        if common and not any(hit.disagree for hit in hits):
            return Found(tuple(sorted(common)), by)
        return _disagreeing((hit.items for hit in hits), by)

    def _by_id(self, key: str) -> Found | None:
        items, others = self._index.by_reconciliation_id.get(key), self._index.by_entry_id.get(key)
        if items and others and others != items:
            return _disagreeing((items, others), MatchedBy.RECONCILIATION_ID)
        if items:
            return Found(items, MatchedBy.RECONCILIATION_ID)
        return Found(others, MatchedBy.ENTRY_ID) if others else None

    def _by_reference(self, place: int, keys: Sequence[Key]) -> Found | None:
        """Invoice numbers, then the number of an entry in the books that the item has already."""
        if self._names_another(keys):
            return None
        hits = [self._index.by_invoice_number.get(text) for _, text in keys]
        voucher = self._rows.text(ColumnRole.VOUCHER, place).casefold()
        hits.append(self._index.by_external_id.get(voucher))
        return next((Found(items, MatchedBy.REFERENCE) for items in hits if items), None)

    def _narrowed(self, place: int, found: Found) -> Found:
        """Of several items with one id, the only one of the row's amount, or of its day as well; all of them where the
        accounting data of some is missing."""
        if len(found.items) > _MOST_NARROWED or any(self._index.entries[item] is None for item in found.items):
            return found
        amount, day = self._rows.amount(place), self._rows.date(place)
        items, currency = found.items, self._rows.currency(place)
        if isinstance(amount, Decimal):
            items = tuple(item for item in items if doubt_of_money(self._index.entries[item], amount, currency) is None)
        if len(items) > 1 and isinstance(day, datetime):
            items = tuple(item for item in items if self._index.is_of_day(item, day.date()))
        return found if len(items) != 1 or found.disagree else Found(items, found.by)

    def can_look_by_date(self) -> bool:
        return self._rows.has_amounts() and self._rows.has(*_DATES)

    def by_date(self, place: int) -> Found | None:
        amount, day, keys = self._rows.amount(place), self._rows.date(place), self._keys(place)
        if not isinstance(amount, Decimal) or not isinstance(day, datetime):
            return None
        if any(role in _IDS for role, _ in keys) or self._names_another(keys):
            return None
        items = self._index.on(day.date(), amount, self._rows.currency(place))
        if not items:
            return None
        is_unlike = len(items) == 1 and not self._may_be_called(place, items[0])
        return Found(items, MatchedBy.DATE_AND_AMOUNT, unlike=is_unlike)

    def _may_be_called(self, place: int, item: int) -> bool:
        """Whether what the row says of its reference and its supplier may be the item's."""
        entry = self._index.entries[item]
        if entry is None:
            return True
        own = [
            entry.invoice_number,
            entry.note,
            entry.supplier_name,
            entry.reconciliation_id,
            entry.accounting_entry_id,
        ]
        words = [squeezed(text) for text in own if text]
        for text in self._rows.references(place):
            said = squeezed(text)
            if not is_nothing(text) and not any(said in word or (word and word in said) for word in words):
                return False
        suppliers = self._rows.suppliers(place)
        return not entry.supplier_name or all(_is_like(text, entry.supplier_name) for text in suppliers)

    def would_be_found(self, place: int) -> bool:
        """Whether the row holds anything by which an item of this job would have been found."""
        keys = self._keys(place)
        if any(role in _IDS for role, _ in keys):
            return True
        texts = [text for _, text in keys] + [self._rows.text(ColumnRole.TEXT, place).casefold()]
        if any(map(self._index.is_like_an_id, [*texts, *(token for text in texts for token in tokens(text))])):
            return True
        return isinstance(self._rows.amount(place), Decimal) and isinstance(self._rows.date(place), datetime)

    def _names_another(self, keys: Iterable[Key], roles: Container[ColumnRole] = tuple(ColumnRole)) -> bool:
        """Whether one of these columns holds the id of an entry of Pleo's that is not in this job."""
        return any(
            any(map(self._index.is_like_an_id, said)) and not any(map(self._is_known, said))
            for role, text in keys
            if role in roles and (said := [text, *tokens(text)])
        )

    def _is_known(self, key: str) -> bool:
        return self._index.knows_any([key]) or key in self._index.by_invoice_number


def doubt_of_money(entry: ExportItem | None, amount: Amount, currency: str) -> Doubt | None:
    """None where the amount is the entry's, and where the row has none. `entry` is None without accounting data."""
    if amount is UNREADABLE:
        return Doubt.AMOUNT_UNREADABLE
    if amount is None:
        return None
    if entry is None:
        return Doubt.AMOUNT_UNCHECKED
    money = money_of(entry, currency)
    if not money:
        pair = entry.amount
        is_read = pair.in_supplier_currency and pair.in_wallet_currency
        return Doubt.CURRENCY_DIFFERS if is_read else Doubt.AMOUNT_UNCHECKED
    return None if any(each.amount.copy_abs() == amount for each in money) else Doubt.AMOUNT_DIFFERS


def _is_like(name: str, other: str) -> bool:
    """Whether two names of a supplier have a word in common, or the beginning of one."""
    said, own = (_WORD.findall(text.casefold()) for text in (name, other))
    return not said or not own or any(a.startswith(b) or b.startswith(a) for a in said for b in own)


def _disagreeing(hits: Iterable[Places], by: MatchedBy) -> Found:
    return Found(tuple(sorted({item for items in hits for item in items})), by, disagree=True)
