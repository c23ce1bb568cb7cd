"""What the program's SQLite files have in common: one transaction at a time, and a damaged file kept aside."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# How long another process may hold the file.
BUSY_SECONDS = 5


def opened(path: Path) -> sqlite3.Connection:
    """The file, made for this user only, without transactions of Python's own. Raises sqlite3.Error, OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Written whole, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is torn or no database at all, rather than busy, full or not to be written."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def kept_aside(path: Path) -> tuple[Path, ...]:
    """Damaged files that were put aside beside this one."""
    return tuple(sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}")))


def put_aside(path: Path) -> Path:
    """Renames the file and what SQLite keeps beside it; an older damaged one is never overwritten. Raises OSError."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    for suffix in ("", "-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))
    return aside


def probed_modes(folder: Path) -> tuple[tuple[int, int, int], str, int, str]:
    """SQLite's version, and journal mode, synchronous level and integrity of a STRICT table of the kind that the
    journal is, written into `folder` for a moment. Raises sqlite3.Error, OSError."""
    with closing(opened(folder / "probe.sqlite3")) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
        (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
        with transaction(connection):
            connection.execute("CREATE TABLE entry (sequence INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT) STRICT")
            connection.execute("INSERT INTO entry (content) VALUES ('signoff')")
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
    return sqlite3.sqlite_version_info, mode, synchronous, integrity
