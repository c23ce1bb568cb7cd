"""What happened to a job, step by step, from the journal's rows alone. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from app.completion.attempt import Answer, Standing
from app.completion.evidence import EVENT, ITEM_UPDATE, Kind
from app.completion.row_shapes import is_readable
from app.completion.timeline_words import (
    answer_details,
    answer_words,
    basis_words,
    decision_details,
    decision_words,
    draft_details,
    draft_words,
    judged_details,
    judged_words,
    outcome_words,
    read_details,
    read_words,
    refused_items,
    sent_words,
    with_list_row,
)
from app.messages import joined, said
from app.models.journal_row import CONFIRMED, JOURNAL, JournalRow, RecordedRow
from app.models.vocabulary import EntryId, JobId
from app.texts.parsing import read_json
from app.texts.phrases import shortened
from app.texts.screen import isolated

PLEO: Final = "Pleo"
_ANSWERED_BY_PLEO = (Answer.ACCEPTED.value, Answer.DECLINED.value)
_LONGEST_CONTENT = 2_000
_NO_ITEMS: Mapping[EntryId, str] = MappingProxyType({})
_Content = Mapping[str, Any]


class Happened(StrEnum):
    """What scripts know an entry by; its words are a promise."""

    READ = "read"  # what an attempt rests on
    DRAFTED = "drafted"
    DECIDED = "decided"
    SENT = "sent"
    ANSWERED = "answered"
    READ_BACK = "read_back"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"
    NOT_SENT = "not_sent"
    MISSING = "missing"
    UNKNOWN = "unknown"  # nothing in the journal ends the attempt
    RELEASED = "released"
    JOURNAL_CONFIRMED = "journal_confirmed"
    UNREADABLE = "unreadable"
    OTHER = "other"  # of a kind that a later version writes


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """`row` is the number of the journal's row that tells it, `at` is None where that says no moment. `who` is a
    person's name, else the user and machine, or Pleo. `items` are those that it is about, with what is said of each.
    `is_sound` is False where the row is not the one that was written, so that nothing may rest on it."""

    row: int
    at: datetime | None
    kind: Happened
    words: str
    who: str = ""
    details: tuple[str, ...] = ()
    items: Mapping[EntryId, str] = field(default_factory=dict)
    attempt: str = ""
    is_sound: bool = True


def timeline(job_id: JobId, rows: Iterable[RecordedRow]) -> tuple[TimelineEntry, ...]:
    """In the order of the journal. `rows` may be about other jobs too: confirmations of the journal, and rows of which
    nobody can tell what they are about. What cannot be read is among the entries and says so."""
    given = tuple(rows)
    folded = _Fold(job_id, frozenset(each.row.sequence for each in given if each.row.attempt != JOURNAL))
    entries = [entry for each in given for entry in folded.entries(each)]
    return (*entries, *folded.left_open())


def of_item(entries: Iterable[TimelineEntry], entry_id: EntryId) -> tuple[TimelineEntry, ...]:
    """What was reported for one item, and what became of it; with what cannot be read, which may be about it."""
    return tuple(
        replace(entry, items={entry_id: entry.items[entry_id]}, words=_with(entry.words, entry.items[entry_id]))
        if entry_id in entry.items
        else entry
        for entry in entries
        if entry_id in entry.items or entry.kind in (Happened.UNREADABLE, Happened.OTHER)
    )


def _with(words: str, of_item_words: str) -> str:
    return joined(" · ", (words, of_item_words)) if of_item_words else words


@dataclass(slots=True)
class _Attempt:
    """What is known of one so far. `items` are those that it reports, with what is said of each."""

    what: str = ""
    event: str = ""
    items: Mapping[EntryId, str] = field(default_factory=dict)
    who: str = ""
    was_sent: bool = False
    is_judged: bool = False
    last_row: int = 0
    last_at: datetime | None = None

    @property
    def nothing_said(self) -> Mapping[EntryId, str]:
        return dict.fromkeys(self.items, "")


@dataclass(slots=True)
class _Fold:
    job_id: JobId
    numbers: frozenset[int]
    attempts: dict[str, _Attempt] = field(default_factory=dict)
    bases: set[tuple[object, object]] = field(default_factory=set)

    def entries(self, recorded: RecordedRow) -> Iterator[TimelineEntry]:
        row = recorded.row
        try:
            found = list(self._of_row(row)) if is_readable(row) else [self._unreadable(row)]
        except (KeyError, TypeError, ValueError, AttributeError):  # a shape that no version wrote so far
            found = [self._unreadable(row)]
        for entry in found:
            yield entry if recorded.is_sound else _not_as_written(entry)

    def left_open(self) -> Iterator[TimelineEntry]:
        """Attempts that nothing ended, in their order."""
        for name, attempt in self.attempts.items():
            if attempt.what and not attempt.is_judged:
                words = (
                    said("Not known yet: nothing in the journal says what became of it")
                    if attempt.was_sent
                    else said("Left open: nothing in the journal says that it was sent")
                )
                yield TimelineEntry(
                    row=attempt.last_row,
                    at=attempt.last_at,
                    kind=Happened.UNKNOWN,
                    words=words,
                    items=attempt.nothing_said,
                    attempt=name,
                )

    def _of_row(self, row: JournalRow) -> Iterator[TimelineEntry]:
        content = read_json(row.content)
        if row.attempt == JOURNAL:
            if row.kind == CONFIRMED:
                yield from self._confirmation(row, content)
            return
        attempt = self.attempts.setdefault(row.attempt, _Attempt())
        attempt.last_row, attempt.last_at = row.sequence, _moment(row.at)
        match row.kind:
            case Kind.INTENDED:
                attempt.what, attempt.who = content["what"], content["who"]
                yield from self._basis(row, content)
                yield from self._intention(row, content, attempt)
            case Kind.SENT:
                yield from self._basis(row, content)
                attempt.was_sent = True
                words = sent_words(attempt.event, len(attempt.items))
                yield self._entry(row, Happened.SENT, words, who=attempt.who, items=attempt.nothing_said)
            case Kind.ANSWERED:
                refused = refused_items(content.get("errors"))
                yield self._entry(
                    row,
                    Happened.ANSWERED,
                    answer_words(content, len(refused)),
                    who=PLEO if content["answer"] in _ANSWERED_BY_PLEO else "",
                    details=answer_details(content),
                    items={**attempt.nothing_said, **refused},
                )
            case Kind.READ:
                words, told = read_words(content, attempt.items)
                details = read_details(content)
                yield self._entry(row, Happened.READ_BACK, words, who=PLEO, details=details, items=told)
            case Kind.JUDGED:
                attempt.is_judged = True
                yield self._judgement(row, content, attempt)
            case _:
                yield self._other(row)

    def _basis(self, row: JournalRow, content: _Content) -> Iterator[TimelineEntry]:
        """Once for all attempts that rest on the same read."""
        read_at = _moment(content.get("read_at"))
        key = (content.get("fingerprint"), content.get("read_at"))
        if read_at is None or key in self.bases:
            return
        self.bases.add(key)
        words, details = basis_words(content)
        yield self._entry(row, Happened.READ, words, who=PLEO, details=details, at=read_at)

    def _intention(self, row: JournalRow, content: _Content, attempt: _Attempt) -> Iterator[TimelineEntry]:
        here = _at_the_machine(content)
        if attempt.what == EVENT:
            body = read_json(content["body"])
            attempt.event = body["event"]
            who = _text(content.get("confirmed_by")) or attempt.who
            details = (*decision_details(content, body), *here)
            yield self._entry(row, Happened.DECIDED, decision_words(attempt.event), who=who, details=details)
        elif attempt.what == ITEM_UPDATE:
            outcomes = {EntryId(each["accountingEntryId"]): each for each in read_json(content["body"])}
            attempt.items = {entry_id: outcome_words(each) for entry_id, each in outcomes.items()}
            yield from self._drafts(row, content, attempt, here)
        else:
            yield self._other(row)

    def _drafts(
        self, row: JournalRow, content: _Content, attempt: _Attempt, here: Sequence[str]
    ) -> Iterator[TimelineEntry]:
        """By each who drafted some of them; what no draft names was reported by whoever sat there."""
        drafts = content.get("drafted") or ()
        rest = dict(attempt.items)
        for draft in drafts:
            named = rest if len(drafts) == 1 else _items_named(draft)
            told = {each: with_list_row(rest.pop(each), draft, each) for each in tuple(named) if each in rest}
            yield self._entry(
                row,
                Happened.DRAFTED,
                draft_words(draft, len(told)),
                who=draft["by"].strip() or attempt.who,
                details=(*draft_details(draft), *here),
                items=told,
            )
        if rest:
            who, words = "" if drafts else attempt.who, draft_words({}, len(rest))
            yield self._entry(row, Happened.DRAFTED, words, who=who, details=tuple(here), items=rest)

    def _judgement(self, row: JournalRow, content: _Content, attempt: _Attempt) -> TimelineEntry:
        standing = Standing(content["standing"])
        by = _text(content.get("by"))
        return self._entry(
            row,
            Happened(standing.value),
            judged_words(standing, is_event=attempt.what == EVENT),
            who=by,
            details=judged_details(content),
            items=attempt.nothing_said,
        )

    def _confirmation(self, row: JournalRow, content: _Content) -> Iterator[TimelineEntry]:
        """Where somebody said so for this job, or of rows that are about it."""
        rows = [int(number) for number in content.get("rows") or ()]
        if content.get("job_id") != self.job_id and self.numbers.isdisjoint(rows):
            return
        details = [
            said("Found: {words}", words=isolated(_text(content.get("found")))),
            said("Seen in Pleo: {words}", words=isolated(_text(content.get("saw")))),
            *(said("Covers row {row:,} as it is", row=number) for number in rows),
            *_at_the_machine(content),
        ]
        words = said("The journal was confirmed as it lay there, after a look in Pleo")
        yield self._entry(row, Happened.JOURNAL_CONFIRMED, words, who=_text(content.get("by")), details=tuple(details))

    def _other(self, row: JournalRow) -> TimelineEntry:
        words = said("Something that this version of Signoff does not know: {kind}", kind=isolated(str(row.kind)))
        return self._entry(row, Happened.OTHER, words, details=(_raw(row),))

    def _unreadable(self, row: JournalRow) -> TimelineEntry:
        is_known = row.attempt in self.attempts
        words = (
            said("Row {row:,} of the journal cannot be read", row=row.sequence)
            if is_known
            else said("Row {row:,} of the journal cannot be read, and may be about this job", row=row.sequence)
        )
        if is_known and row.kind == Kind.JUDGED:
            self.attempts[row.attempt].is_judged = True  # something ended it, whatever that was
        return self._entry(row, Happened.UNREADABLE, words, details=(_raw(row),))

    def _entry(
        self,
        row: JournalRow,
        kind: Happened,
        words: str,
        *,
        who: str = "",
        details: tuple[str, ...] = (),
        items: Mapping[EntryId, str] = _NO_ITEMS,
        at: datetime | None = None,
    ) -> TimelineEntry:
        return TimelineEntry(
            row=row.sequence,
            at=at or _moment(row.at),
            kind=kind,
            words=words,
            who=who,
            details=details,
            items=items,
            attempt=str(row.attempt),
        )


def _items_named(draft: _Content) -> list[EntryId]:
    named = draft.get("items")
    return [EntryId(each) for each in named if isinstance(each, str)] if isinstance(named, list) else []


def _not_as_written(entry: TimelineEntry) -> TimelineEntry:
    words = said(
        "Not as it was written: row {row:,} of the journal was changed, or rows beside it. It now says: {words}",
        row=entry.row,
        words=entry.words,
    )
    return replace(entry, words=words, is_sound=False)


def _at_the_machine(content: _Content) -> tuple[str, ...]:
    """Which nobody types: the user and machine, as the operating system names them, and the connection."""
    who, connection = _text(content.get("who")), _text(content.get("connection"))
    found = (
        said("User and machine: {who}", who=isolated(who)) if who else "",
        said("Connection: {connection}", connection=isolated(connection)) if connection else "",
    )
    return tuple(filter(None, found))


def _raw(row: JournalRow) -> str:
    return said("As it lies there: {content}", content=isolated(shortened(str(row.content), _LONGEST_CONTENT)))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(text: object) -> datetime | None:
    """None for what names no moment on every clock."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
