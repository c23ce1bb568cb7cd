"""What was found about the rows of a list. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple

# Places of items in the job, in ascending order.
Places = tuple[int, ...]


# For each row what it plainly names: the item's place, plus the number of items where it is by the entry's id.
Plainly = list[int | None]


class MatchedBy(StrEnum):
    RECONCILIATION_ID = "reconciliation_id"
    ENTRY_ID = "entry_id"
    REFERENCE = "reference"
    DATE_AND_AMOUNT = "date_amount_currency"


class Doubt(StrEnum):
    """Why a row that fits an item is not taken at its word; `wording` says it in sentences."""

    LETTERS_DAMAGED = "letters_damaged"
    SEVERAL_ITEMS = "several_items"
    IDS_DISAGREE = "ids_disagree"
    ROWS_DISAGREE = "rows_disagree"
    AMOUNT_DIFFERS = "amount_differs"
    CURRENCY_DIFFERS = "currency_differs"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_UNCHECKED = "amount_unchecked"
    STATUS_UNKNOWN = "status_unknown"
    STATUS_MISSING = "status_missing"
    DATE_IN_FUTURE = "date_in_future"
    DATE_UNREADABLE = "date_unreadable"
    DATE_TOO_EARLY = "date_too_early"
    TAKEN_BACK = "taken_back"
    DENIED = "denied"
    STATUSES_DISAGREE = "statuses_disagree"
    MESSAGE_GIVEN = "message_given"
    VOUCHER_UNREADABLE = "voucher_unreadable"
    VOUCHER_OF_AN_ERROR = "voucher_of_an_error"
    NAMES_ANOTHER = "names_another"
    OPPOSITE_LINES = "opposite_lines"
    HIDDEN = "hidden"
    STRUCK = "struck"
    OVERLONG = "overlong"
    NAMES_NOTHING = "names_nothing"


class RowKind(Enum):
    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NOT_IN_JOB = "not in this job"
    NOT_RECOGNISED = "names no item"


class RowMatch(NamedTuple):
    """`place` counts the rows of the list, `items` the job's items. `same_as` is the place of an earlier row that says
    the same of the same item, and stands for both. Without items and with a doubt, the row holds nothing by which an
    item of this job would be known."""

    place: int
    number: int
    items: Places
    by: MatchedBy | None
    doubts: tuple[Doubt, ...] = ()
    same_as: int | None = None

    @property
    def kind(self) -> RowKind:
        if not self.items:
            return RowKind.NOT_RECOGNISED if self.doubts else RowKind.NOT_IN_JOB
        return RowKind.AMBIGUOUS if self.doubts else RowKind.MATCHED


def plainly_by(hit: int, count: int) -> MatchedBy:
    return MatchedBy.RECONCILIATION_ID if hit < count else MatchedBy.ENTRY_ID


@dataclass(frozen=True, slots=True)
class MatchResult:
    """One match for each row of the list. `missing` are the items that no row is about, not even perhaps.

    Most rows name one of the `count` items and are beyond doubt: they are made when somebody asks. `others` are made.
    """

    numbers: Sequence[int]
    plainly: Plainly
    count: int
    others: Mapping[int, RowMatch]
    missing: Sequence[int]

    def __len__(self) -> int:
        return len(self.plainly)

    def __getitem__(self, place: int) -> RowMatch:
        other, hit = self.others.get(place), self.plainly[place]
        if other or hit is None:
            return other or RowMatch(place, self.numbers[place], (), None)
        return RowMatch(place, self.numbers[place], (hit % self.count,), plainly_by(hit, self.count))

    def __iter__(self) -> Iterator[RowMatch]:
        return map(self.__getitem__, range(len(self)))
