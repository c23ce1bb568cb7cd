"""Named views of the table of items, and how the table was left."""

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.messages import said
from app.settings.json_file import Complaint, JsonFile, form_of

# Column key, and whether it is descending.
SortKey = tuple[str, bool]


@dataclass(frozen=True, slots=True, config=ConfigDict(strict=True))
class View:
    """`looks` are statuses by the name of their look, `columns` is the table's own layout, `sort` the first key first.

    What an older or newer version of the table does not know in `columns` is the table's to pass over.
    """

    name: str
    query: str = ""
    looks: tuple[str, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)
    sort: tuple[SortKey, ...] = ()


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Views:
    """`named` by the alphabet; `last` is how the table was left, without a name."""

    named: tuple[View, ...] = ()
    last: View = field(default_factory=lambda: View(""))

    def view(self, name: str) -> View | None:
        """Names are compared without case, as they are read."""
        return next((view for view in self.named if view.name.casefold() == name.casefold()), None)

    def with_view(self, view: View) -> "Views":
        """In place of the one of the same name."""
        named = (*self.without(view.name).named, view)
        return Views(tuple(sorted(named, key=lambda one: one.name.casefold())), self.last)

    def without(self, name: str) -> "Views":
        return Views(tuple(view for view in self.named if view.name.casefold() != name.casefold()), self.last)

    def with_last(self, view: View) -> "Views":
        return Views(self.named, view)


_FORM = form_of(TypeAdapter(Views), Views)
_COMPLAINT = Complaint(
    unreadable=lambda place: said("The saved views in {place} cannot be read", place=place),
    advice_on_unreadable=said("The table is shown as it comes; saving a view needs a folder that may be written."),
    damaged=lambda place: said("The saved views are damaged and were kept aside as {place}", place=place),
    advice_on_damaged=said("The table is shown as it comes. Views that are saved from now on go into a new file."),
)


class ViewsFile:
    """`views.json` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "views.json", _FORM)

    def read(self) -> tuple[Views, SettingsProblem | None]:
        """The views, or none where nothing is stored. A damaged file is kept aside, and the problem says so."""
        return self._file.read_or_begin(_COMPLAINT)

    def write(self, views: Views) -> None:
        """In place of all that are stored. Raises SettingsProblem."""
        self._file.change(lambda _stored: views)

    def change(self, how: Callable[[Views], Views]) -> Views:
        """What is stored now, changed. Raises SettingsProblem."""
        return self._file.change(how)
