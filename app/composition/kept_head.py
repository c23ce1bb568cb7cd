"""The journal's head in the operating system's keyring, which a copy of the data folder does not bring back."""

import hashlib
from pathlib import Path
from threading import Lock, Thread

from app.errors import SettingsProblem
from app.settings.credentials import CredentialStore

# A keyring that has to be unlocked asks the user, and one that hangs never answers: then the file's head is enough.
_ANSWER_SECONDS = 2
_END_SECONDS = 1


class KeyringHead:
    """Asked in threads that nothing waits for beyond a bound; one that was silent once (`is_silent`), or refused, is
    not asked again."""

    def __init__(self, credentials: CredentialStore, folder: Path, answer_seconds: float = _ANSWER_SECONDS) -> None:
        self._credentials = credentials
        self._name = f"journal-head {hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"
        self._answer_seconds = answer_seconds
        self.is_silent = False
        self._turn = Lock()
        self._latest = ""
        self._writing: Thread | None = None

    def read(self) -> str | None:
        """What was kept last; None for nothing, and where the keyring refuses or does not answer in time."""
        found: list[str | None] = []
        if self.is_silent:
            return None
        asking = Thread(target=self._read_into, args=(found,), name="keyring-head", daemon=True)
        asking.start()
        asking.join(self._answer_seconds)
        self.is_silent = not found
        return found[0] if found else None

    def keep(self, text: str) -> None:
        """Soon, and the last of several: what is not kept any more is a head of before, which is no doubt."""
        if self.is_silent:
            return
        with self._turn:
            self._latest = text
            if self._writing is None:
                self._writing = Thread(target=self._write_latest, name="keyring-head", daemon=True)
                self._writing.start()

    def finish(self) -> None:
        """Waits a little for what is being kept."""
        writing = self._writing
        if writing:
            writing.join(_END_SECONDS)

    def _read_into(self, found: list[str | None]) -> None:
        try:
            found.append(self._credentials.read(self._name))
        except SettingsProblem:
            return

    def _write_latest(self) -> None:
        written = ""
        while True:
            with self._turn:
                text = self._latest
                if text == written:
                    self._writing = None
                    return
            try:
                self._credentials.write(self._name, text)
            except SettingsProblem:
                self.is_silent = True
            written = text
