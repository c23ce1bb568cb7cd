"""How often Signoff was started and when it looked for a new version: `updates.json` in the data folder."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.parsing import read_json
from app.settings.paths import write_whole


@dataclass(frozen=True, slots=True)
class UpdateMemory:
    starts: int = 0
    looked_at: datetime | None = None


class UpdateMemoryFile:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "updates.json"

    def read(self) -> UpdateMemory:
        """Nothing depends on it, so what cannot be read is as if it were the first start."""
        try:
            said = read_json(self.path.read_bytes())
            looked_at = said["looked_at"]
            at = datetime.fromisoformat(looked_at) if looked_at else None
            return UpdateMemory(int(said["starts"]), at if at and at.tzinfo else None)
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return UpdateMemory()

    def write(self, memory: UpdateMemory) -> None:
        """Raises SettingsProblem."""
        looked_at = memory.looked_at.isoformat() if memory.looked_at else None
        write_whole(self.path, json.dumps({"starts": memory.starts, "looked_at": looked_at}))
