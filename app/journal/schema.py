"""The tables, and how a file of an older version becomes one of this version."""

import sqlite3

# One script for each version; `user_version` says how many have been run.
MIGRATIONS = (
    """
    CREATE TABLE entry (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        attempt TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        content TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX entry_attempt ON entry (attempt);
    CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
        BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;
    CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
        BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;
    """,
)


class NewerJournalError(Exception):
    """The file was written by a later version of the program."""


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to this version, one step at a time. Raises NewerJournalError, sqlite3.Error."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise NewerJournalError
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
