"""The rows of a list, and what each says by the mapping of its columns: read when somebody asks. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeVar

from app.posting_lists.amounts import UNREADABLE, Amount, amounts, hundredths, side_of
from app.posting_lists.columns_aside import Surroundings
from app.posting_lists.currencies import currency_beside, currency_of_cell, currency_of_heading
from app.posting_lists.dates import DateReader, Moment
from app.posting_lists.denials import ColumnSense, is_no_number, names_no_entry, proves_no_entry
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.list_end import LeftOut, end_of_list, left_out
from app.posting_lists.mapping import ListMapping, headings_of
from app.posting_lists.objections import Objections, objections_to
from app.posting_lists.surroundings import surroundings_of
from app.posting_lists.table import Cell, PostingTable, text_of
from app.slices import Slices, slices

Value = TypeVar("Value")
Day = date  # in a class whose `date` is a row's

_IDS: Final = (ColumnRole.RECONCILIATION_ID, ColumnRole.ENTRY_ID, ColumnRole.REFERENCE)
# What stands on one line. A row that has more there may be two that run together.
_OF_ONE_LINE: Final = (*_IDS, ColumnRole.STATUS, ColumnRole.VOUCHER)
_LINE_BREAKS: Final = ("\n", "\r")
_AMOUNTS: Final = (ColumnRole.AMOUNT, ColumnRole.CREDIT)


class ListedRows:
    """Rows are spoken of by their places. `cells` are the columns that have a role, in the rows' order; `today` dates
    what has no year, `heading` is that of the amounts. `around` is what may object to them; until `look_around` has run
    there are no `objections`."""

    def __init__(
        self,
        numbers: Sequence[int],
        cells: Mapping[ColumnRole, list[Cell]],
        mapping: ListMapping,
        today: date,
        *,
        heading: str = "",
        has_rows_of_one_line: bool = False,
        under: tuple[LeftOut, ...] = (),
        around: Surroundings | None = None,
    ) -> None:
        self.numbers = numbers
        self.mapping = mapping
        self.left_out = under
        self.around = around or Surroundings()
        self.objections: Objections = {}
        others = [aside.cells for aside in self.around.aside if aside.role is ColumnRole.REFERENCE]
        self._references = [*([cells[ColumnRole.REFERENCE]] if ColumnRole.REFERENCE in cells else []), *others]
        self.keys: tuple[tuple[ColumnRole, Sequence[Cell]], ...] = (
            *((role, cells[role]) for role in _IDS if role in cells),
            *((ColumnRole.REFERENCE, column) for column in others if any(map(text_of, set(column)))),
        )
        self._cells = cells
        self._has_rows_of_one_line = has_rows_of_one_line
        self._days = DateReader(mapping.dates, today)
        self._meanings = _Once(lambda cell: mapping.meaning(text_of(cell)))
        self._proves_nothing = _Once(proves_no_entry)
        self._names_nothing = _Once(names_no_entry)
        self._codes = _Once(lambda cell: currency_of_cell(text_of(cell)))
        self._currency_of_the_heading = currency_of_heading(heading)
        self._amount_roles = tuple(role for role in _AMOUNTS if role in cells)
        self._amounts = tuple(cells[role] for role in self._amount_roles)

    def __len__(self) -> int:
        return len(self.numbers)

    def look_around(self) -> Slices[None]:
        self.objections = yield from objections_to(self.around, self.mapping)

    def references(self, place: int) -> list[str]:
        """What the columns of references hold, in the list's own writing."""
        return [text for cells in self._references if (text := text_of(cells[place]))]

    def suppliers(self, place: int) -> list[str]:
        return self._aside(ColumnSense.SUPPLIER, place)

    def account(self, place: int) -> tuple[str, ...]:
        """That on which a line of an entry stands; empty where no column tells."""
        return tuple(self._aside(ColumnSense.ACCOUNT, place))

    def _aside(self, sense: ColumnSense, place: int) -> list[str]:
        return [text for aside in self.around.aside if aside.sense is sense and (text := text_of(aside.cells[place]))]

    def has(self, *roles: ColumnRole) -> bool:
        """Whether there is a column for any of them."""
        return any(role in self._cells for role in roles)

    def heading(self, role: ColumnRole) -> str:
        """That of its column; "" where there is none."""
        return self.around.columns.get(role, ("", ()))[0]

    def has_amounts(self) -> bool:
        return bool(self._amounts)

    def text(self, role: ColumnRole, place: int) -> str:
        """What the row says in that column; "" where there is none."""
        cells = self._cells.get(role)
        return text_of(cells[place]) if cells else ""

    def cells(self, role: ColumnRole, part: slice) -> Sequence[Cell]:
        """Of a column as the list has them; none where there is no such column."""
        return self._cells.get(role, [])[part]

    def status(self, place: int) -> StatusMeaning | None:
        """None where the row says nothing, a word that nobody has mapped, or is not to be relied on."""
        if place in self._of_several_lines:
            return None
        cells = self._cells.get(ColumnRole.STATUS)
        meaning = self._meanings[cells[place]] if cells else None
        if meaning or self.has_statuses:
            return meaning
        cells = self._cells.get(ColumnRole.VOUCHER)
        voucher = cells[place] if cells else None
        if text_of(voucher) and not self._proves_nothing[voucher]:
            is_posted = self.mapping.voucher_means_posted or self.mapping.listed_means_posted
        else:
            is_posted = self.mapping.listed_means_posted and not text_of(voucher)
        return StatusMeaning.SUCCESSFUL if is_posted else None

    def voucher(self, place: int) -> str:
        """The number of the entry; "" where the cell holds none, or one that cannot be told any more."""
        cells = self._cells.get(ColumnRole.VOUCHER)
        if not cells or self._names_nothing[cells[place]] or is_no_number(cells[place]):
            return ""
        text = text_of(cells[place])
        return text[1:] if text[0] == "'" and text[1:].isdigit() else text  # by which a spreadsheet keeps the zeros

    @cached_property
    def has_statuses(self) -> bool:
        """Whether any row says anything of its status."""
        return any(map(text_of, set(self._cells.get(ColumnRole.STATUS, ()))))

    def is_of_several_lines(self, place: int) -> bool:
        """Whether a status, a voucher or an id is: such a row says nothing that can be relied on."""
        return place in self._of_several_lines

    @cached_property
    def _of_several_lines(self) -> frozenset[int]:
        if self._has_rows_of_one_line:
            return frozenset()
        columns = [self._cells[role] for role in _OF_ONE_LINE if role in self._cells]
        return frozenset(
            place
            for cells in columns
            if _has_line_break(_all_text(cells))
            for place, cell in enumerate(cells)
            if isinstance(cell, str) and _has_line_break(text_of(cell))
        )

    def date(self, place: int) -> Moment:
        """That of the receipt; a list with one kind of date has it for both."""
        return self._moment(place, ColumnRole.DATE, ColumnRole.POSTING_DATE)

    def posted(self, place: int) -> Moment:
        """That of the entry in the books; None where no column says it, since a receipt's is another."""
        return self._moment(place, ColumnRole.POSTING_DATE)

    def day_told(self, place: int) -> Moment:
        """That of the entry, or where none is told of the receipt: both have to be possible."""
        return self._moment(place, ColumnRole.POSTING_DATE, ColumnRole.DATE)

    def _moment(self, place: int, *roles: ColumnRole) -> Moment:
        cells = next(filter(None, map(self._cells.get, roles)), None)
        return self._days[cells[place]] if cells else None

    def amount(self, place: int) -> Amount:
        return self.amounts((place,))[0]

    def amounts(self, places: Sequence[int]) -> list[Amount]:
        """Where debit and credit are two columns, the one that is filled; a zero beside another amount fills none."""
        filled = self._amounts_of_each_column(places)
        if len(filled) < len(_AMOUNTS):
            return filled[0] if filled else [None] * len(places)
        return [one if one or other is None else other for one, other in zip(*filled, strict=True)]

    def _amounts_of_each_column(self, places: Sequence[int]) -> list[list[Amount]]:
        return [amounts([*map(cells.__getitem__, places)], self.mapping.decimal) for cells in self._amounts]

    def side(self, place: int) -> tuple[str | None, ...]:
        """What may tell debit from credit: the column that is filled, and the sign or the letter of its amount. Alike
        for amounts that can be added up."""
        filled = self._amounts_of_each_column((place,))
        return tuple(
            side_of(cells[place]) if amount else None for cells, (amount,) in zip(self._amounts, filled, strict=True)
        )

    def signed(self, place: int) -> Decimal | None:
        """The amount with its side: credit, a minus and parentheses are less than nothing. None where it is unreadable
        or there is none."""
        filled = self._amounts_of_each_column((place,))
        if not any(isinstance(amount, Decimal) for (amount,) in filled):
            return None
        total = Decimal()
        for role, cells, (amount,) in zip(self._amount_roles, self._amounts, filled, strict=True):
            if amount is UNREADABLE:
                return None
            is_less = any(map(str(side_of(cells[place])).__contains__, "-(−")) is not (role is ColumnRole.CREDIT)
            total += (-amount if is_less else amount) if isinstance(amount, Decimal) else 0
        letters = self._aside(ColumnSense.SIDE, place)
        is_credit = any(letter.casefold()[:1] in ("h", "c", "k", "a", "m") for letter in letters)
        return -total if is_credit else total

    def hundredths(self, part: slice) -> list[str]:
        """The digits of the amounts where they are plain, and "" where they are not."""
        if len(self._amounts) != 1:
            return [""] * len(self.numbers[part])
        return hundredths(self._amounts[0][part], self.mapping.decimal)

    def currency(self, place: int) -> str:
        """Beside the amount, else of the column, else of the heading of the amounts; "" where none names one."""
        for amounts_of_column in self._amounts:
            if beside := currency_beside(amounts_of_column[place]):
                return beside
        cells = self._cells.get(ColumnRole.CURRENCY)
        return self._codes[cells[place]] if cells else self._currency_of_the_heading

    def currency_cells(self, part: slice) -> Sequence[Cell]:
        """As the column has them, or the heading of the amounts."""
        cells = self._cells.get(ColumnRole.CURRENCY)
        return cells[part] if cells else [self._currency_of_the_heading] * len(self.numbers[part])

    def statuses_used(self) -> set[StatusMeaning | None]:
        """What the different words of the list mean; None is among them where a row may say nothing."""
        cells = self._cells.get(ColumnRole.STATUS)
        used = {self._meanings[cell] for cell in set(cells or ())}
        if not cells or self._of_several_lines:
            used.add(None)
        return used

    def told_before(self, day: Day) -> Slices[list[int]]:
        """The places of the rows that tell an earlier date."""
        cells = self._cells.get(ColumnRole.POSTING_DATE) or self._cells.get(ColumnRole.DATE) or []
        early = {cell for cell in set(cells) if isinstance(found := self._days[cell], datetime) and found.date() < day}
        places: list[int] = []
        for part in slices(len(cells) if early else 0):
            places += (place for place, cell in enumerate(cells[part], part.start) if cell in early)
            yield
        return places

    def days_told(self) -> set[Moment]:
        """The different dates that `day_told` has: they are few."""
        cells = self._cells.get(ColumnRole.POSTING_DATE) or self._cells.get(ColumnRole.DATE) or []
        return {self._days[cell] for cell in set(cells)}


def _all_text(cells: Sequence[Cell]) -> str:
    """Those cells that are text in one, since whole columns are searched at once."""
    try:
        return "".join(cells)  # type: ignore[arg-type]  # a TypeError says that a cell is no text
    except TypeError:
        return "".join(cell for cell in cells if isinstance(cell, str))


def _has_line_break(text: str) -> bool:
    return any(map(text.__contains__, _LINE_BREAKS))


def listed_rows(table: PostingTable, mapping: ListMapping, head_row: int | None, today: date) -> ListedRows:
    first = 0 if head_row is None else head_row + 1
    last = end_of_list(table, mapping, first)
    columns, headings = mapping.columns, headings_of(table, head_row)
    cells = {role: table.columns[place][first:last] for role, place in columns.items() if place < len(table.columns)}
    amount = columns.get(ColumnRole.AMOUNT, columns.get(ColumnRole.CREDIT))
    under = tuple(left_out(table, place) for place in range(last, len(table)))
    return ListedRows(
        table.numbers[first:last],
        cells if last > first else {},
        mapping,
        today,
        heading=headings[amount] if amount is not None and amount < len(headings) else "",
        has_rows_of_one_line=table.source.has_rows_of_one_line,
        under=under,
        around=surroundings_of(table, mapping, head_row, slice(first, last), cells, under) if last > first else None,
    )


class _Once(dict[Cell, Value]):
    """What is made of each cell, made once for those that are alike."""

    def __init__(self, made: Callable[[Cell], Value]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, cell: Cell) -> Value:
        found = self[cell] = self._made(cell)
        return found
