"""The history's file."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.errors import HistoryProblem
from app.messages import said
from app.models.cause import Sighting
from app.storage.database_file import DatabaseFile, Problems, transaction
from app.storage.history.parts import StoredJob, StoredSnapshot, digest_of
from app.storage.history.schema import MIGRATIONS

FILE_NAME = "history.sqlite3"
# A power cut may cost the last read, never the file.
_PRAGMAS = ("synchronous = NORMAL", "foreign_keys = ON")
_PROBLEMS = Problems(
    newer=lambda: HistoryProblem(said("What was read in earlier jobs was written by a newer version of Signoff")),
    damaged=lambda aside, why: HistoryProblem(
        said("What was read in earlier jobs is damaged, and was put aside as {file}", file=aside.name), details=why
    ),
    unusable=lambda path, why: HistoryProblem(
        said("What was read cannot be kept for later: {why}", why=why), details=str(path)
    ),
)

_UPSERT = """
    INSERT INTO snapshot (connection, job_id, job, read_at, items_digest, entries_digest, entries_read_at)
    VALUES (:connection, :job_id, :job, :read_at, :items_digest, :entries_digest, :entries_read_at)
    ON CONFLICT DO UPDATE SET job = excluded.job, read_at = excluded.read_at, items_digest = excluded.items_digest,
        entries_digest = coalesce(excluded.entries_digest, entries_digest),
        entries_read_at = coalesce(excluded.entries_read_at, entries_read_at)
"""
_SEEN = """
    INSERT INTO sighting (connection, cause, job_id, first_seen, items) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET items = excluded.items, first_seen = min(first_seen, excluded.first_seen)
"""
# Jobs in which the cause was seen no later than in this one.
_SIGHTING = """
    SELECT min(first_seen), sum(job_id <> :job_id) FROM sighting
    WHERE connection = :connection AND cause = :cause AND first_seen <= coalesce((
        SELECT first_seen FROM sighting WHERE connection = :connection AND cause = :cause AND job_id = :job_id
    ), '9999')
"""
_TOO_MANY_JOBS = """
    DELETE FROM snapshot WHERE rowid IN (SELECT rowid FROM snapshot ORDER BY read_at DESC, rowid DESC LIMIT -1 OFFSET ?)
"""
_TOO_MANY_BYTES = """
    DELETE FROM snapshot WHERE rowid IN (
        SELECT rowid FROM (
            SELECT s.rowid, row_number() OVER newest AS place, sum(size) OVER newest AS size
            FROM snapshot s JOIN (
                SELECT connection, job_id, sum(length(packed)) AS size FROM part GROUP BY connection, job_id
            ) USING (connection, job_id)
            WINDOW newest AS (ORDER BY s.read_at DESC, s.rowid DESC)
        ) WHERE size > ? AND place > 1
    )
"""
_TOO_MANY_SIGHTINGS = """
    DELETE FROM sighting WHERE rowid IN (
        SELECT rowid FROM sighting ORDER BY first_seen DESC, rowid DESC LIMIT -1 OFFSET ?
    )
"""


class HistoryStore:
    """One file for each data folder; used by one thread at a time, from whichever. Every method raises HistoryProblem.

    It keeps the last `most_jobs` jobs, and fewer where they are larger than `most_bytes` together (the newest always).
    """

    def __init__(
        self, folder: Path, *, most_jobs: int = 500, most_bytes: int = 256 * 2**20, most_sightings: int = 50_000
    ) -> None:
        self._bounds = (most_jobs, most_bytes, most_sightings)
        self._file = DatabaseFile(folder / FILE_NAME, MIGRATIONS, _PROBLEMS, pragmas=_PRAGMAS)

    def remember(self, name: str, job_id: str, snapshot: StoredSnapshot, causes: Mapping[bytes, int]) -> None:
        """`causes` are counts of items by the cause's digest."""
        read_at = _stamp(snapshot.read_at)
        with self._file.connection() as connection, transaction(connection):
            known = connection.execute(
                "SELECT items_digest, entries_digest FROM snapshot WHERE connection = ? AND job_id = ?", (name, job_id)
            ).fetchone() or (None, None)
            items_digest = digest_of(snapshot.items)
            entries_digest = digest_of(snapshot.entries) if snapshot.entries else None
            row = {
                "connection": name,
                "job_id": job_id,
                "job": snapshot.job,
                "read_at": read_at,
                "items_digest": items_digest,
                "entries_digest": entries_digest,
                "entries_read_at": _stamp(snapshot.entries_read_at) if snapshot.entries_read_at else None,
            }
            connection.execute(_UPSERT, row)
            if items_digest != known[0]:
                _replace_parts(connection, name, job_id, "items", snapshot.items)
            if entries_digest and entries_digest != known[1]:
                _replace_parts(connection, name, job_id, "entries", snapshot.entries)
            seen = [(name, cause, job_id, read_at, count) for cause, count in causes.items()]
            connection.executemany(_SEEN, seen)
            self._forget_the_oldest(connection)

    def last(self, name: str, job_id: str) -> StoredSnapshot | None:
        with self._file.connection() as connection:
            found = connection.execute(
                "SELECT job, read_at, entries_read_at FROM snapshot WHERE connection = ? AND job_id = ?", (name, job_id)
            ).fetchone()
            if found is None:
                return None
            job, read_at, entries_read_at = found
            return StoredSnapshot(
                job,
                datetime.fromisoformat(read_at),
                _parts(connection, name, job_id, "items"),
                _parts(connection, name, job_id, "entries"),
                datetime.fromisoformat(entries_read_at) if entries_read_at else None,
            )

    def jobs(self, name: str) -> tuple[StoredJob, ...]:
        """Without their items."""
        query = "SELECT job, read_at FROM snapshot WHERE connection = ?"
        with self._file.connection() as connection:
            return tuple(
                StoredJob(job, datetime.fromisoformat(read_at)) for job, read_at in connection.execute(query, (name,))
            )

    def sightings(self, name: str, causes: Iterable[bytes], job_id: str) -> dict[bytes, Sighting]:
        """By the cause's digest; `job_id` is the job for which is asked."""
        found = {}
        with self._file.connection() as connection:
            for cause in causes:
                asked = {"connection": name, "cause": cause, "job_id": job_id}
                first_seen, jobs_before = connection.execute(_SIGHTING, asked).fetchone()
                if first_seen:
                    found[cause] = Sighting(datetime.fromisoformat(first_seen), jobs_before)
        return found

    def close(self) -> None:
        self._file.close()

    def _forget_the_oldest(self, connection: sqlite3.Connection) -> None:
        most_jobs, most_bytes, most_sightings = self._bounds
        connection.execute(_TOO_MANY_JOBS, (most_jobs,))
        connection.execute(_TOO_MANY_BYTES, (most_bytes,))
        connection.execute(_TOO_MANY_SIGHTINGS, (most_sightings,))


def _replace_parts(connection: sqlite3.Connection, name: str, job_id: str, kind: str, parts: Iterable[bytes]) -> None:
    where = (name, job_id, kind)
    connection.execute("DELETE FROM part WHERE connection = ? AND job_id = ? AND kind = ?", where)
    rows = ((*where, place, packed) for place, packed in enumerate(parts))
    connection.executemany("INSERT INTO part (connection, job_id, kind, place, packed) VALUES (?, ?, ?, ?, ?)", rows)


def _parts(connection: sqlite3.Connection, name: str, job_id: str, kind: str) -> tuple[bytes, ...]:
    query = "SELECT packed FROM part WHERE connection = ? AND job_id = ? AND kind = ? ORDER BY place"
    return tuple(packed for (packed,) in connection.execute(query, (name, job_id, kind)))


def _stamp(moment: datetime) -> str:
    """One form for all, so that stamps can be compared as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
