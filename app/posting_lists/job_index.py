"""A job's items by what a posting list may name them by. Pure; in slices."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, timedelta
from decimal import Decimal
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any, Final, TypeVar

from app.models.export_item import ExportItem
from app.models.money import Money, exponent_of
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import EntryId
from app.posting_lists.amounts import UNREADABLE, Amount
from app.posting_lists.match_result import Places
from app.slices import ROWS_IN_A_SLICE, Slices, slices

Value = TypeVar("Value")

_entry_id = attrgetter("accounting_entry_id")
_reconciliation_id = attrgetter("reconciliation_id")
_supplier_money: Callable[[ExportItem], Money | None] = attrgetter("amount.in_supplier_currency")
_currency, _value = attrgetter("currency"), attrgetter("value")
# Long enough that no word of a sentence is one by chance.
_TOKEN = re.compile(r"[^\W_][\w-]{6,}[^\W_]")
_UUID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
# As word processors and other systems write the hyphen of an id.
_HYPHENS: Final = dict.fromkeys(
    map(ord, "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{SOFT HYPHEN}_"),
    "-",
)
_HEX = re.compile(r"[0-9a-f]")
_SHORTEST_TELLING_ID: Final = 8
_IDS_LOOKED_AT: Final = 1_000
# A receipt may be dated after its posting, but not by so much.
_BEFORE_THE_EXPENSE: Final = timedelta(days=62)
_BEFORE_THE_JOB: Final = timedelta(days=400)
# In a currency that no row names: not even an amount of zero is this one.
_NO_MONEY: Final = Money(currency="no accounting data", value=Decimal())


def job_index(snapshot: JobSnapshot, accounting: AccountingData) -> Slices["JobIndex"]:
    """With what every list needs; it serves any number of lists, and of mappings of one list."""
    index = JobIndex(snapshot)
    yield from index.take_entries(accounting.entries)
    yield from index.index_ids()
    yield from index.index_money()
    return index


def _once(work: Callable[["JobIndex"], Slices[None]]) -> Callable[["JobIndex"], Slices[None]]:
    """What is there already is not made again."""

    def made(index: "JobIndex") -> Slices[None]:
        if not index.has_made(work.__name__):
            yield from work(index)
            index.note_made(work.__name__)

    return made


class JobIndex:
    """Every key is in lower case.

    `sure` is for the many: ids that name one item, as its place; once `index_own_ids` has run, entries' own ids too, as
    the place plus the number of items. `hundredths` are the digits of the item's amount in hundredths of whole units,
    at least three and without a sign; what has no accounting data has a currency of its own. The other maps know every
    item that a key may mean, and are filled only where some row needs them.
    """

    def __init__(self, snapshot: JobSnapshot) -> None:
        self.items = snapshot.items
        # No job is made after it was read: where its time cannot be read, more rows are looked at for being early.
        self._job_made = (snapshot.job.created_at or snapshot.read_at).astimezone(UTC).date()
        self.entries: Sequence[ExportItem | None] = ()
        self.hundredths: list[str] = []
        self.currencies: list[str] = []
        self.sure: dict[str, int] = {}
        self.by_entry_id: dict[str, Places] = {}
        self.by_reconciliation_id: dict[str, Places] = {}
        self.by_invoice_number: dict[str, Places] = {}
        self.by_external_id: dict[str, Places] = {}
        self._by_day: dict[tuple[date, str, Decimal], Places] = {}
        self._ids: list[EntryId] = []
        self._has_all_entries = False
        self._bare: dict[str, str] = {}
        self._done: set[str] = set()
        self._shapes: set[str] = set()
        self._doubtful: set[str] = set()

    def has_made(self, what: str) -> bool:
        return what in self._done

    def note_made(self, what: str) -> None:
        self._done.add(what)

    def take_entries(self, entries: Mapping[EntryId, ExportItem]) -> Slices[None]:
        ids = self._ids = [*map(_entry_id, self.items)]
        yield
        if list(entries) == ids:  # as Pleo lists both
            self.entries, self._has_all_entries = list(entries.values()), True
            return
        found: list[ExportItem | None] = []
        for part in slices(len(ids)):
            found += map(entries.get, ids[part])
            yield
        self.entries, self._has_all_entries = found, all(found)

    def index_ids(self) -> Slices[None]:
        """Fills `sure` with the reconciliation ids that name one item and are no other's own id."""
        shared: list[str] = []
        for part in slices(len(self.entries)):
            shared += _lowered(self._of_each(part, _reconciliation_id, ""))
            self.sure.update(zip(shared[part], range(part.start, part.stop), strict=True))
            yield
        self.sure.pop("", None)
        if len(self.sure) < len(self.items):
            yield from self._leave_out(key for key, times in Counter(shared).items() if times > 1)
        yield
        # What differs in length need not be compared: most systems' ids do.
        if not {*map(len, shared)}.isdisjoint({*map(len, self._ids)}):
            own = yield from self._own_ids()
            sure = self.sure.get
            yield from self._leave_out([key for place, key in enumerate(own) if sure(key, place) != place])

    def _own_ids(self) -> Slices[list[str]]:
        own: list[str] = []
        for part in slices(len(self.items)):
            own += _lowered([*self._ids[part]])
            yield
        return own

    def _leave_out(self, keys: Iterable[str]) -> Slices[None]:
        """What names more than one item."""
        for key in keys:
            self.sure.pop(key, None)
            self._doubtful.add(key)
        yield

    @_once
    def index_own_ids(self) -> Slices[None]:
        """Adds the entries' own ids to `sure`: only a list that names items by them needs them."""
        count, own = len(self.items), (yield from self._own_ids())
        for part in slices(count):
            # A reconciliation id stays what it is; of an entry that Pleo lists twice the first counts.
            for place, key in enumerate(own[part], count + part.start):
                if key not in self._doubtful:
                    self.sure.setdefault(key, place)
            yield
        yield from self._index_bare()

    def _index_bare(self) -> Slices[None]:
        """What the ids are without hyphens; what two ids have in common there names neither."""
        known = [*self.sure, *self._doubtful]
        for part in slices(len(known)):
            for key in known[part]:
                bare = key.replace("-", "")
                self._bare[bare] = key if self._bare.get(bare, key) == key else ""
            yield

    def known_as(self, text: str) -> str:
        """The id that a text in lower case is, with its own hyphens: it may be written without, or with others. The
        text itself where it is none. Needs `index_own_ids`."""
        key = unified(text)
        if key in self.sure or key in self._doubtful:
            return key
        return self._bare.get(key.replace("-", "")) or text

    @_once
    def index_money(self) -> Slices[None]:
        """Fills `hundredths` and `currencies`, both the supplier's."""
        self.currencies, self.hundredths = [], []
        for part in slices(len(self.entries)):
            found = [money or _NO_MONEY for money in self._of_each(part, _supplier_money, None)]
            self.currencies += map(_currency, found)
            values = "\n".join(map(str, map(_value, found))).replace("-", "")
            self.hundredths += map(str.zfill, values.split("\n"), repeat(3))
            yield
        others = {each: 2 - exponent_of(each) for each in set(self.currencies) if exponent_of(each) != 2}
        for part in slices(len(self.entries) if others else 0):
            for place, currency in enumerate(self.currencies[part], part.start):
                if currency in others:
                    self.hundredths[place] = _moved(self.hundredths[place], others[currency])
            yield

    def _of_each(self, part: slice, what: Callable[[Any], Value], instead: Value) -> list[Value]:
        """Of these items' accounting data; `instead` where there is none."""
        entries = self.entries[part]
        return [*map(what, entries)] if self._has_all_entries else [what(each) if each else instead for each in entries]

    @_once
    def index_everything(self) -> Slices[None]:
        """The maps beside `sure`, but for the days."""
        entries, items = self.entries, self.items
        by_entry_id = yield from _places(item.accounting_entry_id for item in items)
        self.by_entry_id = {key: places[:1] for key, places in by_entry_id.items()}
        self.by_reconciliation_id = yield from _places(entry.reconciliation_id if entry else "" for entry in entries)
        self.by_invoice_number = yield from _places(entry.invoice_number if entry else "" for entry in entries)
        self.by_external_id = yield from _places(item.external_id for item in items)

    @_once
    def index_days(self) -> Slices[None]:
        """What `on` needs; most lists name their items and do not need it."""
        found: dict[tuple[date, str, Decimal], list[int]] = {}
        for part in slices(len(self.entries)):
            for place in range(part.start, part.stop):
                entry = self.entries[place]
                for key in _days_of(entry) if entry else ():
                    found.setdefault(key, []).append(place)
            yield
        self._by_day = {key: tuple(places) for key, places in found.items()}

    def knows_any(self, keys: Iterable[str]) -> bool:
        """Whether one of them is an id of an item, or of several. Needs `index_own_ids`."""
        bare = self._bare
        return any(
            key in self.sure or key in self._doubtful or (bare and bool(bare.get(unified(key).replace("-", ""))))
            for key in keys
        )

    def is_like_an_id(self, key: str) -> bool:
        """Whether it is written as the ids of this job are."""
        if not self._shapes:
            self._shapes = {_shape(known) for known in islice(chain(self.sure, self._doubtful), _IDS_LOOKED_AT)}
        return len(key) >= _SHORTEST_TELLING_ID and (_shape(key) in self._shapes or _UUID.search(key) is not None)

    @property
    def early_from_job(self) -> date:
        """What is posted from then on is early for no item, since no expense is later than its job."""
        return self._job_made + timedelta(days=1) - _BEFORE_THE_EXPENSE

    def earliest_day(self, place: int) -> date:
        """Before it nobody can have posted the item: well before its expense, or its job."""
        entry = self.entries[place]
        if entry is not None and entry.date is not None:
            return entry.date.astimezone(UTC).date() - _BEFORE_THE_EXPENSE
        return self._job_made - _BEFORE_THE_JOB

    def is_of_day(self, place: int, day: date) -> bool:
        entry = self.entries[place]
        return entry is not None and entry.date is not None and entry.date.astimezone(UTC).date() == day

    def is_money_of(self, place: int, amount: Amount, currency: str) -> bool:
        """Whether the item is of that amount in that very currency; of no amount it may be."""
        if amount is None or amount is UNREADABLE:
            return amount is None
        return self.currencies[place] == currency and Decimal(self.hundredths[place]) == amount.scaleb(2)

    def on(self, day: date, amount: Decimal, currency: str) -> Places:
        """By the day in UTC and the amount without its sign, in the supplier's or the company's currency."""
        return self._by_day.get((day, currency, amount), ())


def _moved(digits: str, places: int) -> str:
    """With its decimal point so many places to the right."""
    is_plain = places > 0 and digits.isdecimal()
    return digits + "0" * places if is_plain else f"{Decimal(digits).scaleb(places):f}"


def _lowered(texts: list[str]) -> list[str]:
    """Without case. Ids are nearly always so already, and then they are the very same texts."""
    all_texts = "\n".join(texts)
    is_so = all_texts.isascii() and all_texts == all_texts.lower()
    return texts if is_so else [*map(str.casefold, texts)]


def unified(text: str) -> str:
    """With the hyphen-minus for every hyphen."""
    return text if text.isascii() and "_" not in text else text.translate(_HYPHENS)


def tokens(text: str) -> list[str]:
    """What may be an id, or an invoice number, among other words."""
    return _TOKEN.findall(unified(text))


def money_of(entry: ExportItem, currency: str) -> tuple[Money, ...]:
    """The entry's amounts in that currency; both where the list names none; not those that cannot be read."""
    pair = entry.amount
    return tuple(
        money
        for money in (pair.in_supplier_currency, pair.in_wallet_currency)
        if money and currency in ("", money.currency)
    )


def _days_of(entry: ExportItem) -> set[tuple[date, str, Decimal]]:
    if entry.date is None:
        return set()
    day = entry.date.astimezone(UTC).date()
    supplier, wallet = entry.amount.in_supplier_currency, entry.amount.in_wallet_currency
    found = {(day, money.currency, money.amount.copy_abs()) for money in (supplier, wallet) if money}
    # A list that names no currency is in the company's own.
    return found | {(day, "", wallet.amount.copy_abs())} if wallet else found


def _places(keys: Iterable[str | None]) -> Slices[dict[str, Places]]:
    found: dict[str, list[int]] = {}
    for place, written in enumerate(keys):
        if written:
            found.setdefault(written.casefold(), []).append(place)
        if place % ROWS_IN_A_SLICE == 0:
            yield
    return {key: tuple(places) for key, places in found.items()}


def _shape(key: str) -> str:
    return _HEX.sub("0", key)
