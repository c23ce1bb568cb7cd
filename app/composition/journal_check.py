"""Proving that the journal of a data folder is whole, without services: the file is judged as it lies there."""

from dataclasses import dataclass
from pathlib import Path

from app.composition.kept_head import KeyringHead
from app.messages import said
from app.models.journal_row import JournalHead
from app.settings.credentials import CredentialStore
from app.storage.database_file import kept_aside
from app.storage.journal.remembered_head import head_in
from app.storage.journal.store import FILE_NAME, Verification, lost_head, verify


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """`kept_aside` are damaged journals from before; `verification` is None where there is no journal, and `lost` says
    then what is remembered of one, as a sentence without its full stop. `unproved` is a sentence on what could not be
    proved, and why; "" where nothing was left out."""

    kept_aside: tuple[Path, ...]
    verification: Verification | None
    lost: str = ""
    unproved: str = ""

    @property
    def is_intact(self) -> bool:
        """Whether everything that was ever written in the folder is there and proved, as far as it can be."""
        found = self.verification
        is_proved = found is None or not (found.first_break or found.doubt)
        return is_proved and not self.lost and not self.kept_aside


def check_journal(folder: Path, credentials: CredentialStore) -> JournalCheck:
    """Reads the whole file, and what is remembered of its end beside it and in the keyring, as before a send. Changes
    nothing."""
    path = folder / FILE_NAME
    kept, unproved = _kept_head(folder, credentials)
    if path.exists():
        return JournalCheck(kept_aside(path), verify(path, kept), "", unproved)
    return JournalCheck(kept_aside(path), None, lost_head(path, kept), unproved)


def _kept_head(folder: Path, credentials: CredentialStore) -> tuple[JournalHead | None, str]:
    """What the keyring holds, and what is not known without it."""
    if not credentials.is_permanent:
        return None, said(
            "Not proved: whether the journal and journal-head.json were put back or removed together. This machine has "
            "no keyring that would remember the journal's end beside them."
        )
    safe = KeyringHead(credentials, folder)
    kept = head_in(safe.read() or "")
    if kept:
        return kept, ""
    if safe.is_silent:
        return None, said(
            "Not proved: whether the journal and journal-head.json were put back or removed together. The keyring did "
            "not say what it remembers of the journal's end: unlock it and run this again."
        )
    return None, said(
        "Not proved: whether the journal and journal-head.json were put back or removed together. The keyring "
        "remembers no end of this journal."
    )
