"""The journal's file."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.errors import JournalProblem
from app.messages import said
from app.models.journal_row import CONFIRMED, JOURNAL, JournalEntry, JournalHead, JournalRow
from app.storage.database_file import DatabaseFile, Problems, kept_aside, read_only, snapshot, transaction
from app.storage.journal.chain import ORIGIN, Break, content_is_changed, first_break, hash_of
from app.storage.journal.doubt import (
    End,
    JournalDoubt,
    RowInPlace,
    doubt_about_count,
    doubt_about_end,
    doubt_about_kept_head,
    doubt_about_rows,
    doubt_about_rows_of_no_job,
    fingerprint,
    together,
)
from app.storage.journal.remembered_head import HeadSafe, RememberedHead, head_in, text_of
from app.storage.journal.schema import JOB_ID, MIGRATIONS
from app.texts.parsing import read_json

FILE_NAME = "journal.sqlite3"
# As a number, and no less than the last row's, whatever was written into SQLite's own table.
_LAST_SEQUENCE = """
    SELECT coalesce(max(number), 0) FROM (SELECT CAST(seq AS INTEGER) AS number FROM sqlite_sequence
    WHERE name = 'entry' UNION ALL SELECT max(sequence) FROM entry)
"""
_COLUMNS = "sequence, attempt, kind, at, content, previous, hash"
_SELECT = f"SELECT {_COLUMNS} FROM entry"  # noqa: S608 - as all of them: no text from outside
_INSERT = "INSERT INTO entry (sequence, attempt, kind, at, content, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
# The row that says of an attempt that a request leaves now.
_LEAVES = "sent"
_ENDS = "judged"
# At these rows the head is kept in the safe too: whose data folder is lost while an attempt is open must not begin anew
# as if nothing had left.
_KEPT_AT = (_LEAVES, _ENDS)
_OF_JOB = f"attempt IN (SELECT attempt FROM entry WHERE kind = 'intended' AND {JOB_ID} = ?)"  # noqa: S608
_IN_PLACE = f"""
    SELECT {_COLUMNS},
        (SELECT hash FROM entry WHERE sequence < each.sequence ORDER BY sequence DESC LIMIT 1),
        (SELECT previous FROM entry WHERE sequence > each.sequence ORDER BY sequence LIMIT 1)
    FROM entry AS each WHERE {_OF_JOB} ORDER BY sequence
"""  # noqa: S608
# Numbers come before texts in the index.
_OF_NO_JOB = f"""
    {_SELECT} AS each
    WHERE kind = 'intended' AND ({JOB_ID} IS NULL OR {JOB_ID} < '')
        AND NOT EXISTS (SELECT 1 FROM entry WHERE attempt = each.attempt AND kind = 'judged')
"""  # noqa: S608
# An attempt whose rows cannot be trusted is ended by whoever looked in Pleo, as one that stays unknown is.
_RELEASED = {"standing": "released"}

IsReadable = Callable[[JournalRow], bool]

_PROBLEMS = Problems(
    newer=lambda: JournalProblem(
        said("The journal was written by a newer version of Signoff"),
        advice=said("Nothing was sent. Use that version, or another data folder."),
    ),
    damaged=lambda aside, why: JournalProblem(
        said("The journal is damaged and was kept aside as {file}", file=aside.name),
        advice=said(
            "Nothing was sent. Keep that file as evidence. The next attempt asks somebody to look in Pleo and to "
            "confirm by name what it shows; then a new journal begins."
        ),
        details=why,
    ),
    unusable=lambda path, why: JournalProblem(
        said("The journal cannot be written: {why}", why=why),
        advice=said(
            "Nothing is sent without it. Look whether the disk is full, the folder {folder} may be written, or another "
            "program holds the file.",
            folder=path.parent,
        ),
    ),
)


class JournalStore:
    """One file for each data folder; used by one thread at a time, from whichever. Every method raises JournalProblem.

    The file is opened at the first use, so that reading jobs needs no journal. Rows that somebody confirmed to be
    broken are in none of the answers.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._file = DatabaseFile(self.path, MIGRATIONS, _PROBLEMS, pragmas=("synchronous = FULL",), text=_as_stored)
        self._head = RememberedHead(folder)
        self._safe: HeadSafe | None = None
        self._kept: JournalHead | None = None
        self._is_safe_asked = False

    def keep_head_in(self, safe: HeadSafe) -> None:
        """A second place for the head beside the file, written after each judgement, and asked at the first proof. The
        first one that is named counts."""
        self._safe = self._safe or safe

    def append(self, attempt: str, kind: str, content: Mapping[str, Any], at: datetime) -> None:
        self.append_all(((attempt, kind, content),), at)

    def append_all(self, entries: Iterable[JournalEntry], at: datetime) -> None:
        """All of them or none. On disk when this returns: a power cut after it loses nothing.

        Evidence of what has left is written onto a journal in doubt too, and then the head stays where it was, so that
        the doubt is not forgotten. No request leaves on it: raises JournalInDoubt for a row that says so.
        """
        rows = _texts(entries)
        with self._file.connection() as connection:
            # Under the write lock, so that two processes never follow the same row.
            with transaction(connection):
                in_file = self._head.read()
                head = in_file or self._head_in_safe()
                before, given_out = _last(connection), _given_out(connection)
                doubt = None if _ends_with(head, before, given_out) else self._doubt_about_end(connection, head)
                if doubt and any(kind == _LEAVES for _, kind, _ in rows):
                    raise doubt.as_problem()
                last = _append(connection, rows, _stamp(at), before, given_out)
                if last and not doubt and in_file is None:
                    # With the rows: whoever meets them without a head has to doubt them.
                    self._head.begin(_head_at(last, head))
            if last and not doubt:
                self._remember(_head_at(last, head), is_kept=any(kind in _KEPT_AT for _, kind, _ in rows))

    def prove(self, job_id: str, is_readable: IsReadable) -> None:
        """Raises JournalInDoubt where this is not the journal that Signoff wrote last, or rows about the job are not
        those that it wrote. The cost does not grow with the journal: the whole chain is proved by `verify`."""
        with self._file.connection() as connection:
            # What looks like a doubt is looked at again while nobody writes: a journal may just have been begun.
            for look in (snapshot, transaction):
                self._ask_safe(again=look is transaction)
                with look(connection):
                    # Before the rows: what other processes add meanwhile comes after the head, and not before it.
                    in_file = self._head.read()
                    doubt, reached = self._proved(connection, in_file or self._kept, job_id, is_readable)
                if doubt is None:
                    break
            if doubt:
                raise doubt.as_problem()
            if reached and reached != in_file:
                self._head.write(reached)

    def confirm(
        self, job_id: str, code: str, witness: Mapping[str, str], is_readable: IsReadable, at: datetime
    ) -> None:
        """Goes on from the journal as it lies there, on the word of somebody who looked in Pleo. What was found, and
        the witness, stand in a row of their own; attempts with broken rows are released.

        Raises JournalInDoubt where something else is found than `code` names; nothing is written where nothing is.
        """
        with self._file.connection() as connection:
            self._ask_safe(again=True)
            with transaction(connection):
                in_file = self._head.read()
                head = in_file or self._kept
                doubt, _ = self._proved(connection, head, job_id, is_readable)
                if doubt is None:
                    return
                if doubt.code != code:
                    raise doubt.as_problem()
                found = {"found": doubt.words, "job_id": job_id, "rows": dict(doubt.rows)}
                before = {"before": [head.sequence, head.hash]} if head else {}
                entries: list[JournalEntry] = [(JOURNAL, CONFIRMED, {**found, **before, **witness})]
                entries += ((attempt, _ENDS, {**_RELEASED, **witness}) for attempt in sorted(doubt.attempts))
                last = _append(connection, _texts(entries), _stamp(at), _last(connection), _given_out(connection))
                base = JournalHead(last.sequence, last.hash, last.at, _count(connection)) if last else None
                if base and in_file is None:
                    self._head.begin(base)
            if base:
                self._remember(base, is_kept=True)

    def rows(self, attempt: str | None = None) -> tuple[JournalRow, ...]:
        """All rows in order, or those of one attempt."""
        where, values = ("WHERE attempt = ?", (attempt,)) if attempt else ("", ())
        return self._found(f"{_SELECT} {where} ORDER BY sequence", values)

    def rows_of_job(self, job_id: str) -> tuple[JournalRow, ...]:
        """All rows of every attempt for the job, in order."""
        return self._found(f"{_SELECT} WHERE {_OF_JOB} ORDER BY sequence", (job_id,))

    def unsettled(self) -> tuple[str, ...]:
        """The attempts without a final judgement, oldest first."""
        query = """
            SELECT attempt FROM entry GROUP BY attempt
            HAVING NOT max(kind = 'judged') ORDER BY min(sequence)
        """
        with self._file.connection() as connection:
            return tuple(attempt for (attempt,) in connection.execute(query).fetchall() if attempt != JOURNAL)

    def intentions(self, job_id: str) -> tuple[JournalRow, ...]:
        """The *intended* row of every attempt for the job, oldest first."""
        query = f"{_SELECT} WHERE kind = 'intended' AND {JOB_ID} = ? ORDER BY sequence"
        return self._found(query, (job_id,))

    def close(self) -> None:
        self._file.close()
        if self._safe:
            self._safe.finish()

    def _remember(self, head: JournalHead, *, is_kept: bool) -> None:
        self._head.write(head)
        if self._safe and is_kept:
            self._kept = head
            self._safe.keep(text_of(head))

    def _found(self, query: str, values: tuple[str, ...]) -> tuple[JournalRow, ...]:
        with self._file.connection() as connection:
            rows = [JournalRow(*columns) for columns in connection.execute(query, values)]
            confirmed = _confirmed(connection)
        return (
            tuple(row for row in rows if confirmed.get(row.sequence) != fingerprint(row)) if confirmed else tuple(rows)
        )

    def _proved(
        self, connection: sqlite3.Connection, head: JournalHead | None, job_id: str, is_readable: IsReadable
    ) -> tuple[JournalDoubt | None, JournalHead | None]:
        """What speaks against a send for the job, and the head as it may be remembered where nothing does."""
        last = _last(connection)
        about_end = self._doubt_about_end(connection, head)
        reached = _head_at(last, head) if last and not about_end else None
        about_count = doubt_about_count(reached.rows, _count(connection)) if reached else None
        in_place = [
            RowInPlace(JournalRow(*columns), before, after)
            for *columns, before, after in connection.execute(_IN_PLACE, (job_id,))
        ]
        unreadable = [each.row for each in in_place if not is_readable(each.row)]
        about_rows = doubt_about_rows(in_place, unreadable, _confirmed(connection))
        about_kept = None if about_end else _doubt_about_kept(connection, self._kept, self.path)
        return together((about_end, about_kept, about_count, about_rows, _doubt_about_nobody(connection))), reached

    def _head_in_safe(self) -> JournalHead | None:
        self._ask_safe(again=False)
        return self._kept

    def _ask_safe(self, *, again: bool) -> None:
        """Once a run, and before anything is doubted: another process may have gone on from a new base meanwhile."""
        if self._safe and (again or not self._is_safe_asked):
            self._is_safe_asked = True
            self._kept = head_in(self._safe.read() or "") or self._kept

    def _doubt_about_end(self, connection: sqlite3.Connection, head: JournalHead | None) -> JournalDoubt | None:
        return doubt_about_end(head, _end(connection, head, self.path))


def _end(connection: sqlite3.Connection, head: JournalHead | None, path: Path) -> End:
    tail = connection.execute(f"{_SELECT} WHERE sequence >= ? ORDER BY sequence", (head.sequence if head else 0,))
    first = connection.execute(f"{_SELECT} ORDER BY sequence LIMIT 1").fetchone()
    return End(
        (JournalRow(*columns) for columns in tail),
        JournalRow(*first) if first else None,
        _last(connection),
        _given_out(connection),
        () if head and first else tuple(aside.name for aside in kept_aside(path)),
    )


def _doubt_about_kept(connection: sqlite3.Connection, kept: JournalHead | None, path: Path) -> JournalDoubt | None:
    if kept is None:
        return None
    there = connection.execute("SELECT hash FROM entry WHERE sequence = ?", (kept.sequence,)).fetchone()
    return doubt_about_kept_head(kept, there[0] if there else None, _end(connection, kept, path))


def _doubt_about_nobody(connection: sqlite3.Connection) -> JournalDoubt | None:
    of_no_job = [JournalRow(*columns) for columns in connection.execute(_OF_NO_JOB)]
    return doubt_about_rows_of_no_job(of_no_job, _confirmed(connection)) if of_no_job else None


def _head_at(last: JournalRow, before: JournalHead | None) -> JournalHead:
    """Where the rows since the head follow it without a gap, or since the first row where no head was remembered."""
    rows = last.sequence - before.sequence + before.rows if before else last.sequence
    return JournalHead(last.sequence, last.hash, last.at, rows)


def _confirmed(connection: sqlite3.Connection) -> dict[int, str]:
    """The fingerprints of broken rows that somebody confirmed, by number. A confirmation has to be sound itself."""
    found: dict[int, str] = {}
    for columns in connection.execute(f"{_SELECT} WHERE attempt = ? AND kind = ?", (JOURNAL, CONFIRMED)):
        row = JournalRow(*columns)
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # one that is none covers nothing
            if not content_is_changed(row):
                found.update((int(number), each) for number, each in read_json(row.content)["rows"].items())
    return found


def _append(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[str, str, str]],
    stamp: str,
    before: JournalRow | None,
    given_out: int,
) -> JournalRow | None:
    """The last of them; None where there are none."""
    written, previous = None, before.hash if before else ORIGIN
    # A number that was given out once is not given out again, so that rows cut off at the end stay missing.
    for number, (attempt, kind, text) in enumerate(rows, given_out + 1):
        row = (number, attempt, kind, stamp, text, previous)
        previous = hash_of(*row)
        connection.execute(_INSERT, (*row, previous))
        written = JournalRow(*row, previous)
    return written


def _last(connection: sqlite3.Connection) -> JournalRow | None:
    found = connection.execute(f"{_SELECT} ORDER BY sequence DESC LIMIT 1").fetchone()
    return JournalRow(*found) if found else None


def _ends_with(head: JournalHead | None, last: JournalRow | None, given_out: int) -> bool:
    """Whether nothing happened since the head was remembered, as nearly always."""
    is_there = head is not None and last is not None and (last.sequence, last.hash) == (head.sequence, head.hash)
    return is_there and last is not None and last.sequence == given_out


def _count(connection: sqlite3.Connection) -> int:
    rows: int = connection.execute("SELECT count(*) FROM entry").fetchone()[0]
    return rows


def _texts(entries: Iterable[JournalEntry]) -> list[tuple[str, str, str]]:
    return [
        (attempt, kind, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
        for attempt, kind, content in entries
    ]


def _as_stored(text: bytes) -> str:
    """Bytes that are no UTF-8 any more make another text: their row is named as broken, and the others can be read."""
    return text.decode(errors="backslashreplace")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _given_out(connection: sqlite3.Connection) -> int:
    """The highest number that a row ever had."""
    number: int = connection.execute(_LAST_SEQUENCE).fetchone()[0]
    return number


@dataclass(frozen=True, slots=True)
class Verification:
    """`rows` follow from each other; `first_break` is None where these are all rows that were ever written. `doubt` is
    what would stop every job, as before a send, as a sentence without its full stop."""

    rows: int
    first_break: Break | None
    doubt: str = ""


def verify(path: Path, kept: JournalHead | None = None) -> Verification:
    """Reads the whole file and changes nothing. A file that cannot be read as a journal is broken from there on. `kept`
    is the head that a safe holds: both are held against the rows, as before a send."""
    sound = 0

    def counted(found: Iterable[tuple[Any, ...]]) -> Iterator[JournalRow]:
        nonlocal sound
        for columns in found:
            yield JournalRow(*columns)
            sound += 1

    try:
        head = RememberedHead(path.parent).read() or kept
        with read_only(path) as connection:
            connection.text_factory = _as_stored
            rows = counted(connection.execute(f"{_SELECT} ORDER BY sequence"))
            broken = first_break(rows, _given_out(connection))
            about_end = doubt_about_end(head, _end(connection, head, path)) or _doubt_about_kept(connection, kept, path)
            doubt = together((about_end, _doubt_about_nobody(connection)))
            return Verification(sound, broken, doubt.words if doubt else "")
    except OSError as error:
        return Verification(sound, None, error.strerror or str(error))
    except sqlite3.Error as error:
        return Verification(sound, Break(sound + 1, said("it cannot be read: {error}", error=str(error))))


def lost_head(path: Path, kept: JournalHead | None = None) -> str:
    """Of a journal that is not there: what is remembered of it, as a sentence without its full stop; "" for one that
    was never begun."""
    try:
        head = RememberedHead(path.parent).read() or kept
    except OSError as error:
        return error.strerror or str(error)
    doubt = doubt_about_end(head, End((), None, None, 0)) if head else None
    return doubt.words if doubt else ""
