"""What was found about a list as the user reads it: rows, counts, and the words for both."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import Enum

from app.messages import nsaid, ntr, said, shown, tr
from app.models.draft import Draft, Drafts
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.vocabulary import FINAL_ITEM, Item
from app.outcomes.batches import shows
from app.posting_lists.acceptance import Acceptance, MatchedList
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.match_result import RowKind
from app.posting_lists.sentences import MATCHED_BY, doubt_words
from app.slices import Slices, slices
from app.texts.screen import isolated
from ui.common.status_text import item_word
from ui.common.text_format import TextFormat
from ui.posting_lists.sentences import already, contradiction, outcome_words
from ui.theme.status import Look

# Where the outcome of each may be asked for: two to four milliseconds.
_ROWS_IN_A_SLICE = 250

# The places of a row of the list and of an item: one of them is None.
RowKey = tuple[int | None, int | None]


class ListLook(Enum):
    """What became of a row of the list, or of an item that is not in it."""

    MATCHED = Look(
        said("Matched"), "success", "success", counted=lambda count: nsaid("{n:,} matched", "{n:,} matched", count)
    )
    TO_DECIDE = Look(
        said("To decide"),
        "warning",
        "warning",
        counted=lambda count: nsaid("{n:,} to decide", "{n:,} to decide", count),
    )
    NOT_IN_JOB = Look(
        said("Not in this job"),
        "info",
        "info",
        counted=lambda count: nsaid("{n:,} not in this job", "{n:,} not in this job", count),
    )
    NOT_RECOGNISED = Look(
        said("Names no item"),
        "info",
        "info",
        counted=lambda count: nsaid("{n:,} names no item", "{n:,} names no item", count),
    )
    MISSING = Look(
        said("Missing in the list"),
        "status-open",
        "open",
        counted=lambda count: nsaid("{n:,} missing in the list", "{n:,} missing in the list", count),
    )


_LOOKS = {RowKind.NOT_IN_JOB: ListLook.NOT_IN_JOB, RowKind.NOT_RECOGNISED: ListLook.NOT_RECOGNISED}
# What a list cannot say of an item that Pleo shows so, unless one of the two is wrong.
_CONTRADICTIONS = frozenset(((StatusMeaning.SUCCESSFUL, Item.FAILED), (StatusMeaning.FAILED, Item.SUCCESSFUL)))
_SAYS = {
    StatusMeaning.SUCCESSFUL: said("Posted"),
    StatusMeaning.FAILED: said("Failed"),
    StatusMeaning.OPEN: said("Left open"),
}
_SAYS_ICON = {
    StatusMeaning.SUCCESSFUL: "status-successful",
    StatusMeaning.FAILED: "status-failed",
    StatusMeaning.OPEN: "status-open",
}


@dataclass(frozen=True, slots=True)
class Review:
    """A matched list with the user's choices so far, and the accounting data to show it with.

    `drafts` are those of the job. `to_decide` are the rows that are not taken unless the user says so, `replacing`
    those about one item whose draft says something else.
    """

    matched: MatchedList
    acceptance: Acceptance
    entries: Sequence[ExportItem | None]
    drafts: Drafts
    fmt: TextFormat
    to_decide: frozenset[int] = frozenset()
    replacing: frozenset[int] = frozenset()


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
        if self.row in self.review.to_decide:
            return ListLook.TO_DECIDE
        kind = self.review.matched.result[self.row].kind
        return _LOOKS.get(kind, ListLook.MATCHED)

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
        return shown(_SAYS[meaning]) if meaning else self.said(ColumnRole.STATUS) or tr("Nothing")

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
        """With its sign: what stands in credit is less than nothing."""
        return None if self.row is None else self.review.matched.rows.signed(self.row)

    @property
    def posted(self) -> datetime | None:
        """The posting time that Pleo would be told."""
        outcome = None if self.row is None else self.review.acceptance.outcome(self.row)
        return outcome.exported_at if outcome else None

    @property
    def posted_text(self) -> str:
        return self.review.fmt.bookkeeping_date(self.posted) if self.posted else ""

    @property
    def amount_text(self) -> str:
        amount = self.amount
        if amount is None or self.row is None:
            return ""
        return self.review.fmt.sum(amount, self.review.matched.rows.currency(self.row)).strip()

    @property
    def job_item(self) -> ExportJobItem | None:
        return None if self.item is None else self.review.matched.items[self.item]

    @property
    def item_text(self) -> str:
        if self.item is not None:
            return item_words(self.review, self.item)
        found = () if self.row is None else self.review.acceptance.candidates(self.row)
        return ntr("one of {n:,}", "one of {n:,}", len(found)) if found else ""

    @property
    def now(self) -> str:
        """The item's status in Pleo."""
        item = self.job_item
        return shown(item_word(item.status)) if item else ""

    @property
    def by(self) -> str:
        if self.row is None:
            return ""
        found = self.review.matched.result[self.row]
        is_chosen = self.item is not None and len(found.items) > 1
        if is_chosen:
            return tr("chosen by you")
        return shown(MATCHED_BY[found.by]) if found.by else ""

    @property
    def note(self) -> str:
        """What there is to know before the row is taken; "" where nothing is."""
        if self.row is None:
            return ""
        found = self.review.matched.result[self.row]
        if found.kind is RowKind.NOT_IN_JOB:
            return tr("It fits no item of this job.")
        sentences = [*map(shown, doubt_words(found, self.review.matched.rows, self.review.entries, self._written))]
        if len(found.items) > 1:
            sentences.append(tr("Choose one of them.") if self.item is None else tr("You chose one."))
        if found.same_as is not None:
            first = self.review.matched.rows.numbers[found.same_as]
            sentences.append(tr("It says the same as row {row:,}, which stands for both.", row=first))
        return " ".join([*sentences, *self._about_the_item(), *self._about_the_draft()])

    def _about_the_item(self) -> Iterable[str]:
        item = self.job_item
        if item is None or self.row is None or item.status not in FINAL_ITEM:
            return
        outcome = self.review.acceptance.outcome(self.row)
        if outcome is None:
            return
        if is_contradicted(self.review, self.row):
            yield contradiction(item.status)
        else:
            yield tr("Pleo shows this already.") if shows(item, outcome) else already(item.status)

    def _about_the_draft(self) -> Iterable[str]:
        draft = None if self.row is None else replaced_draft(self.review, self.row)
        if draft:
            what, source = outcome_words(draft.outcome, self.review.fmt).rstrip("."), draft.source
            if source:
                file, row = source.file_name, source.row
                yield tr("It is drafted from {file}, row {row:,}, as {outcome}.", file=file, row=row, outcome=what)
            else:
                yield tr("You drafted this as {outcome}.", outcome=what)
            yield tr("Taking this row replaces that.")

    @property
    def would_be(self) -> str:
        """What taking the row would draft; "" where the row is about no item, or says nothing that is known."""
        outcome = None if self.row is None else self.review.acceptance.outcome(self.row)
        if outcome:
            return tr("Would be drafted: {outcome}", outcome=outcome_words(outcome, self.review.fmt))
        is_left_open = self.item is not None and self.meaning is StatusMeaning.OPEN
        return tr("Nothing would be drafted: the list leaves it open.") if is_left_open else ""

    def _written(self, amount: Decimal, currency: str) -> str:
        return self.review.fmt.sum(amount, currency)

    def details(self) -> str:
        """The row in one line, for the place below the table."""
        parts = [
            tr("Row {number:,}", number=self.number) if self.number else tr("Not in the file"),
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
    money = review.fmt.money(entry.amount.in_supplier_currency)
    supplier = isolated(entry.supplier_name or entry.note or "")
    return " · ".join(filter(None, (supplier, review.fmt.bookkeeping_date(entry.date), money)))


def candidate_words(review: Review, item: int) -> str:
    """The same with what tells it from another that looks alike."""
    entry = review.entries[item]
    told = entry.reconciliation_id if entry else ""
    person = entry.user.name if entry and entry.user else ""
    return " · ".join(filter(None, (item_words(review, item), person, told)))


def is_contradicted(review: Review, row: int) -> bool:
    """Whether the list says that an item failed which Pleo shows successful, or the other way round."""
    item = review.acceptance.item_of(row)
    both = (review.matched.rows.status(row), review.matched.items[item].status) if item is not None else None
    return both in _CONTRADICTIONS


def replaced_draft(review: Review, row: int) -> Draft | None:
    """The draft that the row's outcome would replace; None where there is none, or it says the same."""
    item = review.acceptance.item_of(row) if review.drafts else None
    draft = None if item is None else review.drafts.get(review.matched.items[item].accounting_entry_id)
    outcome = review.acceptance.outcome(row) if draft else None
    return draft if draft and outcome and draft.outcome != outcome else None


def replaced_count(review: Review) -> int:
    """How many drafts the rows that are taken would replace."""
    taken = review.acceptance.taken() if review.drafts else ()
    return sum(1 for row in taken if row in review.replacing or _replaces_by_choice(review, row))


def _replaces_by_choice(review: Review, row: int) -> bool:
    other = review.matched.result.others.get(row)
    return other is not None and len(other.items) > 1 and replaced_draft(review, row) is not None


def review_slices(
    matched: MatchedList,
    acceptance: Acceptance,
    entries: Sequence[ExportItem | None],
    drafts: Drafts,
    fmt: TextFormat,
) -> Slices[Review]:
    """Beside what the matching left open, the user decides where a row contradicts Pleo or would replace a draft: such
    rows are left."""
    review = Review(matched, acceptance, entries, drafts, fmt)
    to_decide: set[int] = set()
    replacing: set[int] = set()
    for part in slices(len(matched.result), _ROWS_IN_A_SLICE):
        for row in range(part.start, part.stop):
            found = matched.result[row]
            if replaced_draft(review, row):
                replacing.add(row)
            if found.kind is RowKind.AMBIGUOUS:
                to_decide.add(row)
            elif found.same_as is None and (row in replacing or is_contradicted(review, row)):
                to_decide.add(row)
                acceptance.take(row, is_wanted=False)
        yield
    return replace(review, to_decide=frozenset(to_decide), replacing=frozenset(replacing))


def review_rows(review: Review) -> Slices[list[ListRow]]:
    """What needs a decision first, then the list in its order, then the items that it does not name."""
    result = review.matched.result
    first = sorted(review.to_decide)
    is_first = review.to_decide.__contains__
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


def _open_ones_first(missing: Sequence[int], items: Sequence[ExportJobItem]) -> Slices[list[int]]:
    """An item that is final needs no row in the file."""
    still_open: list[int] = []
    final: list[int] = []
    for part in slices(len(missing)):
        for item in missing[part]:
            (final if items[item].status in FINAL_ITEM else still_open).append(item)
        yield
    return still_open + final


def row_of(review: Review, row: int) -> ListRow:
    return ListRow(review, row, review.acceptance.item_of(row), review.acceptance.is_taken(row))


def counts_of(review: Review) -> dict[ListLook, int]:
    matched = review.matched
    kinds = Counter(other.kind for other in matched.result.others.values())
    unfit, unknown = kinds[RowKind.NOT_IN_JOB], kinds[RowKind.NOT_RECOGNISED]
    return {
        ListLook.MATCHED: len(matched.rows) - unfit - unknown - len(review.to_decide),
        ListLook.TO_DECIDE: len(review.to_decide),
        ListLook.NOT_IN_JOB: unfit,
        ListLook.NOT_RECOGNISED: unknown,
        ListLook.MISSING: len(matched.result.missing),
    }
