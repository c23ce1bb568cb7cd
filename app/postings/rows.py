"""The rows of a list as values, by what the mapping says of its columns. Pure; in slices."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from app.postings.amounts import Amount, amounts
from app.postings.dates import DateReader, Moment
from app.postings.mapping import ListMapping, headings_of
from app.postings.steps import Steps, slices
from app.postings.table import Cell, PostingTable, Row, text_of
from app.postings.words import ColumnRole, StatusMeaning, known_words, squeezed

Value = TypeVar("Value")

_IDS: Final = (ColumnRole.RECONCILIATION_ID, ColumnRole.ENTRY_ID, ColumnRole.REFERENCE)
_HANDED_ON: Final = (
    ColumnRole.STATUS,
    ColumnRole.VOUCHER,
    ColumnRole.LINK,
    ColumnRole.MESSAGE,
    ColumnRole.FAILURE_TYPE,
    ColumnRole.TEXT,
)
# A row under the list has none of these.
_TELLING: Final = (*_IDS, ColumnRole.STATUS, ColumnRole.VOUCHER, ColumnRole.DATE, ColumnRole.POSTING_DATE)
_MOST_ROWS_UNDER: Final = 12
# Where a list tells three things of each row, a row with one cell is a remark.
_NOT_SPARSE: Final = 3
_CURRENCIES: Final = {
    "EUR",
    "DKK",
    "SEK",
    "NOK",
    "ISK",
    "USD",
    "GBP",
    "CHF",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "CAD",
    "AUD",
    "JPY",
}
_CODE = re.compile(r"\b[A-Z]{3}\b")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row under the list, such as a total."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ListedRows:
    """One value for each row of the list, in its order.

    `keys` are the columns that name an item, `said` those that are handed on as they stand. `statuses` is None where
    the row says nothing, or a word that nobody has mapped. `dates` are those of the receipts, `posted` those in the
    books; a list with one kind of date has it in both.
    """

    numbers: Sequence[int]
    keys: tuple[tuple[ColumnRole, list[Cell]], ...] = ()
    said: dict[ColumnRole, list[Cell]] = field(default_factory=dict)
    statuses: list[StatusMeaning | None] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    currencies: list[str] = field(default_factory=list)
    dates: list[Moment] = field(default_factory=list)
    posted: list[Moment] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()
    # The different values of `posted`: they are few.
    days_posted: frozenset[Moment] = frozenset()

    def __len__(self) -> int:
        return len(self.numbers)

    def text(self, role: ColumnRole, place: int) -> str:
        """What the row says in a column that is handed on; "" where there is no such column."""
        cells = self.said.get(role)
        return text_of(cells[place]) if cells else ""


def read_rows(table: PostingTable, mapping: ListMapping, head_row: int | None, today: date) -> Steps[ListedRows]:
    """`today` dates what has no year."""
    first = 0 if head_row is None else head_row + 1
    last = _end_of_list(table, mapping, first)
    columns = _Columns(table, mapping, first, last)
    keys = tuple((role, cells) for role in _IDS if (cells := columns.cells(role)))
    yield
    said = {role: cells for role in _HANDED_ON if (cells := columns.cells(role))}
    yield
    has_posting_date = ColumnRole.POSTING_DATE in mapping.columns
    days, posting_days = DateReader(mapping.dates, today), DateReader(mapping.dates, today)
    dates = yield from columns.dates(ColumnRole.DATE, days)
    posted = yield from columns.dates(ColumnRole.POSTING_DATE, posting_days)
    return ListedRows(
        table.numbers[first:last],
        keys,
        said,
        statuses=_statuses(mapping, said, last - first),
        amounts=(yield from columns.amounts()),
        currencies=_currencies(columns, headings_of(table, head_row)),
        dates=dates if ColumnRole.DATE in mapping.columns else posted,
        posted=posted if has_posting_date else dates,
        days_posted=frozenset((posting_days if has_posting_date else days).values()),
        left_out=tuple(_left_out(table, place) for place in range(last, len(table))),
    )


class _Columns:
    """One column after the other, between two rows of the table."""

    def __init__(self, table: PostingTable, mapping: ListMapping, first: int, last: int) -> None:
        self._table = table
        self._mapping = mapping
        self._first, self._last = first, last
        self.count = last - first

    def cells(self, role: ColumnRole) -> list[Cell] | None:
        place = self._mapping.columns.get(role)
        columns = self._table.columns
        return columns[place][self._first : self._last] if place is not None and place < len(columns) else None

    def dates(self, role: ColumnRole, reader: DateReader) -> Steps[list[Moment]]:
        cells = self.cells(role)
        found: list[Moment] = []
        if cells is None:
            return [None] * self.count
        for part in slices(self.count):
            found += reader.read(cells[part])
            yield
        return found

    def currency_of_the_heading(self, headings: Sequence[str]) -> str:
        place = self._mapping.columns.get(ColumnRole.AMOUNT)
        heading = headings[place] if place is not None and place < len(headings) else ""
        return next((code for code in _CODE.findall(heading) if code in _CURRENCIES), "")

    def amounts(self) -> Steps[list[Amount]]:
        """Where debit and credit are two columns, the one that is filled."""
        debit = yield from self._amounts(ColumnRole.AMOUNT)
        if ColumnRole.CREDIT not in self._mapping.columns:
            return debit
        credit = yield from self._amounts(ColumnRole.CREDIT)
        return [one or other for one, other in zip(debit, credit, strict=True)]

    def _amounts(self, role: ColumnRole) -> Steps[list[Amount]]:
        cells = self.cells(role)
        found: list[Amount] = []
        if cells is None:
            return [None] * self.count
        for part in slices(self.count):
            found += amounts(cells[part], self._mapping.decimal)
            yield
        return found


class _Once(dict[Cell, Value]):
    """What is made of each cell, made once for those that are alike."""

    def __init__(self, made: Callable[[Cell], Value]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, cell: Cell) -> Value:
        found = self[cell] = self._made(cell)
        return found


def _statuses(mapping: ListMapping, said: dict[ColumnRole, list[Cell]], count: int) -> list[StatusMeaning | None]:
    words = said.get(ColumnRole.STATUS, [""] * count)
    meanings = _Once(lambda word: mapping.meaning(text_of(word)))
    found = [*map(meanings.__getitem__, words)]
    is_silent = {word for word, meaning in meanings.items() if meaning is None and not text_of(word)}
    vouchers = said.get(ColumnRole.VOUCHER)
    if not vouchers or not is_silent or not mapping.voucher_means_posted:
        return found
    return [
        StatusMeaning.SUCCESSFUL if word in is_silent and text_of(voucher) else meaning
        for word, voucher, meaning in zip(words, vouchers, found, strict=True)
    ]


def _currencies(columns: _Columns, headings: Sequence[str]) -> list[str]:
    """Of the column, else of the heading of the amounts, such as Betrag (EUR)."""
    cells = columns.cells(ColumnRole.CURRENCY)
    if cells is not None:
        return [*map(_Once(lambda cell: text_of(cell).upper()).__getitem__, cells)]
    return [columns.currency_of_the_heading(headings)] * columns.count


def _end_of_list(table: PostingTable, mapping: ListMapping, first: int) -> int:
    """The place after the last row that belongs to the list: totals and remarks under it do not."""
    end = len(table)
    while first < end and len(table) - end < _MOST_ROWS_UNDER and _is_under_the_list(table.row(end - 1), mapping):
        end -= 1
    return end


def _is_under_the_list(row: Row, mapping: ListMapping) -> bool:
    def is_filled(*roles: ColumnRole) -> bool:
        places = (mapping.columns.get(role) for role in roles)
        return any(text_of(row[place]) for place in places if place is not None and place < len(row))

    filled = [*filter(None, map(text_of, row))]
    if len(filled) == 1 and len(mapping.columns) >= _NOT_SPARSE:
        # An id is one word, a remark is several.
        return not is_filled(*_IDS) or len(filled[0].split()) > 1
    if filled and _is_total(filled[0]):
        return not is_filled(ColumnRole.STATUS)
    return any(role in mapping.columns for role in _TELLING) and not is_filled(*_TELLING)


def _is_total(text: str) -> bool:
    words = text.split()
    totals = known_words().totals
    return any(squeezed(" ".join(words[:count])) in totals for count in (1, 2, len(words)) if words)


def _left_out(table: PostingTable, place: int) -> LeftOut:
    return LeftOut(table.numbers[place], " ".join(filter(None, map(text_of, table.row(place)))))
