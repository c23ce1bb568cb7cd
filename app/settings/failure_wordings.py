"""What a person writes again and again when outcomes are drafted, by connection: reasons of their own, their name."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.messages import said
from app.models.vocabulary import FailureType
from app.settings.connections import ConnectionId
from app.settings.json_file import Complaint, JsonFile, form_of

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


_FORM = form_of(TypeAdapter(dict[ConnectionId, OwnWordings]), dict[ConnectionId, OwnWordings])
_COMPLAINT = Complaint(
    unreadable=lambda place: said("Your own wordings in {place} cannot be read", place=place),
    advice_on_unreadable=said("The wordings that come with Signoff are offered all the same."),
    damaged=lambda place: said("Your own wordings are damaged and were kept aside as {place}", place=place),
    advice_on_damaged=said("Wordings that you use from now on go into a new file."),
)


class WordingsFile:
    """`wordings.json` in the data folder, as one connection sees it."""

    def __init__(self, folder: Path, connection_id: ConnectionId) -> None:
        self._file = JsonFile(folder / "wordings.json", _FORM)
        self._connection_id = connection_id

    def read(self) -> tuple[OwnWordings, SettingsProblem | None]:
        """Nothing where nothing is stored. A damaged file is kept aside, and the problem says so."""
        stored, problem = self._file.read_or_begin(_COMPLAINT)
        return stored.get(self._connection_id, OwnWordings()), problem

    def write(self, wordings: OwnWordings) -> None:
        """Raises SettingsProblem."""
        self._file.change(lambda stored: {**stored, self._connection_id: wordings})
