"""The journal's head, remembered outside its file: one that was removed, cut or put back does not have it."""

import json
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from pathlib import Path

from app.models.journal_row import JournalHead
from app.platform.file_lock import held_file
from app.platform.private_files import private_opener

FILE_NAME = "journal-head.json"
_WAIT_SECONDS = 5


class RememberedHead:
    """`journal-head.json` in the data folder, replaced whole after each write to the journal and never synced: after a
    power cut it may be an older one, which lies on the chain all the same."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = folder / "locks" / "journal-head.lock"

    def held(self) -> AbstractContextManager[None]:
        """No other process writes rows, or remembers a head, meanwhile. Raises OSError."""
        return held_file(self._lock, _WAIT_SECONDS)

    def read(self) -> JournalHead | None:
        """None where none was remembered, or what lies there is none: then the whole chain is proved once.

        Raises OSError.
        """
        try:
            found = json.loads(self.path.read_bytes())
            return JournalHead(int(found["sequence"]), str(found["hash"]), str(found["at"]), int(found["rows"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return None

    def write(self, head: JournalHead) -> None:
        """The row is on the disk already: where this cannot be written, the head stays that of a row before."""
        fresh = self.path.with_name(f"{FILE_NAME}.new")
        with suppress(OSError):
            with open(fresh, "w", encoding="ascii", opener=private_opener) as file:
                file.write(json.dumps(asdict(head)))
            fresh.replace(self.path)
