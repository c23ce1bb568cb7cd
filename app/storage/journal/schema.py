"""The tables, and how a file of an older version becomes one of this version."""

import sqlite3
from collections.abc import Sequence

from app.storage.database_file import transaction

# The statements of each version; `user_version` says how many versions have been run.
MIGRATIONS: Sequence[Sequence[str]] = (
    (
        """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            attempt TEXT NOT NULL,
            kind TEXT NOT NULL,
            at TEXT NOT NULL,
            content TEXT NOT NULL,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE
        ) STRICT
        """,
        # The attempts that are still open are found without reading what the rows hold.
        "CREATE INDEX entry_attempt_and_kind ON entry (attempt, kind)",
        """
        CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
            BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END
        """,
        """
        CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
            BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END
        """,
    ),
    # The rows of one job are read before each send.
    ("CREATE INDEX entry_job ON entry (json_extract(content, '$.job_id')) WHERE kind = 'intended'",),
)


class NewerJournalError(Exception):
    """The file was written by a later version of the program."""


def migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Brings the file to this version, one whole step at a time. Raises NewerJournalError, sqlite3.Error.

    The version is read again under the write lock: another process may have run the same step in between.
    """
    while (version := _version(connection)) < len(migrations):
        with transaction(connection):
            if _version(connection) == version:
                for statement in migrations[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
    if version > len(migrations):
        raise NewerJournalError


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
