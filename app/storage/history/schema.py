"""The tables of the history's file."""

from app.storage.database_file import Migrations

_TABLES = (
    # `job` is Pleo's JSON of the job; the digests are over the parts, so that what did not change is not written again.
    """
    CREATE TABLE snapshot (
        connection TEXT NOT NULL,
        job_id TEXT NOT NULL,
        job TEXT NOT NULL,
        read_at TEXT NOT NULL,
        items_digest BLOB NOT NULL,
        entries_digest BLOB,
        entries_read_at TEXT,
        PRIMARY KEY (connection, job_id)
    ) STRICT
    """,
    # Packed JSON: `kind` is items or entries, `place` is the order.
    """
    CREATE TABLE part (
        connection TEXT NOT NULL,
        job_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        place INTEGER NOT NULL,
        packed BLOB NOT NULL,
        PRIMARY KEY (connection, job_id, kind, place),
        FOREIGN KEY (connection, job_id) REFERENCES snapshot ON DELETE CASCADE
    ) STRICT
    """,
    # `cause` is a digest of the cause's key: the words themselves are in the snapshots.
    """
    CREATE TABLE sighting (
        connection TEXT NOT NULL,
        cause BLOB NOT NULL,
        job_id TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        items INTEGER NOT NULL,
        PRIMARY KEY (connection, cause, job_id)
    ) STRICT
    """,
)

MIGRATIONS: Migrations = (_TABLES,)
