"""What speaks against a journal, told from its rows and from the head that was remembered outside it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from itertools import islice
from types import MappingProxyType

from app.errors import JournalInDoubt
from app.models.journal_row import JournalHead, JournalRow
from app.storage.journal.chain import ORIGIN, Break, content_is_changed, first_break

# The attempt under which confirmations stand, and their kind.
JOURNAL = "journal"
CONFIRMED = "confirmed"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """`words` is what was found, as a sentence without its full stop. `rows` are those that cannot be trusted or read,
    each with its fingerprint: a confirmation covers them as they are, and no other."""

    words: str
    rows: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    attempts: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        said = json.dumps([self.words, sorted(self.rows.items())])
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    def as_problem(self) -> JournalInDoubt:
        return JournalInDoubt(self.words, code=self.code)


@dataclass(frozen=True, slots=True)
class RowInPlace:
    """A row with what its neighbours say of it: the hash of the row before, and what the row after takes for its own
    hash; None where there is none."""

    row: JournalRow
    hash_before: str | None
    hash_after: str | None

    @property
    def is_sound(self) -> bool:
        follows = self.row.previous == (self.hash_before or ORIGIN)
        return follows and self.hash_after in (None, self.row.hash) and not content_is_changed(self.row)


@dataclass(frozen=True, slots=True)
class End:
    """Where the journal ends: `tail` are its rows from the remembered head on, or all of them where no head is
    remembered. `given_out` is the highest number ever given to a row. `aside` are the damaged files beside a journal
    that has no rows, or no remembered head."""

    tail: Iterable[JournalRow]
    first: JournalRow | None
    last: JournalRow | None
    given_out: int
    aside: Sequence[str] = ()


def fingerprint(row: JournalRow) -> str:
    return hashlib.sha256(json.dumps(astuple(row), default=repr).encode()).hexdigest()


def doubt_about_end(head: JournalHead | None, end: End) -> Doubt | None:
    """A journal may go on beyond the remembered head, as after a crash between a row and the remembering of it: then
    the rows that follow it prove themselves."""
    if head is None:
        return _doubt_without_head(end)
    rows = iter(end.tail)
    at_head = next(rows, None)
    if at_head is None or (at_head.sequence, at_head.hash) != (head.sequence, head.hash):
        return Doubt(_what_became_of_it(head, end))
    if content_is_changed(at_head):
        return _doubt_at(Break(at_head.sequence, "its content was changed"))
    return _doubt_at(first_break(rows, end.given_out, after=at_head))


def doubt_about_kept_head(head: JournalHead, hash_there: str | None, end: End) -> Doubt | None:
    """Of a head that lies somewhere on the chain of a journal that nobody touched: `hash_there` is that of the row with
    its number."""
    return None if hash_there == head.hash else Doubt(_what_became_of_it(head, end))


def _what_became_of_it(head: JournalHead, end: End) -> str:
    """Of a journal that does not have the head."""
    ended = f"it ended with row {head.sequence:,} of {_minute(head.at)}"
    if end.first is None or end.last is None:
        aside = f"; a damaged one was kept aside as {', '.join(end.aside)}" if end.aside else ""
        return f"The journal is gone: {ended}, and there is none now{aside}"
    if end.first.at > head.at:
        return f"The journal was begun anew: {ended}, and the one that lies there began later"
    if end.last.sequence < head.sequence:
        now = f"and now ends with row {end.last.sequence:,}, as after a backup was put back, or rows were cut off"
        return f"The journal is older than it was: {ended}, {now}"
    why = "it was rewritten, or another one was put in its place"
    return f"The journal is another than it was: {ended}, which is not in it now; {why}"


def _doubt_without_head(end: End) -> Doubt | None:
    if end.aside:
        why = "and nobody has said yet what Pleo shows of its jobs"
        return Doubt(f"A damaged journal was kept aside as {', '.join(end.aside)}, {why}")
    return _doubt_at(first_break(end.tail, end.given_out))


def _doubt_at(broken: Break | None) -> Doubt | None:
    return Doubt(f"The journal is broken at row {broken.sequence:,}: {broken.why}") if broken else None


def doubt_about_count(expected: int, rows: int) -> Doubt | None:
    """Rows that were taken out before the head leave the rest as it was, but for their neighbours' hashes."""
    if rows == expected:
        return None
    return Doubt(f"Rows of the journal were taken out, or put between others: it held {expected:,}, now {rows:,}")


def doubt_about_rows(
    of_job: Iterable[RowInPlace], unreadable: Iterable[JournalRow], confirmed: Mapping[int, str]
) -> Doubt | None:
    """Of a job's own rows, and of those that name no job and so may be anybody's."""
    broken = [each.row for each in of_job if not each.is_sound]
    found: dict[int, JournalRow] = {row.sequence: row for row in (*broken, *unreadable)}
    prints = {sequence: fingerprint(row) for sequence, row in sorted(found.items())}
    fresh = {sequence: each for sequence, each in prints.items() if confirmed.get(sequence) != each}
    if not fresh:
        return None
    numbers = ", ".join(f"{number:,}" for number in islice(fresh, _MOST_NAMED))
    more = f" and {len(fresh) - _MOST_NAMED:,} more" if len(fresh) > _MOST_NAMED else ""
    rows, were = ("Row", "was") if len(fresh) == 1 else ("Rows", "were")
    words = f"{rows} {numbers}{more} of the journal, about this job, {were} changed or cannot be read"
    return Doubt(words, fresh, frozenset(found[number].attempt for number in fresh))


def together(doubts: Iterable[Doubt | None]) -> Doubt | None:
    """One for all, so that somebody confirms once what they saw; None where there is none."""
    found = [each for each in doubts if each]
    if not found:
        return None
    rows = {sequence: each for doubt in found for sequence, each in doubt.rows.items()}
    attempts = frozenset(attempt for doubt in found for attempt in doubt.attempts)
    return Doubt(". ".join(doubt.words for doubt in found), rows, attempts)


def _minute(at: str) -> str:
    return f"{at[:10]} {at[11:16]} UTC"
