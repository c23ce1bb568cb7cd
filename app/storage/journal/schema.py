"""The tables of the journal's file, by the version that brought them."""

from typing import Final

from app.storage.database_file import Migrations

# None for a row that is no JSON, which SQLite would else refuse to look at, and with it every row beside it.
JOB_ID: Final = "CASE WHEN json_valid(content) THEN json_extract(content, '$.job_id') END"

MIGRATIONS: Migrations = (
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
    # Here an index was made that no row without JSON could be put into.
    (),
    # The rows of one job are read before each send.
    (
        "DROP INDEX IF EXISTS entry_job",
        f"CREATE INDEX entry_job ON entry ({JOB_ID}) WHERE kind = 'intended'",
    ),
)
