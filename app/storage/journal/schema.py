"""The tables of the journal's file, by the version that brought them."""

from app.storage.database_file import Migrations

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
    # The rows of one job are read before each send.
    ("CREATE INDEX entry_job ON entry (json_extract(content, '$.job_id')) WHERE kind = 'intended'",),
)
