"""What the user has said of the columns and words of posting lists, remembered by the lists' shapes."""

from dataclasses import field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.messages import said
from app.posting_lists.mapping import ListMapping
from app.settings.json_file import Complaint, JsonFile, form_of

# Shapes that nobody has used for long go first.
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _Stored:
    """The mappings by shape, the one used last at the end."""

    by_shape: dict[str, ListMapping] = field(default_factory=dict)


_FORM = form_of(TypeAdapter(_Stored), _Stored)
_COMPLAINT = Complaint(
    unreadable=lambda place: said("The remembered columns in {place} cannot be read", place=place),
    advice_on_unreadable=said(
        "Say what the columns mean once more; remembering it needs a folder that may be written."
    ),
    damaged=lambda place: said(
        "What was remembered of posting lists is damaged and was kept aside as {place}", place=place
    ),
    advice_on_damaged=said("Say what the columns mean once more."),
)


class MappingsFile:
    """`posting_lists.json` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "posting_lists.json", _FORM)

    def find(self, shape: str | None) -> tuple[ListMapping | None, SettingsProblem | None]:
        """What was said of a list of this shape. A damaged file is kept aside, and the problem says so."""
        stored, problem = self._file.read_or_begin(_COMPLAINT)
        return stored.by_shape.get(shape) if shape else None, problem

    def remember(self, shape: str, mapping: ListMapping) -> None:
        """Raises SettingsProblem."""

        def with_mapping(stored: _Stored) -> _Stored:
            others = {known: each for known, each in stored.by_shape.items() if known != shape}
            return _Stored(dict([*others.items(), (shape, mapping)][-_MOST_KEPT:]))

        self._file.change(with_mapping)
