"""The journal's head, remembered outside its file: one that was removed, cut or put back does not have it."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Literal, Protocol

from app.messages import said
from app.models.journal_row import JournalHead
from app.platform.private_files import private_opener
from app.texts.parsing import read_json

FILE_NAME = "journal-head.json"
# Every head takes as many bytes, within one page and mostly within one sector of the disk.
_BYTES = 384


class HeadSafe(Protocol):
    """A second place for the head, which nobody waits for long."""

    def read(self) -> str | None:
        """What was kept last; None for nothing, or where there is no answer in time."""

    def keep(self, text: str) -> None:
        """Never waits."""

    def finish(self) -> None:
        """Waits a little for what is being kept."""


class RememberedHead:
    """`journal-head.json` in the data folder, written after each write to the journal, in place and never synced, which
    takes some 20 microseconds: a file that takes the place of another waits for the disk on some systems.

    After a power cut, or where two processes write at once, it may be that of an earlier row, which lies on the chain
    all the same. What was torn does not have the digest of its words. What lies behind the bytes of a head is not its
    own, and no writing in place would take it away.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def read(self) -> JournalHead | None:
        """None where none was remembered, or what lies there is none: then whatever rows there are prove nothing.

        Raises OSError.
        """
        try:
            with self.path.open("rb") as file:
                return head_in(file.read(_BYTES))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _not_to_be("read", self.path, error) from error

    def begin(self, head: JournalHead) -> None:
        """Where none is remembered yet. A journal that goes on without one would be doubted at the next send.

        Raises OSError.
        """
        try:
            self._write(head)
        except OSError as error:
            raise _not_to_be("written", self.path, error) from error

    def write(self, head: JournalHead) -> None:
        """The row is on the disk already: where this cannot be written, the head stays that of a row before."""
        with suppress(OSError):
            self._write(head)

    def _write(self, head: JournalHead) -> None:
        file = private_opener(str(self.path), os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0))
        try:
            os.write(file, text_of(head).encode().ljust(_BYTES - 1) + b"\n")
        finally:
            os.close(file)


def _not_to_be(done: Literal["read", "written"], path: Path, error: OSError) -> OSError:
    why = error.strerror or str(error)
    words = (
        said("{file}, which remembers the end of the journal, cannot be read: {why}", file=path.name, why=why)
        if done == "read"
        else said("{file}, which remembers the end of the journal, cannot be written: {why}", file=path.name, why=why)
    )
    return OSError(error.errno, words)


def text_of(head: JournalHead) -> str:
    """As it is remembered; what will be signed is this."""
    words = {"sequence": head.sequence, "hash": head.hash, "at": head.at, "rows": head.rows}
    return json.dumps(words | {"digest": _digest(head)})


def head_in(content: str | bytes) -> JournalHead | None:
    """None where it is none, or torn."""
    with suppress(ValueError, KeyError, TypeError, OverflowError):
        found = read_json(content)
        head = JournalHead(int(found["sequence"]), str(found["hash"]), str(found["at"]), int(found["rows"]))
        if found["digest"] == _digest(head):
            return head
    return None


def _digest(head: JournalHead) -> str:
    words = f"{head.sequence} {head.hash} {head.at} {head.rows}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]
