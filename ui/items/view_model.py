"""One line of the table of items: raw values, from which columns make text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from app.models.draft import NO_DRAFTS, Draft, Drafts
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.item_outcome import ItemOutcome
from app.models.money import Money
from app.models.vocabulary import EntryId
from app.outcomes.reports import NO_REPORTS, Report, Reports, set_by
from app.review.control_totals import ExactSums, Sums
from app.review.failure_catalogue import failure_words
from app.slices import Slices, run_to_end, slices
from ui.common.status_text import draft_status_word, drafted_sentence, item_look, item_word
from ui.theme.status import DRAFT, REFUSED_DRAFT, StatusLook, look_of

# What blocks the job comes first.
_NEED = {
    StatusLook.UNKNOWN: 0,
    StatusLook.OPEN: 1,
    StatusLook.FAILED: 3,
    StatusLook.ABANDONED: 4,
    StatusLook.SUCCESSFUL: 5,
}
_NEED_OF_DRAFTS = 2  # what has an outcome drafted only waits for it to be sent
# About a millisecond.
_ROWS_IN_A_SLICE = 500

ItemKey = tuple[EntryId, int]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`key` tells rows apart even where Pleo sent the same entry twice; `draft` is an outcome that was entered here,
    `report` the one that was sent and that the item shows."""

    key: ItemKey
    item: ExportJobItem
    entry: ExportItem | None
    draft: Draft | None = None
    report: Report | None = None
    look: StatusLook = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "look", item_look(self.item.status))

    @property
    def status_word(self) -> str:
        return draft_status_word(self.draft) if self.draft else item_word(self.item.status)

    @property
    def status_sentence(self) -> str:
        """For a draft, from what to what."""
        return drafted_sentence(self.item.status, self.draft) if self.draft else self.status_word

    @property
    def status_icon(self) -> str:
        if self.draft is None:
            return look_of(self.look).icon
        return (REFUSED_DRAFT if self.draft.refusal else DRAFT).icon

    @property
    def status_rank(self) -> int:
        """As `need`, but a row stays where it is while its outcome is drafted."""
        return _NEED[self.look]

    @property
    def need(self) -> int:
        """The lower, the more it stands in the way of the job's end; what Pleo refused is as open as before."""
        return _NEED_OF_DRAFTS if self.draft and not self.draft.refusal else _NEED[self.look]

    @property
    def date(self) -> datetime | None:
        return self.entry.date if self.entry else None

    @property
    def supplier(self) -> str:
        return (self.entry.supplier_name or "") if self.entry else ""

    @property
    def money(self) -> Money | None:
        return self.entry.amount.in_supplier_currency if self.entry else None

    @property
    def company_money(self) -> Money | None:
        """In the currency of the company's wallet."""
        return self.entry.amount.in_wallet_currency if self.entry else None

    @property
    def team(self) -> str:
        return self.entry.team.name if self.entry and self.entry.team else ""

    @property
    def note(self) -> str:
        return (self.entry.note or "") if self.entry else ""

    @property
    def tax(self) -> str:
        return ", ".join(self.entry.taxes) if self.entry else ""

    @property
    def receipt_count(self) -> int | None:
        return self.entry.receipt_count if self.entry else None

    @property
    def reconciliation_id(self) -> str:
        return self.entry.reconciliation_id if self.entry else ""

    @property
    def person(self) -> str:
        return self.entry.user.name if self.entry and self.entry.user else ""

    @property
    def account(self) -> str:
        accounts = self.entry.accounts if self.entry else ()
        return ", ".join(f"{account.code} {account.name}" if account.code else account.name for account in accounts)

    @property
    def reason(self) -> str:
        return self._told.failure_reason or ""

    @property
    def failure(self) -> str:
        kind = self._told.failure_reason_type
        return failure_words(kind).title if kind else ""

    @property
    def external_id(self) -> str:
        return self._told.external_id or self.item.external_id or ""

    @property
    def set_by(self) -> str:
        """Whose outcome the row shows: who drafted it, or who reported it."""
        return self.draft.drafted_by if self.draft else (self.report.by if self.report else "")

    @property
    def _told(self) -> ExportJobItem | ItemOutcome:
        """The drafted outcome, as the status word says it, where there is one."""
        return self.draft.outcome if self.draft else self.item


def item_rows(
    items: Sequence[ExportJobItem], entries: Mapping[EntryId, ExportItem], drafts: Drafts = NO_DRAFTS
) -> list[ItemRow]:
    """In Pleo's order, but with what blocks first: unknown, open, drafted, failed, and the rest after them."""
    return run_to_end(row_slices(items, entries, drafts))


def row_slices(
    items: Sequence[ExportJobItem],
    entries: Mapping[EntryId, ExportItem],
    drafts: Drafts = NO_DRAFTS,
    reports: Reports = NO_REPORTS,
) -> Slices[list[ItemRow]]:
    """`item_rows`, in slices."""
    seen: dict[EntryId, int] = {}
    rows: list[ItemRow] = []
    for part in slices(len(items), _ROWS_IN_A_SLICE):
        for item in items[part]:
            entry_id = item.accounting_entry_id
            times = seen[entry_id] = seen.get(entry_id, -1) + 1
            report = set_by(item, reports) if reports else None
            rows.append(ItemRow((entry_id, times), item, entries.get(entry_id), drafts.get(entry_id), report))
        yield
    return (yield from blocking_first_slices(rows))


def blocking_first_slices(rows: Sequence[ItemRow]) -> Slices[list[ItemRow]]:
    """The same rows with what blocks first, in slices; among equals their order stays."""
    by_need: dict[int, list[ItemRow]] = {need: [] for need in sorted({*_NEED.values(), _NEED_OF_DRAFTS})}
    for part in slices(len(rows), _ROWS_IN_A_SLICE):
        for row in rows[part]:
            by_need[row.need].append(row)
        yield
    return list(chain.from_iterable(by_need.values()))


def empty_slices(rows: Sequence[ItemRow], values: Mapping[str, Callable[[ItemRow], object]]) -> Slices[frozenset[str]]:
    """The keys of the `values` that no row has, in slices; without rows nothing is known to be empty."""
    left = dict(values) if rows else {}
    for part in slices(len(rows), _ROWS_IN_A_SLICE):
        some = rows[part]
        left = {key: value for key, value in left.items() if all(value(row) in ("", None) for row in some)}
        if not left:
            break
        yield
    return frozenset(left)


def marked_slices(rows: Sequence[ItemRow], drafts: Drafts, reports: Reports = NO_REPORTS) -> Slices[list[ItemRow]]:
    """The same rows with these drafts and reports, in slices; a row where both stay is the very same."""
    fresh: list[ItemRow] = []
    for part in slices(len(rows), _ROWS_IN_A_SLICE):
        for row in rows[part]:
            draft = drafts.get(row.item.accounting_entry_id)
            report = set_by(row.item, reports) if reports else None
            is_same = row.draft is draft and row.report is report
            fresh.append(row if is_same else replace(row, draft=draft, report=report))
        yield
    return fresh


def in_order(rows: Sequence[ItemRow], order: Mapping[ItemKey, int]) -> list[ItemRow]:
    """As they stood before, so that no row moves away while somebody reads it; new ones last. `order` counts from 0
    without a gap."""
    return run_to_end(order_slices(rows, order))


def order_slices(rows: Sequence[ItemRow], order: Mapping[ItemKey, int]) -> Slices[list[ItemRow]]:
    """`in_order`, in slices."""
    stood: list[ItemRow | None] = [None] * len(order)
    new: list[ItemRow] = []
    for part in slices(len(rows), _ROWS_IN_A_SLICE):
        for row in rows[part]:
            place = order.get(row.key)
            if place is None:
                new.append(row)
            else:
                stood[place] = row
        yield
    return [row for row in stood if row is not None] + new


def show_the_same(was: ItemRow, now: ItemRow) -> bool:
    """In every column. What no column shows of an entry would have to be parsed again to be compared."""
    if was.draft is not now.draft or was.report != now.report or (was.item is not now.item and was.item != now.item):
        return False
    if was.entry is None or now.entry is None:
        return was.entry is now.entry
    return was.entry is now.entry or _of_the_entry(was) == _of_the_entry(now)


def _of_the_entry(row: ItemRow) -> tuple[object, ...]:
    at_once = (row.date, row.supplier, row.money, row.person, row.account)
    return *at_once, row.company_money, row.team, row.note, row.tax, row.receipt_count, row.reconciliation_id


def sum_slices(rows: Sequence[ItemRow]) -> Slices[Sums]:
    """Per currency in whole units, exact; rows without a known amount add nothing. In slices."""
    sums = ExactSums()
    for part in slices(len(rows), _ROWS_IN_A_SLICE):
        for row in rows[part]:
            if row.money:
                sums.add(row.money)
        yield
    return sums.found()


def release_slices(rows: list[ItemRow]) -> Slices[None]:
    """Lets go of rows that nobody else holds: to free 100,000 of them at once takes long enough to be noticed."""
    while rows:
        del rows[-_ROWS_IN_A_SLICE:]
        yield
