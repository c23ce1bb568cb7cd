"""An SQLite file of the program: opened once, brought to this version, kept aside where it is damaged."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from app.errors import SignoffError
from app.messages import said
from app.platform.private_files import make_private, private_opener

# How long another process may hold the file.
_BUSY_SECONDS = 5
_BUSY_AGAIN_SECONDS = 0.02

# The statements of each version; `user_version` says how many versions have been run.
Migrations = Sequence[Sequence[str]]


class NewerFileError(Exception):
    """The file was written by a later version of the program."""


@dataclass(frozen=True, slots=True)
class Problems:
    """What the owner of a file says of its troubles: each makes the error that is raised.

    `damaged` is given where the file was put aside and why, `unusable` the file and why.
    """

    newer: Callable[[], SignoffError]
    damaged: Callable[[Path, str], SignoffError]
    unusable: Callable[[Path, str], SignoffError]


class DatabaseFile:
    """One connection to one file, used by one thread at a time, from whichever, and opened at its first use.

    `pragmas` are those of this file beside a write-ahead log. All trouble with the file is raised as `problems` has it.
    `text` reads what is stored as a text; with `str`, SQLite's own way, bytes that are no UTF-8 are trouble.
    """

    def __init__(
        self,
        path: Path,
        migrations: Migrations,
        problems: Problems,
        *,
        pragmas: Sequence[str],
        text: Callable[[bytes], str] = str,
    ) -> None:
        self.path = path
        self._migrations = migrations
        self._problems = problems
        self._pragmas = ("journal_mode = WAL", *pragmas)
        self._text = text
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._turn = Lock()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Without transactions of Python's own: what writes says `transaction`."""
        with self._turn:
            try:
                yield self._current()
            except sqlite3.DatabaseError as error:
                raise self._problem(error) from error
            except NewerFileError as error:
                raise self._problems.newer() from error
            except OSError as error:
                raise self._problems.unusable(self.path, error.strerror or str(error)) from error

    def close(self) -> None:
        with self._turn:
            self._let_go()

    def _current(self) -> sqlite3.Connection:
        if self._connection and not self._is_still_there():
            self._let_go()
        if self._connection is None:
            self._connection = self._prepared()
            self._opened = _identity(self.path)
        return self._connection

    def _is_still_there(self) -> bool:
        """A file that was moved or removed while it was open is not written to any more: nobody would find the rows."""
        return self._opened == _identity(self.path)

    def _prepared(self) -> sqlite3.Connection:
        """The file and its folder are made where they are missing; both are this user's only. What SQLite makes beside
        the file takes after it."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.path.exists():
            os.close(private_opener(str(self.path), os.O_RDWR | os.O_CREAT))
        for path in (self.path.parent, *_with_logs(self.path)):
            make_private(path)
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.text_factory = self._text
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Turning to WAL does not wait for another process that is at the same point, so that is tried again here."""
        patience_ends = monotonic() + _BUSY_SECONDS
        while True:
            try:
                for pragma in self._pragmas:
                    connection.execute(f"PRAGMA {pragma}")
                migrate(connection, self._migrations)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= patience_ends:
                    raise
                sleep(_BUSY_AGAIN_SECONDS)
            else:
                return

    def _problem(self, error: sqlite3.DatabaseError) -> SignoffError:
        """A damaged file is put aside, so that the next use begins a new one beside it."""
        self._let_go()
        if not _is_damaged(error):
            return self._problems.unusable(self.path, str(error))
        try:
            return self._problems.damaged(_put_aside(self.path), str(error))
        except OSError as stuck:
            why = said("{error}, and it cannot be put aside: {why}", error=str(error), why=stuck.strerror or str(stuck))
            return self._problems.unusable(self.path, why)

    def _let_go(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None


def read_only(path: Path) -> AbstractContextManager[sqlite3.Connection]:
    """The file as it lies there; closed at the end. Raises sqlite3.Error."""
    return closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Written whole, or not at all. The write lock is taken first: what is read in it stays true until its end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """What is read in it is of one moment, whatever other processes write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def migrate(connection: sqlite3.Connection, migrations: Migrations) -> None:
    """Brings the file to this version, one whole step at a time. Raises NewerFileError, sqlite3.Error.

    The version is read again under the write lock: another process may have run the same step in between.
    """
    while (version := _version(connection)) < len(migrations):
        with transaction(connection):
            if _version(connection) == version:
                for statement in migrations[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
    if version > len(migrations):
        raise NewerFileError


def kept_aside(path: Path) -> tuple[Path, ...]:
    """Damaged files that were put aside beside this one."""
    return tuple(sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}")))


def _put_aside(path: Path) -> Path:
    """Renames the file and what SQLite keeps beside it; an older damaged one is never overwritten."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    for beside, target in zip(_with_logs(path), _with_logs(aside), strict=True):
        if beside.exists():
            beside.replace(target)
    return aside


def _with_logs(path: Path) -> tuple[Path, ...]:
    """The file and what SQLite keeps beside it."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm"))


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is torn or no database at all, rather than busy, full or not to be written."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def probed_modes(folder: Path) -> tuple[tuple[int, int, int], str, int, str]:
    """SQLite's version, and journal mode, synchronous level and integrity of a STRICT table of the kind that the
    journal is, written into `folder` for a moment. Raises sqlite3.Error, OSError."""
    with closing(sqlite3.connect(folder / "probe.sqlite3", isolation_level=None)) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
        (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
        with transaction(connection):
            connection.execute("CREATE TABLE entry (sequence INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT) STRICT")
            connection.execute("INSERT INTO entry (content) VALUES ('signoff')")
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
    return sqlite3.sqlite_version_info, mode, synchronous, integrity
