"""The drafts' file."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from pydantic import TypeAdapter, ValidationError

from app.errors import DraftsProblem
from app.models.draft import Changes, Draft
from app.models.vocabulary import EntryId, JobId
from app.platform.gc_tuning import many_arrive
from app.storage.database_file import is_damaged, opened, put_aside, transaction

FILE_NAME = "drafts.sqlite3"
_VERSION = 1
# One row for each draft, so that one more costs one row and a hundred thousand are one transaction.
_TABLE = """
    CREATE TABLE draft (
        connection TEXT NOT NULL,
        job_id TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (connection, job_id, entry_id)
    ) STRICT, WITHOUT ROWID
"""
_PUT = "INSERT OR REPLACE INTO draft (connection, job_id, entry_id, content) VALUES (?, ?, ?, ?)"
_REMOVE = "DELETE FROM draft WHERE connection = ? AND job_id = ? AND entry_id = ?"
_READ = "SELECT content FROM draft WHERE connection = ? AND job_id = ?"

_DRAFT = TypeAdapter(Draft)


class DraftStore:
    """The drafts of one connection in `drafts.sqlite3`. Every method raises DraftsProblem, and works in a thread."""

    def __init__(self, folder: Path, connection: str) -> None:
        self.path = folder / FILE_NAME
        self._connection_name = connection
        self._connection: sqlite3.Connection | None = None
        self._turn = Lock()

    async def read(self, job_id: JobId) -> dict[EntryId, Draft]:
        return await asyncio.to_thread(self._read, job_id)

    async def write(self, job_id: JobId, changes: Changes) -> None:
        """All of them or none; on disk when this returns. None removes a draft."""
        await asyncio.to_thread(self._write, job_id, changes)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _read(self, job_id: JobId) -> dict[EntryId, Draft]:
        """Nothing where no draft was ever kept."""
        if not self.path.exists():
            return {}
        try:
            with self._open() as connection, many_arrive() as arrivals:
                found = connection.execute(_READ, (self._connection_name, job_id))
                drafts = [_DRAFT.validate_json(content) for (content,) in found]
                arrivals.count = len(drafts)
            return {draft.entry_id: draft for draft in drafts}
        except ValidationError as error:
            raise DraftsProblem(
                "The drafted outcomes of this job are not understood",
                advice=f"They were written by another version of Signoff. They are kept in {self.path}.",
                details=str(error),
            ) from None

    def _write(self, job_id: JobId, changes: Changes) -> None:
        where = (self._connection_name, job_id)
        put = ((*where, entry, _DRAFT.dump_json(draft).decode()) for entry, draft in changes.items() if draft)
        gone = ((*where, entry) for entry, draft in changes.items() if draft is None)
        with self._open() as connection, transaction(connection):
            connection.executemany(_PUT, put)
            connection.executemany(_REMOVE, gone)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            try:
                if self._connection is None:
                    self._connection = _prepared(self.path)
                yield self._connection
            except sqlite3.DatabaseError as error:
                raise self._problem(error) from error
            except OSError as error:
                raise _not_writable(self.path, error.strerror or str(error)) from error

    def _problem(self, error: sqlite3.DatabaseError) -> DraftsProblem:
        """A damaged file is put aside, so that the next draft begins a new one."""
        if not is_damaged(error):
            return _not_writable(self.path, str(error))
        self._let_go()
        return DraftsProblem(
            f"The drafted outcomes are damaged, and were put aside as {put_aside(self.path).name}",
            advice="What was drafted and not sent has to be entered again. Nothing that was sent is concerned.",
            details=str(error),
        )

    def _close(self) -> None:
        with self._turn:
            self._let_go()

    def _let_go(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None


def _prepared(path: Path) -> sqlite3.Connection:
    connection = opened(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        with transaction(connection):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        connection.close()
        raise
    if version > _VERSION:
        connection.close()
        raise DraftsProblem(
            "The drafted outcomes were written by a newer version of Signoff",
            advice="Use that version, or another data folder.",
        )
    return connection


def _not_writable(path: Path, why: str) -> DraftsProblem:
    return DraftsProblem(
        f"The drafted outcomes cannot be kept: {why}",
        advice=f"Look whether the disk is full, or the folder {path.parent} may be written. No draft was changed.",
    )
