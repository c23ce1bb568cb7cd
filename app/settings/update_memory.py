"""How often Signoff was started and when it looked for a new version: `updates.json` in the data folder."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.settings.json_file import Form, JsonFile
from app.texts.parsing import read_json


@dataclass(frozen=True, slots=True)
class UpdateMemory:
    starts: int = 0
    looked_at: datetime | None = None


def _parsed(content: bytes) -> UpdateMemory:
    """Nothing depends on it, so what cannot be read is as if it were the first start."""
    with suppress(ValueError, KeyError, TypeError, OverflowError):
        kept = read_json(content)
        looked_at = kept["looked_at"]
        at = datetime.fromisoformat(looked_at) if looked_at else None
        return UpdateMemory(int(kept["starts"]), at if at and at.tzinfo else None)
    return UpdateMemory()


def _material(memory: UpdateMemory) -> object:
    return {"starts": memory.starts, "looked_at": memory.looked_at.isoformat() if memory.looked_at else None}


class UpdateMemoryFile:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "updates.json"
        self._file = JsonFile(self.path, Form(_parsed, _material, UpdateMemory))

    def read(self) -> UpdateMemory:
        try:
            return self._file.read()
        except OSError:
            return UpdateMemory()

    def change(self, how: Callable[[UpdateMemory], UpdateMemory]) -> None:
        """Raises SettingsProblem."""
        self._file.change(how)
