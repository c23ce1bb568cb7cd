"""What was found about a list as the user reads it: rows, counts, and the words for both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from app.completion.wording import count_of
from app.jobs.service import why_without_accounting_data
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.words import FINAL_ITEM, Item, ItemStatus
from app.postings.acceptance import Acceptance, MatchedList
from app.postings.match_result import RowKind
from app.postings.steps import Steps, slices
from app.postings.wording import MATCHED_BY, doubt_words
from app.postings.words import ColumnRole, StatusMeaning
from app.resolution.batches import shows
from ui.status_words import item_word
from ui.text_format import TextFormat
from ui.theme.status import Look

# The places of a row of the list and of an item: one of them is None.
RowKey = tuple[int | None, int | None]


class ListLook(Enum):
    """What became of a row of the list, or of an item that is not in it."""

    MATCHED = Look("Matched", "success", "success")
    TO_DECIDE = Look("To decide", "warning", "warning")
    NOT_IN_JOB = Look("Not in this job", "info", "info")
    MISSING = Look("Missing in the file", "status-open", "open")


_LOOKS = {
    RowKind.MATCHED: ListLook.MATCHED,
    RowKind.AMBIGUOUS: ListLook.TO_DECIDE,
    RowKind.NOT_IN_JOB: ListLook.NOT_IN_JOB,
}
_SAYS = {
    StatusMeaning.SUCCESSFUL: "Posted",
    StatusMeaning.FAILED: "Failed",
    StatusMeaning.OPEN: "Left open",
}
_SAYS_ICON = {
    StatusMeaning.SUCCESSFUL: "status-successful",
    StatusMeaning.FAILED: "status-failed",
    StatusMeaning.OPEN: "status-open",
}


@dataclass(frozen=True, slots=True)
class Review:
    """A matched list with the user's choices so far, and the accounting data to show it with."""

    matched: MatchedList
    acceptance: Acceptance
    entries: Sequence[ExportItem | None]
    words: TextFormat


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the result: a row of the list, or an item that no row is about, for which `row` is None.

    Texts are made when they are shown. `item` and `is_taken` are as the user has them now.
    """

    review: Review
    row: int | None
    item: int | None
    is_taken: bool

    @property
    def key(self) -> RowKey:
        """A row keeps its key whatever is chosen for it."""
        return (self.row, None) if self.row is not None else (None, self.item)

    @property
    def look(self) -> ListLook:
        if self.row is None:
            return ListLook.MISSING
        return _LOOKS[self.review.matched.result[self.row].kind]

    @property
    def number(self) -> int | None:
        """As a spreadsheet shows it."""
        return None if self.row is None else self.review.matched.rows.numbers[self.row]

    @property
    def meaning(self) -> StatusMeaning | None:
        return None if self.row is None else self.review.matched.rows.status(self.row)

    @property
    def says(self) -> str:
        if self.row is None:
            return ""
        meaning = self.meaning
        return _SAYS[meaning] if meaning else self.said(ColumnRole.STATUS) or "Nothing"

    @property
    def says_icon(self) -> str | None:
        if self.row is None:
            return None
        return _SAYS_ICON[self.meaning] if self.meaning else "status-unknown"

    def said(self, role: ColumnRole) -> str:
        return "" if self.row is None else self.review.matched.rows.text(role, self.row)

    @property
    def reference(self) -> str:
        """The first of the row's ids."""
        if self.row is None:
            return ""
        cells = (str(column[self.row] or "").strip() for _, column in self.review.matched.rows.keys)
        return next(filter(None, cells), "")

    @property
    def amount(self) -> Decimal | None:
        amount = None if self.row is None else self.review.matched.rows.amount(self.row)
        return amount if isinstance(amount, Decimal) else None

    @property
    def amount_text(self) -> str:
        amount = self.amount
        if amount is None or self.row is None:
            return ""
        return self.review.words.sum(amount, self.review.matched.rows.currency(self.row)).strip()

    @property
    def job_item(self) -> ExportJobItem | None:
        return None if self.item is None else self.review.matched.items[self.item]

    @property
    def item_text(self) -> str:
        if self.item is not None:
            return item_words(self.review, self.item)
        found = () if self.row is None else self.review.acceptance.candidates(self.row)
        return f"one of {len(found):,}" if found else ""

    @property
    def now(self) -> str:
        """The item's status in Pleo."""
        item = self.job_item
        return item_word(item.status) if item else ""

    @property
    def by(self) -> str:
        if self.row is None:
            return ""
        found = self.review.matched.result[self.row]
        is_chosen = self.item is not None and len(found.items) > 1
        return "chosen by you" if is_chosen else MATCHED_BY[found.by] if found.by else ""

    @property
    def note(self) -> str:
        """What there is to know before the row is taken; "" where nothing is."""
        if self.row is None:
            return ""
        found = self.review.matched.result[self.row]
        if not found.items:
            return "It fits no item of this job."
        sentences = [*doubt_words(found, self.review.matched.rows, self.review.entries, self._written)]
        if len(found.items) > 1:
            sentences.append("Choose one of them." if self.item is None else "You chose one.")
        if found.same_as is not None:
            first = self.review.matched.rows.numbers[found.same_as]
            sentences.append(f"It says the same as row {first:,}, which stands for both.")
        return " ".join([*sentences, *self._about_the_item()])

    def _about_the_item(self) -> Iterable[str]:
        item = self.job_item
        if item is None or self.row is None or item.status not in FINAL_ITEM:
            return
        outcome = self.review.acceptance.outcome(self.row)
        if outcome is not None:
            is_known = shows(item, outcome)
            yield "Pleo shows this already." if is_known else f"Already {item_word(item.status).lower()} in Pleo."

    def _written(self, amount: Decimal, currency: str) -> str:
        return self.review.words.sum(amount, currency)

    def details(self) -> str:
        """The row in one line, for the place below the table."""
        parts = [
            f"Row {self.number:,}" if self.number else "Not in the file",
            self.says,
            self.said(ColumnRole.VOUCHER),
            self.amount_text,
            self.said(ColumnRole.MESSAGE),
        ]
        return " · ".join(filter(None, parts))


def item_words(review: Review, item: int) -> str:
    """Supplier, day and amount; the id where the accounting data is missing."""
    entry = review.entries[item]
    if entry is None:
        return str(review.matched.items[item].accounting_entry_id)
    money = review.words.money(entry.amount.in_supplier_currency)
    supplier = entry.supplier_name or entry.note or ""
    return " · ".join(filter(None, (supplier, review.words.bookkeeping_date(entry.date), money)))


def candidate_words(review: Review, item: int) -> str:
    """The same with what tells it from another that looks alike."""
    entry = review.entries[item]
    told = entry.reconciliation_id if entry else ""
    person = entry.user.name if entry and entry.user else ""
    return " · ".join(filter(None, (item_words(review, item), person, told)))


def review_rows(review: Review) -> Steps[list[ListRow]]:
    """What needs a decision first, then the list in its order, then the items that it does not name."""
    result = review.matched.result
    first = sorted(place for place, other in result.others.items() if other.kind is RowKind.AMBIGUOUS)
    is_first = frozenset(first).__contains__
    rows: list[ListRow] = []
    for part in slices(len(first)):
        rows += [row_of(review, row) for row in first[part]]
        yield
    for part in slices(len(result)):
        rows += [row_of(review, row) for row in range(part.start, part.stop) if not is_first(row)]
        yield
    missing = yield from _open_ones_first(result.missing, review.matched.items)
    for part in slices(len(missing)):
        rows += [ListRow(review, None, item, is_taken=False) for item in missing[part]]
        yield
    return rows


def _open_ones_first(missing: Sequence[int], items: Sequence[ExportJobItem]) -> Steps[list[int]]:
    """An item that is final needs no row in the file."""
    still_open: list[int] = []
    final: list[int] = []
    for part in slices(len(missing)):
        for item in missing[part]:
            (final if items[item].status in FINAL_ITEM else still_open).append(item)
        yield
    return still_open + final


def job_words(snapshot: JobSnapshot, words: TextFormat) -> str:
    made = words.moment(snapshot.job.created_at)
    return f"for the export job of {made}, {count_of(len(snapshot.items), 'item')}"


def without_amounts_words(accounting: AccountingData) -> tuple[str, str]:
    """Why Pleo's amounts are missing or old, and what that means for a list; "" where there is nothing to say."""
    if accounting.problem:
        why = why_without_accounting_data(accounting.problem)
        if accounting.entries:
            return why, "The list is compared with the amounts that were read before."
    elif accounting.entries:
        return "", ""
    else:
        why = "Amounts and suppliers are missing, because they were never read."
    return why, "The list's amounts cannot be compared with Pleo's."


def row_of(review: Review, row: int) -> ListRow:
    return ListRow(review, row, review.acceptance.item_of(row), review.acceptance.is_taken(row))


def counts_of(matched: MatchedList) -> dict[ListLook, int]:
    others = matched.result.others.values()
    counts = dict.fromkeys(ListLook, 0)
    for other in others:
        counts[_LOOKS[other.kind]] += 1
    counts[ListLook.MATCHED] += len(matched.rows) - len(others)
    counts[ListLook.MISSING] = len(matched.result.missing)
    return counts


def draft_words(counts: Mapping[ItemStatus, int]) -> tuple[str, str]:
    """The button, and the line beside it."""
    total = sum(counts.values())
    if not total:
        return "Draft outcomes", "No row is taken."
    button = f"Draft {count_of(total, 'outcome')}"
    return button, f"{counts[Item.SUCCESSFUL]:,} successful, {counts[Item.FAILED]:,} failed. Nothing is sent yet."


def left_out_words(matched: MatchedList) -> str:
    under = matched.rows.left_out
    if not under:
        return ""
    which = ", ".join(f"{each.number:,} ({each.text[:60]})" for each in under)
    return f"Left out, because it stands under the list: {'row' if len(under) == 1 else 'rows'} {which}."
