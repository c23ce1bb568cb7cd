"""A list before it is matched: its columns, what each is taken for, and the status words that it uses."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.messages import said, shown, tr
from app.posting_lists.dates import DateOrder
from app.posting_lists.known_words import ColumnRole, StatusMeaning, known_words, status_key
from app.posting_lists.list_end import end_of_list
from app.posting_lists.mapping import ListMapping, headings_of, letter_of
from app.posting_lists.table import Cell, PostingTable, text_of
from ui.tables.column import Column

_SAMPLES = 3
_SAMPLE_ROWS = 200
_MOST_COLUMNS_SHOWN = 40
_MOST_WORDS = 60
_MOST_DIFFERENT = 300
_COUNTED_AT_ONCE = 1_000
PREVIEW_ROWS = 5

# What a column can be, in the words of the dialog.
ROLE_GROUPS: tuple[tuple[str, tuple[tuple[ColumnRole, str], ...]], ...] = (
    (
        said("Which item a row is about"),
        (
            (ColumnRole.REFERENCE, said("Reference")),
            (ColumnRole.RECONCILIATION_ID, said("Reconciliation id")),
            (ColumnRole.ENTRY_ID, said("Entry id")),
            (ColumnRole.TEXT, said("Text that holds an id")),
            (ColumnRole.DATE, said("Date of the receipt")),
            (ColumnRole.AMOUNT, said("Amount, or debit")),
            (ColumnRole.CREDIT, said("Credit")),
            (ColumnRole.CURRENCY, said("Currency")),
        ),
    ),
    (
        said("What became of it"),
        (
            (ColumnRole.STATUS, said("Status")),
            (ColumnRole.VOUCHER, said("Voucher")),
            (ColumnRole.POSTING_DATE, said("Posting date")),
            (ColumnRole.LINK, said("Link to the entry")),
            (ColumnRole.MESSAGE, said("Message, why it failed")),
            (ColumnRole.FAILURE_TYPE, said("Failure type")),
        ),
    ),
)
MEANINGS: tuple[tuple[StatusMeaning | None, str], ...] = (
    (None, said("Not said: rows are to be decided")),
    (StatusMeaning.SUCCESSFUL, said("Posted")),
    (StatusMeaning.FAILED, said("Failed")),
    (StatusMeaning.OPEN, said("Neither: the item stays as it is")),
)
DATE_ORDERS: tuple[tuple[DateOrder, str], ...] = (
    (DateOrder.DAY_FIRST, said("day, month, year")),
    (DateOrder.MONTH_FIRST, said("month, day, year")),
    (DateOrder.YEAR_FIRST, said("year, month, day")),
)
DECIMAL_SIGNS = ((",", said("comma: 1.204,50")), (".", said("point: 1,204.50")))


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A word of the status column as the list writes it, "" where a cell is empty, and how many rows have it."""

    word: str
    rows: int
    meaning: StatusMeaning | None

    @property
    def choices(self) -> tuple[tuple[StatusMeaning | None, str], ...]:
        """A word that is known can be given another meaning, but not none."""
        is_known = status_key(self.word) in known_words().statuses
        return MEANINGS[1:] if is_known else MEANINGS

    @property
    def title(self) -> str:
        return self.word or tr("(empty)")


@dataclass(frozen=True, slots=True)
class ListView:
    """What the columns are chosen from. `language` is that of the headings."""

    table: PostingTable
    head_row: int | None
    language: str = ""

    @property
    def first_row(self) -> int:
        return 0 if self.head_row is None else self.head_row + 1

    def headings(self) -> list[str]:
        """Each with its letter, by which a spreadsheet calls it."""
        return [
            f"{letter_of(place)}: {heading}" if not heading.startswith("Column ") else shown(heading)
            for place, heading in enumerate(headings_of(self.table, self.head_row))
        ]

    def samples(self, column: int) -> str:
        """The first different values."""
        cells = self.table.columns[column][self.first_row : self.first_row + _SAMPLE_ROWS]
        texts = dict.fromkeys(text for cell in cells if (text := text_of(cell)))
        return " · ".join(list(texts)[:_SAMPLES])

    def status_words(self, mapping: ListMapping) -> list[StatusWord]:
        """Those that nobody has mapped come first, then the most frequent."""
        column = mapping.columns.get(ColumnRole.STATUS)
        if column is None or column >= len(self.table.columns):
            return []
        end = end_of_list(self.table, mapping, self.first_row)
        counted = self._counted(self.table.columns[column][:end])
        rows: Counter[str] = Counter()
        for cell, count in counted.items():
            rows[text_of(cell)] += count
        if set(rows) == {""}:
            return []
        words = [StatusWord(word, count, mapping.meaning(word)) for word, count in rows.items()]
        words.sort(key=lambda each: (each.meaning is not None, -each.rows, each.word))
        return words[:_MOST_WORDS]

    def _counted(self, cells: Sequence[Cell]) -> Counter[Cell]:
        """A column of ever new words is no column of statuses, and is not counted to its end."""
        counted: Counter[Cell] = Counter()
        for start in range(self.first_row, len(cells), _COUNTED_AT_ONCE):
            counted.update(cells[start : start + _COUNTED_AT_ONCE])
            if len(counted) > _MOST_DIFFERENT:
                break
        return counted

    def preview_columns(self) -> tuple[Column[int], ...]:
        """Of the list as it stands in the file; a row is its place in the table."""
        return tuple(
            _preview_column(place, heading, column)
            for place, (heading, column) in enumerate(
                zip(self.headings()[:_MOST_COLUMNS_SHOWN], self.table.columns, strict=False)
            )
        )

    def preview_rows(self) -> range:
        return range(self.first_row, min(len(self.table), self.first_row + PREVIEW_ROWS))


def _preview_column(place: int, heading: str, cells: Sequence[Cell]) -> Column[int]:
    def text(row: int) -> str:
        return text_of(cells[row])

    return Column(str(place), heading, text, text, width=112)


def roles_lost(before: ListMapping, after: ListMapping, chosen: ColumnRole) -> list[ColumnRole]:
    """The roles that have no column any more, because the chosen one has it."""
    return [role for role in before.columns if role is not chosen and role not in after.columns]


def role_words(role: ColumnRole) -> str:
    """What a role is called beside its field."""
    return next(words for _, roles in ROLE_GROUPS for each, words in roles if each is role)


def with_meaning(mapping: ListMapping, word: str, meaning: StatusMeaning | None) -> ListMapping:
    others = {each: known for each, known in mapping.statuses.items() if each != status_key(word)}
    return replace(mapping, statuses=others if meaning is None else others | {status_key(word): meaning})
