"""Whether a row can be taken at its word about the item that it fits. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from app.models.export_item import ExportItem
from app.posting_lists.amounts import UNREADABLE
from app.posting_lists.dates import Moment
from app.posting_lists.finder import Found, doubt_of_money
from app.posting_lists.job_index import JobIndex
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.match_result import Doubt, RowMatch
from app.posting_lists.rows import ListedRows

# What is told of an item beside its status and its date.
_SAID = (ColumnRole.VOUCHER, ColumnRole.LINK, ColumnRole.MESSAGE, ColumnRole.FAILURE_TYPE)


class Judge:
    """`today` is the last day on which something can have been posted; `rivals` are the rows for each item that has
    more than one."""

    def __init__(self, rows: ListedRows, index: JobIndex, today: date, rivals: Mapping[int, Sequence[int]]) -> None:
        self._rows = rows
        self._index = index
        self._today = today
        self._rivals = rivals
        self._of_several: dict[int, tuple[Doubt, ...]] = {}
        self._counting: dict[tuple[int, StatusMeaning | None], bool] = {}

    def judged(self, place: int, found: Found | None, *, would_be_found: bool = True) -> RowMatch:
        """`would_be_found` is whether a row about an item of this job would have been seen to be."""
        number = self._rows.numbers[place]
        if found is None:
            return RowMatch(place, number, (), None, () if would_be_found else (Doubt.NAMES_NOTHING,))
        if len(found.items) > 1:
            which = Doubt.IDS_DISAGREE if found.disagree else Doubt.SEVERAL_ITEMS
            return RowMatch(place, number, found.items, found.by, (which, *self.doubts_of_row(place)))
        (item,) = found.items
        rivals = self._rivals.get(item)
        doubts = (
            *((Doubt.IDS_DISAGREE,) if found.disagree else ()),
            *((Doubt.NAMES_ANOTHER,) if found.unlike else ()),
            *self.doubts_of_row(place, item),
            *(self._doubts_of_rivals(item) if rivals else self._doubts([place], item)),
        )
        same_as = rivals[0] if rivals and rivals[0] != place and not doubts else None
        return RowMatch(place, number, found.items, found.by, doubts, same_as)

    def _doubts_of_rivals(self, item: int) -> tuple[Doubt, ...]:
        """The same for each of them, so they are looked at once."""
        if item not in self._of_several:
            self._of_several[item] = self._doubts(self._rivals[item], item)
        return self._of_several[item]

    def _doubts(self, places: Sequence[int], item: int) -> tuple[Doubt, ...]:
        """Of all rows for the item together."""
        doubts = self._doubts_of_money(places, item)
        says_the_same = len(places) == 1 or len({self._statement(place) for place in places}) == 1
        doubts = doubts if says_the_same else (*doubts, Doubt.ROWS_DISAGREE)
        return (*doubts, Doubt.OPPOSITE_LINES) if len(places) > 1 and self._take_each_other_back(places) else doubts

    def _take_each_other_back(self, places: Sequence[int]) -> bool:
        """Whether lines on one account add up to nothing. An entry's own halves stand on two."""
        sums: dict[tuple[str, ...], Decimal] = {}
        for place in places:
            amount = self._rows.signed(place)
            if amount:
                account = self._rows.account(place)
                sums[account] = sums.get(account, Decimal()) + amount
        return any(not total for total in sums.values())

    def has_doubtful_rows(self) -> bool:
        """Whether any row may have a doubt of its own, but for those with objections."""
        return None in self._rows.statuses_used() or any(map(self._doubt_of_date, self._rows.days_told()))

    def is_early(self, place: int, item: int) -> bool:
        told = self._rows.day_told(place)
        return isinstance(told, datetime) and told.date() < self._index.earliest_day(item)

    def is_objected_to(self, place: int) -> bool:
        objections, status = self._rows.objections.get(place, ()), self._rows.status(place)
        # Most rows share theirs with others.
        told = id(objections), status
        if told not in self._counting:
            self._counting[told] = any(each.counts_against(status) for each in objections)
        return self._counting[told]

    def doubts_of_row(self, place: int, item: int | None = None) -> tuple[Doubt, ...]:
        """Of its own; of its day only where it is known of which item it tells."""
        rows, doubts = self._rows, []
        status = rows.status(place)
        if status is None:
            doubts.append(Doubt.STATUS_UNKNOWN if rows.text(ColumnRole.STATUS, place) else Doubt.STATUS_MISSING)
        if doubt := self._doubt_of_date(rows.day_told(place)):
            doubts.append(doubt)
        elif item is not None and self.is_early(place, item):
            doubts.append(Doubt.DATE_TOO_EARLY)
        if objections := rows.objections.get(place):
            doubts += dict.fromkeys(each.doubt for each in objections if each.counts_against(status))
        return tuple(doubts)

    def _doubt_of_date(self, told: Moment) -> Doubt | None:
        if told is UNREADABLE:
            return Doubt.DATE_UNREADABLE
        is_ahead = isinstance(told, datetime) and told.date() > self._today
        return Doubt.DATE_IN_FUTURE if is_ahead else None

    def _doubts_of_money(self, places: Sequence[int], item: int) -> tuple[Doubt, ...]:
        """Of several lines one has the item's amount, or their sum is it. A line without an amount says nothing."""
        rows, entry = self._rows, self._index.entries[item]
        lines = [place for place in places if rows.amount(place) is not None]
        doubts = {doubt_of_money(entry, rows.amount(place), rows.currency(place)) for place in lines}
        if None in doubts or (len(lines) > 1 and self._add_up(lines, entry)):
            return ()
        return tuple(sorted(doubt for doubt in doubts if doubt))

    def _add_up(self, lines: Sequence[int], entry: ExportItem | None) -> bool:
        """Whether they make the entry's amount; those of different currencies or sides cannot be added."""
        rows = self._rows
        kinds = {(rows.currency(place), rows.side(place)) for place in lines if rows.amount(place)}
        amounts = [amount for place in lines if isinstance(amount := rows.amount(place), Decimal)]
        if len(kinds) != 1 or len(amounts) < len(lines):
            return False
        return doubt_of_money(entry, sum(amounts, Decimal()), kinds.pop()[0]) is None

    def _statement(self, place: int) -> tuple[object, ...]:
        """What a row would have Pleo told of its item. The word for a failure may be the only reason there is."""
        rows = self._rows
        status = rows.status(place)
        word = rows.text(ColumnRole.STATUS, place) if status is StatusMeaning.FAILED else ""
        return status, word, rows.day_told(place), *(rows.text(role, place) for role in _SAID)
