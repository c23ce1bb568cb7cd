"""What the columns and the status words of a list mean: proposed from its words, corrected by the user, and kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from hashlib import sha256
from itertools import chain
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.messages import joined, said
from app.models.vocabulary import ITEM_FAILURES, FailureType
from app.posting_lists.amounts import DecimalSign, decimal_sign
from app.posting_lists.dates import DateOrder, date_order
from app.posting_lists.denials import denials
from app.posting_lists.fitting_columns import with_fitting_columns
from app.posting_lists.headings import is_yes_or_no, recognise
from app.posting_lists.known_words import ColumnRole, StatusMeaning, known_words, squeezed, status_key
from app.posting_lists.table import Cell, PostingTable, Row, text_of
from app.texts.parsing import read_toml

Format = Literal["decimal", "dates"]

DEFAULT_FAILURE: Final = FailureType("accounting_system_validation_failure")

# What one column may say at once: the number of an entry is often what names the item, a list may have one day for
# both, and a remark may hold an id or why something failed.
_TOGETHER: Final = (
    frozenset((ColumnRole.REFERENCE, ColumnRole.VOUCHER)),
    frozenset((ColumnRole.DATE, ColumnRole.POSTING_DATE)),
    frozenset((ColumnRole.TEXT, ColumnRole.MESSAGE)),
    frozenset((ColumnRole.STATUS, ColumnRole.MESSAGE)),
)
_LETTERS = re.compile(r"[A-Z]{1,2}")
_SAMPLE_CELLS: Final = 500


def _of_an_item(kind: FailureType) -> FailureType:
    """Raises ValueError for one that Pleo would refuse for an item, and the whole batch with it."""
    if kind not in ITEM_FAILURES:
        raise ValueError(f"{kind} is no failure type of an item")
    return kind


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class ListMapping:
    """`columns` counts from 0. `statuses` are the user's own words by their keys, in addition to those that are known.

    Where no row says anything of its status, `voucher_means_posted` takes a row with a voucher for a posted one: many
    systems list only what is in the books. One status is enough to end that, even if it is only for failures: in a
    merged cell, or where a formula was never computed, rows that failed have no word either. Somebody who knows better
    says what the empty word "" means. `listed_means_posted` is one answer for a whole list without statuses: whatever
    stands in it is posted, with a voucher or without, since it is a ledger. A failed row without a type of its own has
    `failure_type`. `said` names the formats that a person chose: the others are what each list shows.
    """

    columns: dict[ColumnRole, int] = field(default_factory=dict)
    statuses: dict[str, StatusMeaning] = field(default_factory=dict)
    decimal: DecimalSign = "."
    dates: DateOrder = DateOrder.DAY_FIRST
    voucher_means_posted: bool = True
    listed_means_posted: bool = False
    failure_type: Annotated[FailureType, AfterValidator(_of_an_item)] = DEFAULT_FAILURE
    said: frozenset[Format] = frozenset()

    def meaning(self, status: str) -> StatusMeaning | None:
        """None for a word that nobody has mapped."""
        found = self._known(status)
        if found is None and ":" in status and self._known(status.partition(":")[0]) is StatusMeaning.FAILED:
            return StatusMeaning.FAILED  # such as: Fehler: Konto 4980 unbekannt
        return found

    def _known(self, word: str) -> StatusMeaning | None:
        key = status_key(word)
        return self.statuses.get(key) or known_words().statuses.get(key)


def with_role(mapping: ListMapping, role: ColumnRole, column: int | None) -> ListMapping:
    """`role` for that column; the column keeps what it can say beside it, and loses what it was else taken for."""
    others = {each: place for each, place in mapping.columns.items() if each is not role}
    if column is None:
        return replace(mapping, columns=others)
    return replace(mapping, columns=_beside(others, {role: column}) | {role: column})


def _beside(others: Mapping[ColumnRole, int], wanted: Mapping[ColumnRole, int]) -> dict[ColumnRole, int]:
    """Those of the others whose column is wanted for nothing, or for what it can say at once."""
    return {
        role: place
        for role, place in others.items()
        if all(place != each or frozenset((role, new)) in _TOGETHER for new, each in wanted.items())
    }


@dataclass(frozen=True, slots=True)
class Proposal:
    """`head_row` is the place of the headings in the table, None where it has none; `language` is theirs."""

    mapping: ListMapping
    head_row: int | None
    language: str = ""

    def or_remembered(self, remembered: ListMapping | None, table: PostingTable) -> ListMapping:
        """What was said of such lists before, with the formats that this one shows; else what it says itself."""
        return with_formats(remembered, table, self.language) if remembered else self.mapping


def propose(table: PostingTable) -> Proposal:
    """What the list's own words say."""
    head = table.head()
    found = with_fitting_columns(recognise(head), table)
    head_row = found.row if found.row is not None else _guessed_head_row(head)
    mapping = ListMapping(columns=dict(found.roles), statuses=_yes_and_no(found.roles, head, head_row))
    return Proposal(with_formats(mapping, table, found.language), head_row, found.language)


def with_formats(mapping: ListMapping, table: PostingTable, language: str) -> ListMapping:
    """The decimal sign and the order of dates that the mapped columns themselves show, where nobody said them."""

    def columns(*roles: ColumnRole) -> list[list[Cell]]:
        places = [mapping.columns[role] for role in roles if role in mapping.columns]
        return [table.columns[place] for place in places if place < len(table.columns)]

    found = mapping
    if "decimal" not in mapping.said:
        cells = chain(*map(_sample, columns(ColumnRole.AMOUNT, ColumnRole.CREDIT)))
        found = replace(found, decimal=decimal_sign(cells, language))
    if "dates" not in mapping.said:
        found = replace(found, dates=date_order(chain(*columns(ColumnRole.DATE, ColumnRole.POSTING_DATE))))
    return found


def _sample(cells: Sequence[Cell]) -> Sequence[Cell]:
    """From all over the column, since a list may be sorted: its first rows may all be whole amounts."""
    return cells[:: max(1, len(cells) // _SAMPLE_CELLS)]


def headings_of(table: PostingTable, head_row: int | None) -> tuple[str, ...]:
    """The headings as the list has them; a column without one has its letter."""
    row: Row = table.row(head_row) if head_row is not None else ()
    texts = [text_of(cell) for cell in row] or [""] * len(table.columns)
    return tuple(text or said("Column {letter}", letter=letter_of(place)) for place, text in enumerate(texts))


def shape_of(table: PostingTable, head_row: int | None) -> str | None:
    """The same for two lists with the same headings in the same order, wherever they stand; None where there are none:
    nothing tells what such a list has in common with another."""
    if head_row is None:
        return None
    words = "\x1f".join(squeezed(text_of(cell)) for cell in table.row(head_row))
    return sha256(words.encode()).hexdigest()


def letter_of(place: int) -> str:
    """As a spreadsheet names its columns: 0 is A, 26 is AA."""
    high, low = divmod(place, 26)
    return (letter_of(high - 1) if high else "") + chr(ord("A") + low)


def _guessed_head_row(head: Sequence[Row]) -> int | None:
    """Headings in a language that is not known: the widest row, where it is words only and others below are not."""
    widths = [sum(1 for cell in row if text_of(cell)) for row in head]
    place = widths.index(max(widths)) if widths else 0
    is_words = place + 1 < len(head) and all(not any(map(str.isdigit, text_of(cell))) for cell in head[place])
    return place if is_words and widths[place] > 1 else None


def _yes_and_no(roles: dict[ColumnRole, int] | Any, head: Sequence[Row], row: int | None) -> dict[str, StatusMeaning]:
    """A column that is itself named Posted, or Gebucht, says yes and no."""
    place = roles.get(ColumnRole.STATUS)
    if row is None or place is None:
        return {}
    if not is_yes_or_no(text_of(head[row][place])):
        return {}
    no = dict.fromkeys((*denials().no, "0", ""), StatusMeaning.OPEN)
    return dict.fromkeys(denials().yes, StatusMeaning.SUCCESSFUL) | no


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _MappingFile:
    """The TOML of a mapping. A column is named by its heading, its letter, or its number counted from 1."""

    columns: dict[ColumnRole, str | int]
    statuses: dict[str, StatusMeaning] = field(default_factory=dict)
    decimal: DecimalSign | None = None
    dates: DateOrder | None = None
    voucher_means_posted: bool = True
    everything_listed_is_posted: bool = False
    failure_type: FailureType = DEFAULT_FAILURE


_FILE = TypeAdapter(_MappingFile)


def mapping_from_toml(text: str, table: PostingTable, proposal: Proposal) -> ListMapping:
    """The user's mapping for this list; what it leaves out is as proposed. Raises SettingsProblem."""
    try:
        content = _FILE.validate_python(read_toml(text))
    except ValueError as error:
        raise SettingsProblem(
            said("The mapping is not understood"),
            advice=said(
                'It holds a table [columns] such as reference = "Belegfeld 1", and may hold a table [statuses] such as '
                '"storniert" = "failed".'
            ),
            details=str(error),
        ) from None
    if content.failure_type not in ITEM_FAILURES:
        raise SettingsProblem(
            said("Pleo knows no failure type '{type}' of an item", type=content.failure_type),
            advice=said("In the mapping, failure_type is one of {types}.", types=", ".join(ITEM_FAILURES)),
        )
    names = headings_of(table, proposal.head_row)
    columns = {role: _place(name, names) for role, name in content.columns.items()}
    others = _beside(proposal.mapping.columns, columns)
    statuses = {status_key(word): meaning for word, meaning in content.statuses.items()}
    mapping = ListMapping(
        columns=others | columns,
        statuses=proposal.mapping.statuses | statuses,
        decimal=content.decimal or proposal.mapping.decimal,
        dates=content.dates or proposal.mapping.dates,
        voucher_means_posted=content.voucher_means_posted,
        listed_means_posted=content.everything_listed_is_posted,
        failure_type=content.failure_type,
        said=_said(content),
    )
    return with_formats(mapping, table, proposal.language)


def _said(content: _MappingFile) -> frozenset[Format]:
    formats: tuple[Format, ...] = ("decimal", "dates")
    return frozenset(name for name in formats if getattr(content, name))


def _place(name: str | int, headings: Sequence[str]) -> int:
    places = [place for place, heading in enumerate(headings) if squeezed(heading) == squeezed(str(name))]
    if isinstance(name, str) and places:
        return places[0]
    if isinstance(name, str) and _LETTERS.fullmatch(name):
        places = [place for place in range(len(headings)) if letter_of(place) == name]
    elif isinstance(name, int):
        places = [name - 1] if 1 <= name <= len(headings) else []
    if not places:
        raise SettingsProblem(
            said("The list has no column {name}", name=name),
            advice=said("Its columns are: {names}.", names=joined(", ", headings)),
        )
    return places[0]
