"""What speaks against a journal, told from its rows and from the head that was remembered outside it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from itertools import islice
from types import MappingProxyType

from app.errors import JournalInDoubt
from app.messages import Said, joined, nsaid, said
from app.models.journal_row import JournalHead, JournalRow
from app.storage.journal.chain import ORIGIN, Break, content_is_changed, first_break

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class JournalDoubt:
    """`words` is what was found, as a sentence without its full stop. `rows` are those that cannot be trusted or read,
    each with its fingerprint: a confirmation covers them as they are, and no other."""

    words: str
    rows: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    attempts: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        finding = json.dumps([self.words, sorted(self.rows.items())])
        return hashlib.sha256(finding.encode()).hexdigest()[:8]

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


def doubt_about_end(head: JournalHead | None, end: End) -> JournalDoubt | None:
    """A journal may go on beyond the remembered head, as after a crash between a row and the remembering of it: then
    the rows that follow it prove themselves."""
    if head is None:
        return _doubt_without_head(end)
    rows = iter(end.tail)
    at_head = next(rows, None)
    if at_head is None or (at_head.sequence, at_head.hash) != (head.sequence, head.hash):
        return JournalDoubt(_what_became_of_it(head, end))
    if content_is_changed(at_head):
        return _doubt_at(Break(at_head.sequence, said("its content was changed")))
    return _doubt_at(first_break(rows, end.given_out, after=at_head))


def doubt_about_kept_head(head: JournalHead, hash_there: str | None, end: End) -> JournalDoubt | None:
    """Of a head that lies somewhere on the chain of a journal that nobody touched: `hash_there` is that of the row with
    its number."""
    return None if hash_there == head.hash else JournalDoubt(_what_became_of_it(head, end))


def _what_became_of_it(head: JournalHead, end: End) -> str:
    """Of a journal that does not have the head."""
    row, moment = head.sequence, _minute(head.at)
    if end.first is None or end.last is None:
        return _is_gone(row, moment, end.aside)
    if end.first.at > head.at:
        return said(
            "The journal was begun anew: it ended with row {row:,} of {moment}, and the one that lies there began "
            "later",
            row=row,
            moment=moment,
        )
    if end.last.sequence < head.sequence:
        return said(
            "The journal is older than it was: it ended with row {row:,} of {moment}, and now ends with row {now:,}, "
            "as after a backup was put back, or rows were cut off",
            row=row,
            moment=moment,
            now=end.last.sequence,
        )
    return said(
        "The journal is another than it was: it ended with row {row:,} of {moment}, which is not in it now; it was "
        "rewritten, or another one was put in its place",
        row=row,
        moment=moment,
    )


def _is_gone(row: int, moment: str, aside: Sequence[str]) -> str:
    if aside:
        return said(
            "The journal is gone: it ended with row {row:,} of {moment}, and there is none now; a damaged one was kept "
            "aside as {files}",
            row=row,
            moment=moment,
            files=", ".join(aside),
        )
    return said(
        "The journal is gone: it ended with row {row:,} of {moment}, and there is none now", row=row, moment=moment
    )


def _doubt_without_head(end: End) -> JournalDoubt | None:
    if end.aside:
        words = said(
            "A damaged journal was kept aside as {files}, and nobody has said yet what Pleo shows of its jobs",
            files=", ".join(end.aside),
        )
        return JournalDoubt(words)
    return _doubt_at(first_break(end.tail, end.given_out)) or _doubt_about_unknown_end(end.last)


def _doubt_about_unknown_end(last: JournalRow | None) -> JournalDoubt | None:
    """An older copy, and one whose last rows were cut off, prove themselves as the whole does. Only what never had a
    row begins without a head."""
    if last is None:
        return None
    words = said(
        "Signoff does not remember where this journal ended: it now ends with row {row:,} of {moment}, and rows "
        "after that may be missing, as after an older copy was put back",
        row=last.sequence,
        moment=_minute(last.at),
    )
    return JournalDoubt(words)


def _doubt_at(broken: Break | None) -> JournalDoubt | None:
    if broken is None:
        return None
    return JournalDoubt(said("The journal is broken at row {row:,}: {why}", row=broken.sequence, why=broken.why))


def doubt_about_count(expected: int, rows: int) -> JournalDoubt | None:
    """Rows that were taken out before the head leave the rest as it was, but for their neighbours' hashes."""
    if rows == expected:
        return None
    words = said(
        "Rows of the journal were taken out, or put between others: it held {before:,}, now {now:,}",
        before=expected,
        now=rows,
    )
    return JournalDoubt(words)


def doubt_about_rows(
    of_job: Iterable[RowInPlace], unreadable: Iterable[JournalRow], confirmed: Mapping[int, str]
) -> JournalDoubt | None:
    """Of a job's own rows."""
    broken = [each.row for each in of_job if not each.is_sound]
    found = _not_confirmed((*broken, *unreadable), confirmed)
    if not found:
        return None
    words = nsaid(
        "Row {rows} of the journal, about this job, was changed or cannot be read",
        "Rows {rows} of the journal, about this job, were changed or cannot be read",
        len(found),
        rows=_numbers(found),
    )
    return _doubt_of_rows(words, found)


def doubt_about_rows_of_no_job(rows: Iterable[JournalRow], confirmed: Mapping[int, str]) -> JournalDoubt | None:
    """Of intentions that name no job: they may be anybody's, and nothing has ended their attempts."""
    found = _not_confirmed(rows, confirmed)
    if not found:
        return None
    words = nsaid(
        "Row {rows} of the journal cannot be read, so nobody can tell which job it is about",
        "Rows {rows} of the journal cannot be read, so nobody can tell which jobs they are about",
        len(found),
        rows=_numbers(found),
    )
    return _doubt_of_rows(words, found)


def _not_confirmed(rows: Iterable[JournalRow], confirmed: Mapping[int, str]) -> dict[int, JournalRow]:
    """By number, each once and in order."""
    found = sorted({row.sequence: row for row in rows}.items())
    return {number: row for number, row in found if confirmed.get(number) != fingerprint(row)}


def _numbers(found: Mapping[int, JournalRow]) -> Said:
    numbers = joined(", ", (said("{n:,}", n=number) for number in islice(found, _MOST_NAMED)))
    if len(found) > _MOST_NAMED:
        return said("{rows} and {more:,} more", rows=numbers, more=len(found) - _MOST_NAMED)
    return numbers


def _doubt_of_rows(words: str, found: Mapping[int, JournalRow]) -> JournalDoubt:
    prints = {number: fingerprint(row) for number, row in found.items()}
    return JournalDoubt(words, prints, frozenset(row.attempt for row in found.values()))


def together(doubts: Iterable[JournalDoubt | None]) -> JournalDoubt | None:
    """One for all, so that somebody confirms once what they saw; None where there is none."""
    found = [each for each in doubts if each]
    if not found:
        return None
    rows = {sequence: each for doubt in found for sequence, each in doubt.rows.items()}
    attempts = frozenset(attempt for doubt in found for attempt in doubt.attempts)
    return JournalDoubt(joined(". ", (doubt.words for doubt in found)), rows, attempts)


def _minute(at: str) -> str:
    return f"{at[:10]} {at[11:16]} UTC"
