"""Which rows of a matched list the user accepts: proposed to begin with, one for each item at most. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.draft import PostingRow
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome
from app.models.vocabulary import ItemStatus
from app.posting_lists.mapping import ListMapping
from app.posting_lists.match_result import MatchResult
from app.posting_lists.outcomes import REPORTED_AS, AcceptedList, is_proposed, outcome_of
from app.posting_lists.rows import ListedRows
from app.posting_lists.table import Source
from app.slices import Slices, slices

# Instead of what a row was matched by, where a person chose the item.
_BY_HAND = "choice"


@dataclass(frozen=True, slots=True)
class MatchedList:
    """A list, what its rows say, and what they were found to be about."""

    source: Source
    mapping: ListMapping
    rows: ListedRows
    items: tuple[ExportJobItem, ...]
    result: MatchResult


class Acceptance:
    """Rows and items are spoken of by their places. Every method that changes something answers the rows concerned."""

    def __init__(self, matched: MatchedList, by_item: Mapping[int, int]) -> None:
        """`by_item` are the rows that are proposed, by their items."""
        self.matched = matched
        self._by_item = dict(by_item)
        self._chosen: dict[int, int] = {}

    def is_taken(self, row: int) -> bool:
        item = self.item_of(row)
        return item is not None and self._by_item.get(item) == row

    def item_of(self, row: int) -> int | None:
        """The one item that the row is about, as it was found or chosen."""
        if row in self._chosen:
            return self._chosen[row]
        items = self.matched.result[row].items
        return items[0] if len(items) == 1 else None

    def candidates(self, row: int) -> Sequence[int]:
        return self.matched.result[row].items

    def outcome(self, row: int) -> ItemOutcome | None:
        """What Pleo would be told; None where no item is chosen, or the row decides nothing."""
        item, matched = self.item_of(row), self.matched
        if item is None:
            return None
        return outcome_of(matched.rows, row, matched.items[item], matched.mapping, matched.result[row].doubts)

    def take(self, row: int, is_wanted: bool = True) -> set[int]:
        """A row that another had for the same item takes its place; one that decides nothing stays untaken."""
        item = self.item_of(row)
        if item is None or is_wanted == self.is_taken(row) or (is_wanted and self.outcome(row) is None):
            return set()
        before = self._by_item.pop(item, None)
        if is_wanted:
            self._by_item[item] = row
        return {row} if before is None else {row, before}

    def choose(self, row: int, item: int | None) -> set[int]:
        """One of the row's candidates, which the user knows it is about, and the row is taken; None unsays it."""
        changed = self.take(row, is_wanted=False)
        self._chosen.pop(row, None)
        if item is not None:
            self._chosen[row] = item
            changed |= self.take(row)
        return changed | {row}

    def taken(self) -> list[int]:
        return sorted(self._by_item.values())

    def counts(self) -> Counter[ItemStatus]:
        """How many items would be reported with which status: no row is taken that would report none."""
        said = Counter(map(self.matched.rows.status, self._by_item.values()))
        return Counter({REPORTED_AS[meaning]: times for meaning, times in said.items() if meaning is not None})

    def accepted(self) -> AcceptedList:
        rows = self.taken()
        outcomes = tuple(outcome for row in rows if (outcome := self.outcome(row)))
        told = dict(zip((outcome.accounting_entry_id for outcome in outcomes), rows, strict=True))
        return AcceptedList(outcomes, {entry: self._origin(row) for entry, row in told.items()})

    def _origin(self, row: int) -> PostingRow:
        found, source = self.matched.result[row], self.matched.source
        by = _BY_HAND if row in self._chosen or found.by is None else found.by.value
        return PostingRow(source.name, source.sha256, found.number, by)


def proposed(matched: MatchedList) -> Slices[Acceptance]:
    """With every row that is sure, decided, and about an item that is not final."""
    by_item: dict[int, int] = {}
    for part in slices(len(matched.rows)):
        for place in range(part.start, part.stop):
            row = matched.result[place]
            if is_proposed(row, matched.rows, matched.items):
                by_item[row.items[0]] = place
        yield
    return Acceptance(matched, by_item)
