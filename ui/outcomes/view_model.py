"""What is said about drafted outcomes: whom a decision concerns, what changes, what was sent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.errors import SignoffError
from app.messages import joined, nsaid, said
from app.models.draft import Draft, Drafts
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.vocabulary import FINAL_ITEM, EntryId, Item, ItemStatus
from app.outcomes.batches import refusal_words
from app.outcomes.draft_service import Sent
from app.outcomes.failure_wordings import known_variables, values_for
from app.outcomes.service import UpdateResult
from app.review.control_totals import ExactSums, Sums
from app.slices import Slices, slices
from app.texts.screen import isolated
from ui.common.status_text import item_word_within, outcome_word, outcome_word_within
from ui.common.text_format import TextFormat

# About a millisecond.
_ROWS_IN_A_SLICE = 500
# The same where what an item says may have to be parsed again.
_PARSED_IN_A_SLICE = 50


class Subject(Protocol):
    """An item that a decision may concern, with its accounting data where that is known."""

    @property
    def item(self) -> ExportJobItem: ...

    @property
    def entry(self) -> ExportItem | None: ...

    @property
    def draft(self) -> Draft | None: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Items that one decision is for; `title` names them: the 3 chosen items."""

    title: str
    subjects: Sequence[Subject]


def is_final(subject: Subject) -> bool:
    return subject.item.status in FINAL_ITEM


def subject_words(subject: Subject, fmt: TextFormat) -> str:
    """Supplier, amount and date; the id where the accounting data is missing."""
    entry = subject.entry
    if entry is None:
        return str(subject.item.accounting_entry_id)
    money = fmt.money(entry.amount.in_supplier_currency)
    named = isolated(entry.supplier_name or entry.note or "")
    return " · ".join(filter(None, (named, money, fmt.bookkeeping_date(entry.date))))


def about_several(count: int) -> str:
    return nsaid("What became of {n:,} item?", "What became of {n:,} items?", count)


def about_final(final: int, count: int) -> str:
    if count == 1:
        return said("This item is final already. Pleo may refuse to change it.")
    if final == count:
        return said("These items are final already. Pleo may refuse to change them.")
    return said("Some of these items are final already. Pleo may refuse to change them.")


def is_mixed(subjects: Sequence[Subject]) -> bool:
    """Whether some are final and some are not."""
    return any(map(is_final, subjects)) and not all(map(is_final, subjects))


def replaced_drafts_words(subjects: Sequence[Subject]) -> str:
    """How many drafts one decision for several items replaces; "" where it is none, or for one item alone."""
    drafted = sum(1 for subject in subjects if subject.draft) if len(subjects) > 1 else 0
    if not drafted:
        return ""
    return nsaid(
        "{n:,} of them is drafted already; this replaces that draft.",
        "{n:,} of them are drafted already; this replaces those drafts.",
        drafted,
    )


def lacking_slices(wording: str, subjects: Sequence[Subject], fmt: TextFormat) -> Slices[dict[str, int]]:
    """For how many of the items each variable of the wording has no value; in slices."""
    lacking = dict.fromkeys(known_variables(wording), 0)
    for part in slices(len(subjects) if lacking else 0, _PARSED_IN_A_SLICE):
        for subject in subjects[part]:
            values = values_for(wording, subject.entry, fmt)
            for name in lacking:
                lacking[name] += not values.get(name)
        yield
    return lacking


def lacking_words(lacking: Mapping[str, int], total: int) -> str:
    """For several items; one alone shows it in its reason."""
    if total < 2:
        return ""
    return joined("\n", (_lacking(f"{{{name}}}", count, total) for name, count in lacking.items() if count))


def _lacking(variable: str, count: int, total: int) -> str:
    if count == total:
        return said(
            "{variable} is not known for any of the {total:,} items, and left out there.",
            variable=variable,
            total=total,
        )
    return said(
        "{variable} is not known for {count:,} of the {total:,} items, and left out there.",
        variable=variable,
        count=count,
        total=total,
    )


def sum_slices(subjects: Sequence[Subject]) -> Slices[Sums]:
    """Per currency in whole units, exact; items without a known amount add nothing."""
    sums = ExactSums()
    for part in slices(len(subjects), _ROWS_IN_A_SLICE):
        for subject in subjects[part]:
            money = subject.entry.amount.in_supplier_currency if subject.entry else None
            if money:
                sums.add(money)
        yield
    return sums.found()


def statuses_text(statuses: Iterable[ItemStatus]) -> str:
    """12 pending, 5 failed."""
    counted = Counter(statuses).most_common()
    return joined(", ", (_counted(status, count) for status, count in counted))


def _counted(status: ItemStatus, count: int) -> str:
    match status:
        case Item.SUCCESSFUL:
            return nsaid("{n:,} posted", "{n:,} posted", count)
        case Item.FAILED:
            return nsaid("{n:,} failed", "{n:,} failed", count)
        case Item.ABANDONED:
            return nsaid("{n:,} abandoned", "{n:,} abandoned", count)
        case Item.PENDING:
            return nsaid("{n:,} pending", "{n:,} pending", count)
        case Item.IN_PROGRESS:
            return nsaid("{n:,} in progress", "{n:,} in progress", count)
        case _:
            return nsaid("{n:,} unknown: {status}", "{n:,} unknown: {status}", count, status=status)


@dataclass(frozen=True, slots=True)
class SendRow:
    """One item as it is and as it would be; once it was sent, `fate` is what became of it."""

    item: ExportJobItem
    entry: ExportItem | None
    draft: Draft
    fate: str = ""
    is_refused: bool = False

    @property
    def key(self) -> EntryId:
        return self.item.accounting_entry_id

    @property
    def supplier(self) -> str:
        return (self.entry.supplier_name or "") if self.entry else ""

    @property
    def after(self) -> str:
        status = self.draft.outcome.status
        if self.is_refused:
            return said("Refused: {status}", status=outcome_word_within(status))
        return outcome_word(status)

    @property
    def said(self) -> str:
        """What became of it, else what goes with the new status: the reason, or the number in the books."""
        outcome = self.draft.outcome
        return self.fate or outcome.failure_reason or outcome.external_id or outcome.external_url or ""

    @property
    def why(self) -> str:
        source = self.draft.source
        listed = said("{file}, row {row}", file=source.file_name, row=source.row) if source else ""
        return self.draft.note or listed


def send_rows(
    items: Iterable[ExportJobItem], entries: Mapping[EntryId, ExportItem], drafts: Drafts
) -> Slices[list[SendRow]]:
    """Those that are drafted, in the order of the items; in slices."""
    rows: list[SendRow] = []
    for number, item in enumerate(items, 1):
        draft = drafts.get(item.accounting_entry_id)
        if draft:
            rows.append(SendRow(item, entries.get(item.accounting_entry_id), draft))
        if number % _ROWS_IN_A_SLICE == 0:
            yield
    return rows


@dataclass(frozen=True, slots=True)
class Change:
    """Items that go the same way: 9 pending → posted."""

    sentence: str
    sums: Sums
    concerns_final: bool


def changes_of(rows: Sequence[SendRow]) -> Slices[tuple[Change, ...]]:
    """The most frequent first; in slices."""
    groups: dict[tuple[ItemStatus, ItemStatus], list[SendRow]] = {}
    for number, row in enumerate(rows, 1):
        groups.setdefault((row.item.status, row.draft.outcome.status), []).append(row)
        if number % _ROWS_IN_A_SLICE == 0:
            yield
    found = []
    for (before, after), group in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        sums = yield from sum_slices(group)
        sentence = nsaid(
            "{n:,} item: {before} → {after}",
            "{n:,} items: {before} → {after}",
            len(group),
            before=item_word_within(before),
            after=outcome_word_within(after),
        )
        found.append(Change(sentence, sums, before in FINAL_ITEM))
    return tuple(found)


def fates(result: UpdateResult) -> dict[EntryId, str]:
    """What became of each outcome, in words."""
    fate_of: dict[EntryId, str] = dict.fromkeys(result.arrived, said("Confirmed by Pleo"))
    for error in result.refused:
        fate_of[error.accounting_entry_id] = said("Refused: {why}", why=refusal_words(error.type, error.message))
    for outcomes, fate in (
        (result.changed, said("Not sent: the item is no longer as it was shown")),
        (result.unknown, said("Not known yet")),
        (result.not_sent, said("Not sent")),
    ):
        fate_of |= dict.fromkeys((outcome.accounting_entry_id for outcome in outcomes), fate)
    return fate_of


@dataclass(frozen=True, slots=True)
class SentWords:
    """`tone` is success, warning or error."""

    tone: str
    title: str
    advice: str
    details: str = ""


def unknown_words(count: int, releasable: str) -> str:
    """`releasable` says when it may be released, "" where it may be now."""
    sentences: list[str] = [
        nsaid(
            "Not known yet for {n:,} outcome that was sent whether Pleo has it.",
            "Not known yet for {n:,} outcomes that were sent whether Pleo has them.",
            count,
        ),
        said("Nothing of it is sent again before that is known. Signoff keeps asking."),
    ]
    if releasable:
        sentences.append(releasable)
    return joined(" ", sentences)


def sent_words(sent: Sent) -> SentWords:
    result = sent.result
    left_over = _left_over(result)
    lines = [line for count, line in left_over if count]
    lines += [sentence_of(trouble) for trouble in _troubles(sent)]
    others = sum(count for count, _ in left_over)
    came = _came_of(len(result.refused), len(result.arrived), others)
    return SentWords(
        tone="success" if not others and not list(_troubles(sent)) else ("warning" if result.arrived else "error"),
        title=joined(" ", (said("Stopped."), came)) if result.was_stopped else came,
        advice=joined("\n", lines),
        details=_details(sent),
    )


def _left_over(result: UpdateResult) -> tuple[tuple[int, str], ...]:
    """How many did not arrive for each reason, and what is said of them."""
    refused, changed = len(result.refused), len(result.changed)
    unknown, not_sent = len(result.unknown), len(result.not_sent)
    return (
        (
            refused,
            nsaid(
                "{n:,} item: refused by Pleo, still drafted with its words.",
                "{n:,} items: refused by Pleo, still drafted with its words.",
                refused,
            ),
        ),
        (
            changed,
            nsaid(
                "{n:,} item: no longer as it was shown, so not sent: look at it again.",
                "{n:,} items: no longer as it was shown, so not sent: look at it again.",
                changed,
            ),
        ),
        (
            unknown,
            nsaid(
                "{n:,} item: not known yet, and not sent again before Pleo's state is known.",
                "{n:,} items: not known yet, and not sent again before Pleo's state is known.",
                unknown,
            ),
        ),
        (
            not_sent,
            nsaid("{n:,} item: not sent, still drafted.", "{n:,} items: not sent, still drafted.", not_sent),
        ),
    )


def _came_of(refused: int, arrived: int, others: int) -> str:
    """What Pleo refused comes first. `others` are all that did not arrive."""
    if not refused:
        return nsaid("{n:,} outcome confirmed by Pleo", "{n:,} outcomes confirmed by Pleo", arrived)
    total = arrived + others
    if refused == total:
        return nsaid("{n:,} outcome was refused by Pleo", "{n:,} outcomes were refused by Pleo", refused)
    of_all = nsaid(
        "{n:,} of {total:,} outcomes was refused", "{n:,} of {total:,} outcomes were refused", refused, total=total
    )
    confirmed = nsaid("{n:,} is confirmed", "{n:,} are confirmed", arrived) if arrived else said("none is confirmed")
    return joined(", ", (of_all, confirmed))


def _troubles(sent: Sent) -> Iterable[SignoffError]:
    found = (sent.result.problem, sent.result.journal_problem, sent.drafts_problem)
    return [trouble for trouble in found if trouble]


def sentence_of(trouble: SignoffError) -> str:
    """What happened, and what to do."""
    title = trouble.title if trouble.title.endswith(".") else joined("", (trouble.title, "."))
    return joined(" ", (title, trouble.advice)) if trouble.advice else title


def _details(sent: Sent) -> str:
    refused = [f"{error.accounting_entry_id}: {error.message} ({error.type})" for error in sent.result.refused]
    return "\n".join([*refused, *(trouble.details for trouble in _troubles(sent) if trouble.details)])
