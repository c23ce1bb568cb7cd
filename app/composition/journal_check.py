"""Proving that the journal of a data folder is whole, without services: the file is judged as it lies there."""

from dataclasses import dataclass
from pathlib import Path

from app.storage.database_file import kept_aside
from app.storage.journal.store import FILE_NAME, Verification, verify


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """`kept_aside` are damaged journals from before; `verification` is None where none was begun since."""

    kept_aside: tuple[Path, ...]
    verification: Verification | None


def check_journal(folder: Path) -> JournalCheck:
    """Reads the whole file and changes nothing."""
    path = folder / FILE_NAME
    return JournalCheck(kept_aside(path), verify(path) if path.exists() else None)
