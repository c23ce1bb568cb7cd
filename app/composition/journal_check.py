"""Proving that the journal of a data folder is whole, without services: the file is judged as it lies there."""

from dataclasses import dataclass
from pathlib import Path

from app.storage.database_file import kept_aside
from app.storage.journal.store import FILE_NAME, Verification, lost_head, verify


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """`kept_aside` are damaged journals from before; `verification` is None where there is no journal, and `lost` says
    then what is remembered of one, as a sentence without its full stop."""

    kept_aside: tuple[Path, ...]
    verification: Verification | None
    lost: str = ""

    @property
    def is_intact(self) -> bool:
        """Whether everything that was ever written in the folder is there and proved."""
        found = self.verification
        is_proved = found is None or not (found.first_break or found.doubt)
        return is_proved and not self.lost and not self.kept_aside


def check_journal(folder: Path) -> JournalCheck:
    """Reads the whole file and changes nothing."""
    path = folder / FILE_NAME
    if path.exists():
        return JournalCheck(kept_aside(path), verify(path))
    return JournalCheck(kept_aside(path), None, lost_head(path))
