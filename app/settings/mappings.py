"""What the user has said of the columns and words of posting lists, remembered by the lists' shapes."""

import json
from dataclasses import field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.posting_lists.mapping import ListMapping
from app.settings.paths import put_aside, write_whole

# Shapes that nobody has used for long go first.
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _Stored:
    """The mappings by shape, the one used last at the end."""

    by_shape: dict[str, ListMapping] = field(default_factory=dict)


_STORED = TypeAdapter(_Stored)


class MappingsFile:
    """`posting_lists.json` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "posting_lists.json"

    def find(self, shape: str | None) -> tuple[ListMapping | None, SettingsProblem | None]:
        """What was said of a list of this shape. A damaged file is kept aside, and the problem says so."""
        stored, problem = self._read()
        return stored.by_shape.get(shape) if shape else None, problem

    def remember(self, shape: str, mapping: ListMapping) -> None:
        """Raises SettingsProblem."""
        stored, _ = self._read()
        others = {known: each for known, each in stored.by_shape.items() if known != shape}
        kept = dict([*others.items(), (shape, mapping)][-_MOST_KEPT:])
        content = _STORED.dump_python(_Stored(kept), mode="json")
        write_whole(self.path, json.dumps(content, ensure_ascii=False, indent=2))

    def _read(self) -> tuple[_Stored, SettingsProblem | None]:
        try:
            return _STORED.validate_json(self.path.read_bytes()), None
        except FileNotFoundError:
            return _Stored(), None
        except OSError as error:
            return _Stored(), SettingsProblem(
                f"The remembered columns in {self.path} cannot be read: {error.strerror}",
                advice="Say what the columns mean once more; remembering it needs a folder that may be written.",
            )
        except ValueError as error:
            return _Stored(), SettingsProblem(
                f"What was remembered of posting lists is damaged and was kept aside as {put_aside(self.path).name}",
                advice="Say what the columns mean once more.",
                details=str(error),
            )
