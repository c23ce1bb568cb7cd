"""The journal's file."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.errors import JournalProblem
from app.models.journal_row import JournalEntry, JournalRow
from app.storage.database_file import DatabaseFile, Problems, read_only, transaction
from app.storage.journal.chain import ORIGIN, Break, first_break, hash_of
from app.storage.journal.schema import MIGRATIONS

FILE_NAME = "journal.sqlite3"
_LAST_SEQUENCE = "SELECT seq FROM sqlite_sequence WHERE name = 'entry'"
_SELECT = "SELECT sequence, attempt, kind, at, content, previous, hash FROM entry"
_INSERT = "INSERT INTO entry (sequence, attempt, kind, at, content, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"

_PROBLEMS = Problems(
    newer=lambda: JournalProblem(
        "The journal was written by a newer version of Signoff",
        advice="Nothing was sent. Use that version, or another data folder.",
    ),
    damaged=lambda aside, why: JournalProblem(
        f"The journal is damaged and was kept aside as {aside.name}",
        advice="Nothing was sent. Keep that file as evidence; the next attempt begins a new journal beside it.",
        details=why,
    ),
    unusable=lambda path, why: JournalProblem(
        f"The journal cannot be written: {why}",
        advice=(
            f"Nothing is sent without it. Look whether the disk is full, the folder {path.parent} may be written, "
            "or another program holds the file."
        ),
    ),
)


class JournalStore:
    """One file for each data folder; used by one thread at a time, from whichever. Every method raises JournalProblem.

    The file is opened at the first use, so that reading jobs needs no journal.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._file = DatabaseFile(self.path, MIGRATIONS, _PROBLEMS, pragmas=("synchronous = FULL",))

    def append(self, attempt: str, kind: str, content: Mapping[str, Any], at: datetime) -> None:
        self.append_all(((attempt, kind, content),), at)

    def append_all(self, entries: Iterable[JournalEntry], at: datetime) -> None:
        """All of them or none. On disk when this returns: a power cut after it loses nothing."""
        texts = [
            (attempt, kind, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
            for attempt, kind, content in entries
        ]
        stamp = at.astimezone(UTC).isoformat(timespec="milliseconds")
        # Under the write lock, so that two processes never follow the same row.
        with self._file.connection() as connection, transaction(connection):
            # A number that was given out once is not given out again, so that rows cut off at the end stay missing.
            given_out = connection.execute(_LAST_SEQUENCE).fetchone()
            last = connection.execute("SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1").fetchone()
            first, previous = (given_out[0] if given_out else 0) + 1, last[0] if last else ORIGIN
            for number, (attempt, kind, text) in enumerate(texts, first):
                row = (number, attempt, kind, stamp, text, previous)
                previous = hash_of(*row)
                connection.execute(_INSERT, (*row, previous))

    def rows(self, attempt: str | None = None) -> tuple[JournalRow, ...]:
        """All rows in order, or those of one attempt."""
        chosen = f"{_SELECT} WHERE attempt = ?" if attempt else _SELECT
        with self._file.connection() as connection:
            found = connection.execute(f"{chosen} ORDER BY sequence", (attempt,) if attempt else ()).fetchall()
        return tuple(JournalRow(*columns) for columns in found)

    def rows_of_job(self, job_id: str) -> tuple[JournalRow, ...]:
        """All rows of every attempt for the job, in order."""
        query = f"""{_SELECT} WHERE attempt IN (
            SELECT attempt FROM entry WHERE kind = 'intended' AND json_extract(content, '$.job_id') = ?
        ) ORDER BY sequence"""  # noqa: S608 - no text from outside
        with self._file.connection() as connection:
            return tuple(JournalRow(*columns) for columns in connection.execute(query, (job_id,)))

    def unsettled(self) -> tuple[str, ...]:
        """The attempts without a final judgement, oldest first."""
        query = """
            SELECT attempt FROM entry GROUP BY attempt
            HAVING NOT max(kind = 'judged') ORDER BY min(sequence)
        """
        with self._file.connection() as connection:
            return tuple(attempt for (attempt,) in connection.execute(query).fetchall())

    def intentions(self, job_id: str) -> tuple[JournalRow, ...]:
        """The *intended* row of every attempt for the job, oldest first."""
        query = f"{_SELECT} WHERE kind = 'intended' AND json_extract(content, '$.job_id') = ? ORDER BY sequence"
        with self._file.connection() as connection:
            return tuple(JournalRow(*columns) for columns in connection.execute(query, (job_id,)))

    def close(self) -> None:
        self._file.close()


@dataclass(frozen=True, slots=True)
class Verification:
    """`rows` follow from each other; `first_break` is None where these are all rows that were ever written."""

    rows: int
    first_break: Break | None


def verify(path: Path) -> Verification:
    """Reads the whole file and changes nothing. A file that cannot be read as a journal is broken from there on."""
    sound = 0

    def counted(found: Iterable[tuple[Any, ...]]) -> Iterator[JournalRow]:
        nonlocal sound
        for columns in found:
            yield JournalRow(*columns)
            sound += 1

    try:
        with read_only(path) as connection:
            given_out = connection.execute(_LAST_SEQUENCE).fetchone()
            rows = counted(connection.execute(f"{_SELECT} ORDER BY sequence"))
            broken = first_break(rows, given_out[0] if given_out else 0)
            return Verification(sound, broken)
    except sqlite3.Error as error:
        return Verification(sound, Break(sound + 1, f"it cannot be read: {error}"))
