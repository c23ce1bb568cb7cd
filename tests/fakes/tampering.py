"""What somebody does to a journal who may write its file, and knows about the triggers and the hashes."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.storage.journal.chain import ORIGIN, hash_of
from app.storage.journal.store import FILE_NAME

_COLUMNS = "sequence, attempt, kind, at, content, previous, hash"
MADE_UP = "f" * 64


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """Without the triggers; all of it in the file itself at the end."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        with connection:
            connection.execute("DROP TRIGGER IF EXISTS entry_is_never_changed")
            connection.execute("DROP TRIGGER IF EXISTS entry_is_never_removed")
            yield connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def attempts(folder: Path) -> list[str]:
    with opened(folder) as connection:
        return [
            row for (row,) in connection.execute("SELECT attempt FROM entry GROUP BY attempt ORDER BY min(sequence)")
        ]


def append(folder: Path, attempt: str, kind: str, content: str, *, fits: bool) -> None:
    """A row at the end; `fits` gives it the hash that belongs to it."""
    with opened(folder) as connection:
        number, at, previous = connection.execute(
            "SELECT sequence, at, hash FROM entry ORDER BY sequence DESC"
        ).fetchone()
        row = (number + 1, attempt, kind, at, content, previous)
        digest = hash_of(*row) if fits else MADE_UP
        connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, digest))


def free_by_made_up_row(folder: Path) -> None:
    """The last attempt is said to have come to nothing."""
    append(folder, attempts(folder)[-1], "judged", json.dumps({"standing": "missing"}), fits=False)


def cut(folder: Path) -> None:
    """The last rows, with the number that would tell of them."""
    with opened(folder) as connection:
        (last,) = connection.execute("SELECT max(sequence) FROM entry").fetchone()
        connection.execute("DELETE FROM entry WHERE sequence > ?", (last - 2,))
        connection.execute("UPDATE sqlite_sequence SET seq = ?", (last - 2,))


def take_out_of_the_middle(folder: Path) -> None:
    with opened(folder) as connection:
        connection.execute("DELETE FROM entry WHERE attempt = ?", (attempts_in(connection)[-2],))


def attempts_in(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT attempt FROM entry GROUP BY attempt ORDER BY min(sequence)")
    return [row for (row,) in found]


def rewrite(folder: Path, attempt: str, kind: str, content: str) -> None:
    with opened(folder) as connection:
        done = connection.execute(
            "UPDATE entry SET content = ? WHERE attempt = ? AND kind = ?", (content, attempt, kind)
        )
        assert done.rowcount


def hash_anew(folder: Path) -> None:
    """The whole chain, so that it proves itself."""
    with opened(folder) as connection:
        previous = ORIGIN
        for columns in connection.execute(f"SELECT {_COLUMNS} FROM entry ORDER BY sequence").fetchall():
            row = (*columns[:5], previous)
            previous = hash_of(*row)
            connection.execute(
                "UPDATE entry SET previous = ?, hash = ? WHERE sequence = ?", (row[5], previous, columns[0])
            )


def delete(folder: Path) -> None:
    for path in folder.glob(f"{FILE_NAME}*"):
        path.unlink()


def backed_up(folder: Path) -> bytes:
    with opened(folder):
        pass
    return (folder / FILE_NAME).read_bytes()


def put_back(folder: Path, backup: bytes) -> None:
    delete(folder)
    (folder / FILE_NAME).write_bytes(backup)
