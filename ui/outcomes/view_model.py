"""What is said about drafted outcomes: whom a decision concerns, what the drafts would come to, what was sent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.completion.derive import NotReady
from app.completion.outcome_text import spoken
from app.completion.preview import Preview
from app.errors import SignoffError
from app.models.draft import Draft, Drafts
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.vocabulary import FINAL_ITEM, EntryId, ItemStatus
from app.outcomes.draft_service import Sent
from app.outcomes.failure_wordings import known_variables, values_for
from app.outcomes.service import UpdateResult
from app.review.control_totals import ExactSums, Sums
from app.screen_text import isolated
from app.slices import Slices, slices
from app.text import count_of
from ui.common.status_text import item_word
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


def replaced_drafts_words(subjects: Sequence[Subject]) -> str:
    """How many drafts one decision for several items replaces; "" where it is none, or for one item alone."""
    drafted = sum(1 for subject in subjects if subject.draft) if len(subjects) > 1 else 0
    if not drafted:
        return ""
    is_one = drafted == 1
    them = "1 of them is" if is_one else f"{drafted:,} of them are"
    return f"{them} drafted already; this replaces {'that draft' if is_one else 'those drafts'}."


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
    lines = []
    for name, count in lacking.items():
        if count:
            whom = f"any of the {total:,} items" if count == total else f"{count:,} of the {total:,} items"
            lines.append(f"{{{name}}} is not known for {whom}, and left out there.")
    return "\n".join(lines)


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
    return ", ".join(f"{count:,} {item_word(status).lower()}" for status, count in counted)


@dataclass(frozen=True, slots=True)
class DraftsView:
    """What the gate says of the drafts; "" for what there is nothing to say of, or what `refused` says whole."""

    drafted: str = ""
    drafted_ids: tuple[EntryId, ...] = ()
    refused: str = ""
    refused_ids: tuple[EntryId, ...] = ()
    event_title: str = ""
    event_words: str = ""
    event_note: str = ""
    can_send: bool = False


def drafts_view(drafts: Drafts, would_be: Preview | NotReady, *, has_ended: bool) -> DraftsView:
    if not drafts:
        return DraftsView()
    refused = tuple(entry for entry, draft in drafts.items() if draft.refusal)
    are_all_refused = len(refused) == len(drafts)
    whose = count_of(len(refused), "draft") if are_all_refused else f"{len(refused):,} of them"
    at_rest = DraftsView(
        drafted="" if are_all_refused else f"{len(drafts):,} drafted, not sent",
        drafted_ids=tuple(drafts),
        refused=f"{whose} refused by Pleo" if refused else "",
        refused_ids=refused,
        event_note="The job has ended, so Pleo takes no outcomes any more. The drafts are kept until you discard them.",
    )
    if has_ended:
        return at_rest
    is_ready = isinstance(would_be, Preview)
    return DraftsView(
        at_rest.drafted,
        at_rest.drafted_ids,
        at_rest.refused,
        at_rest.refused_ids,
        event_title=f"Once {'it is' if len(drafts) == 1 else 'they are'} sent, it would be",
        event_words=spoken(would_be.event.event) if isinstance(would_be, Preview) else "not yet ready",
        event_note="" if is_ready else _still_missing(would_be),
        can_send=True,
    )


def _still_missing(would_be: Preview | NotReady) -> str:
    blockers = would_be.blockers if isinstance(would_be, NotReady) else ()
    return "\n".join(f"{blocker.message}." for blocker in blockers)


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
        word = item_word(self.draft.outcome.status)
        return f"Refused: {word.lower()}" if self.is_refused else word

    @property
    def said(self) -> str:
        """What became of it, else what goes with the new status: the reason, or the number in the books."""
        outcome = self.draft.outcome
        return self.fate or outcome.failure_reason or outcome.external_id or outcome.external_url or ""

    @property
    def why(self) -> str:
        source = self.draft.source
        return self.draft.note or (f"{source.file_name}, row {source.row}" if source else "")


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
    """Items that go the same way: 9 pending → successful."""

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
        sentence = f"{count_of(len(group), 'item')}: {item_word(before).lower()} → {item_word(after).lower()}"
        found.append(Change(sentence, sums, before in FINAL_ITEM))
    return tuple(found)


def fates(result: UpdateResult) -> dict[EntryId, str]:
    """What became of each outcome, in words."""
    fate_of = dict.fromkeys(result.arrived, "Confirmed by Pleo")
    fate_of |= {error.accounting_entry_id: f"Refused: {error.message} ({error.type})" for error in result.refused}
    for outcomes, fate in (
        (result.changed, "Not sent: the item is no longer as it was shown"),
        (result.unknown, "Not known yet"),
        (result.not_sent, "Not sent"),
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


def unknown_words(count: int, releasable_from: str) -> str:
    """`releasable_from` is when it may be released, "" where it may be now."""
    has = "it" if count == 1 else "them"
    way_out = f" From {releasable_from} on it can be released by hand." if releasable_from else ""
    return (
        f"Not known yet for {count_of(count, 'outcome')} that {'was' if count == 1 else 'were'} sent whether Pleo has "
        f"{has}. Nothing of it is sent again before that is known. Signoff keeps asking.{way_out}"
    )


def sent_words(sent: Sent) -> SentWords:
    result = sent.result
    parts = (
        (len(result.refused), "refused by Pleo, still drafted with its words"),
        (len(result.changed), "no longer as it was shown, so not sent: look at it again"),
        (len(result.unknown), "not known yet, and not sent again before Pleo's state is known"),
        (len(result.not_sent), "not sent, still drafted"),
    )
    lines = [f"{count_of(count, 'item')}: {became}." for count, became in parts if count]
    lines += [_sentence(trouble) for trouble in _troubles(sent)]
    others = sum(count for count, _ in parts)
    came = _came_of(len(result.refused), len(result.arrived), others)
    return SentWords(
        tone="success" if not others and not list(_troubles(sent)) else ("warning" if result.arrived else "error"),
        title=f"Stopped. {came}" if result.was_stopped else came,
        advice="\n".join(lines),
        details=_details(sent),
    )


def _came_of(refused: int, arrived: int, others: int) -> str:
    """What Pleo refused comes first. `others` are all that did not arrive."""
    if not refused:
        return f"{count_of(arrived, 'outcome')} confirmed by Pleo"
    total, was = arrived + others, "was" if refused == 1 else "were"
    if refused == total:
        return f"{count_of(refused, 'outcome')} {was} refused by Pleo"
    confirmed = f"{arrived:,} {'is' if arrived == 1 else 'are'}" if arrived else "none is"
    return f"{refused:,} of {count_of(total, 'outcome')} {was} refused, {confirmed} confirmed"


def _troubles(sent: Sent) -> Iterable[SignoffError]:
    found = (sent.result.problem, sent.result.journal_problem, sent.drafts_problem)
    return [trouble for trouble in found if trouble]


def _sentence(trouble: SignoffError) -> str:
    return f"{trouble.title.rstrip('.')}. {trouble.advice}".strip()


def _details(sent: Sent) -> str:
    refused = [f"{error.accounting_entry_id}: {error.message} ({error.type})" for error in sent.result.refused]
    return "\n".join([*refused, *(trouble.details for trouble in _troubles(sent) if trouble.details)])
