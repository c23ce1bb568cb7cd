"""What a person writes again and again when outcomes are drafted, by connection: reasons of their own, their name."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.models.vocabulary import FailureType
from app.settings.connections import ConnectionId
from app.settings.paths import put_aside, write_whole

_KEPT = 20


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class OwnWordings:
    """`by_type` holds the reasons that the user wrote for a failure type, the last used first. `person` is the name
    that was given last, "" for the operating system's user."""

    by_type: Mapping[FailureType, tuple[str, ...]] = field(default_factory=dict)
    person: str = ""

    def of(self, kind: FailureType) -> tuple[str, ...]:
        return self.by_type.get(kind, ())

    def used(self, kind: FailureType, wording: str) -> "OwnWordings":
        """With the wording in front; the oldest ones are let go."""
        known = (wording, *(each for each in self.of(kind) if each != wording))
        return OwnWordings({**self.by_type, kind: known[:_KEPT]}, self.person)

    def without(self, kind: FailureType, wording: str) -> "OwnWordings":
        left = tuple(each for each in self.of(kind) if each != wording)
        return OwnWordings({**self.by_type, kind: left}, self.person)

    def said_by(self, person: str) -> "OwnWordings":
        return OwnWordings(self.by_type, person)


_STORED = TypeAdapter(dict[ConnectionId, OwnWordings])


class WordingsFile:
    """`wordings.json` in the data folder, as one connection sees it."""

    def __init__(self, folder: Path, connection_id: ConnectionId) -> None:
        self.path = folder / "wordings.json"
        self._connection_id = connection_id

    def read(self) -> tuple[OwnWordings, SettingsProblem | None]:
        """Nothing where nothing is stored. A damaged file is kept aside, and the problem says so."""
        stored, problem = self._stored()
        return stored.get(self._connection_id, OwnWordings()), problem

    def write(self, wordings: OwnWordings) -> None:
        """Raises SettingsProblem."""
        stored, _ = self._stored()
        content = _STORED.dump_json({**stored, self._connection_id: wordings}, indent=2)
        write_whole(self.path, content.decode())

    def _stored(self) -> tuple[dict[ConnectionId, OwnWordings], SettingsProblem | None]:
        try:
            return _STORED.validate_json(self.path.read_bytes()), None
        except FileNotFoundError:
            return {}, None
        except OSError as error:
            return {}, SettingsProblem(
                f"Your own wordings in {self.path} cannot be read: {error.strerror}",
                advice="The wordings that come with Signoff are offered all the same.",
            )
        except ValueError as error:
            return {}, SettingsProblem(
                f"Your own wordings are damaged and were kept aside as {put_aside(self.path).name}",
                advice="Wordings that you use from now on go into a new file.",
                details=str(error),
            )
