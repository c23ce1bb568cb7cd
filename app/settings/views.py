"""Named views of the table of items, and how the table was left."""

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.settings.paths import put_aside, write_whole

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


_VIEWS = TypeAdapter(Views)


def as_json(views: Views) -> str:
    return json.dumps(_VIEWS.dump_python(views, mode="json"), ensure_ascii=False, indent=2)


def from_json(text: str | bytes) -> Views:
    """Raises ValueError for a text that is none of `as_json`'s."""
    return _VIEWS.validate_json(text)


class ViewsFile:
    """`views.json` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "views.json"

    def read(self) -> tuple[Views, SettingsProblem | None]:
        """The views, or none where nothing is stored. A damaged file is kept aside, and the problem says so."""
        try:
            return from_json(self.path.read_bytes()), None
        except FileNotFoundError:
            return Views(), None
        except OSError as error:
            return Views(), SettingsProblem(
                f"The saved views in {self.path} cannot be read: {error.strerror}",
                advice="The table is shown as it comes; saving a view needs a folder that may be written.",
            )
        except ValueError as error:
            return Views(), SettingsProblem(
                f"The saved views are damaged and were kept aside as {put_aside(self.path).name}",
                advice="The table is shown as it comes. Views that are saved from now on go into a new file.",
                details=str(error),
            )

    def write(self, views: Views) -> None:
        """Raises SettingsProblem."""
        write_whole(self.path, as_json(views))
