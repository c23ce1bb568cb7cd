"""All settings as one file without secrets: to keep, or to take to another machine."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.messages import Said, said
from app.models.address import is_address, server_of
from app.settings.connections import Connection, ConnectionsFile, named
from app.settings.import_changes import connection_changes, content_changes, preference_changes, readable
from app.settings.json_file import Form, JsonFile, form_of
from app.settings.preferences import Preferences
from app.settings.views import View, Views, ViewsFile

_LARGEST_BYTES = 20_000_000


class _Other(NamedTuple):
    """`what` is in the file, for a sentence; what stands `depth` levels down takes the place of the same as a whole."""

    what: Said
    depth: int


# Settings that are exchanged as they lie there, because this room does not know what is in them.
_OTHERS = {
    "posting_lists.json": _Other(said("The mappings of posting lists"), 2),
    "wordings.json": _Other(said("The wordings of failures"), 1),
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """`others` are further settings files by name."""

    signoff_settings: Literal[1] = 1
    preferences: Preferences = field(default_factory=Preferences)
    connections: tuple[Connection, ...] = ()
    views: Views = field(default_factory=Views)
    others: Mapping[str, Any] = field(default_factory=dict)


class ImportPlan(NamedTuple):
    """`changes` says in sentences what would become of what is here; `result` is all of it afterwards."""

    result: Bundle
    changes: tuple[str, ...]


_BUNDLE = TypeAdapter(Bundle)
_FORM = form_of(_BUNDLE, Bundle)
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
_AS_IT_LIES_THERE: Form[Any] = form_of(_ANYTHING, lambda: None)


def bundle_in(folder: Path, preferences: Preferences) -> Bundle:
    """What is set on this machine. Raises SettingsProblem for a damaged file."""
    connections = ConnectionsFile(folder).read()
    views, problem = ViewsFile(folder).read()
    if problem:
        raise problem
    return Bundle(1, preferences, connections, views, dict(_others_in(folder)))


def _others_in(folder: Path) -> Iterator[tuple[str, Any]]:
    for name in _OTHERS:
        try:
            content = JsonFile(folder / name, _AS_IT_LIES_THERE).read()
        except (OSError, ValueError) as error:
            title = said("{path} cannot be read", path=folder / name)
            raise SettingsProblem(title, details=type(error).__name__) from None
        if content is not None:
            yield name, content


def write_bundle(path: Path, bundle: Bundle) -> None:
    """Raises SettingsProblem."""
    JsonFile(path, _FORM).write(bundle)


def read_bundle(path: Path) -> Bundle:
    """Raises SettingsProblem for a file that is none of Signoff's settings."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise SettingsProblem(
            said("{name} cannot be read: {strerror}", name=path.name, strerror=error.strerror)
        ) from None
    try:
        if len(content) > _LARGEST_BYTES or "signoff_settings" not in _ANYTHING.validate_json(content):
            raise _not_ours(path, "")
        return _BUNDLE.validate_json(content)
    except (ValueError, TypeError) as error:
        raise _not_ours(path, _fault(error)) from None


def _not_ours(path: Path, details: str) -> SettingsProblem:
    return SettingsProblem(
        said("{name} does not hold settings of Signoff that can be used", name=path.name),
        advice=said("Choose a file that was written by Tools, Settings, Export. Nothing was changed."),
        details=details,
    )


def _fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return type(error).__name__


def plan_import(here: Bundle, coming: Bundle) -> ImportPlan:
    """Connections are added to those that are here, or take the place of the same one; nothing is removed. Where the
    connections lead is told first. Raises SettingsProblem for one that leads nowhere that could be told."""
    changes: list[str] = []
    connections = list(here.connections)
    for connection in coming.connections:
        _must_be_an_address(connection)
        changes += _put(connections, connection)
    changes += preference_changes(here.preferences, coming.preferences)
    views = here.views
    for view in coming.views.named:
        before = views.view(view.name)
        if before != view:
            name = readable(view.name)
            changes.append(
                said("The saved view {name} is replaced.", name=name)
                if before
                else said("The saved view {name} is added.", name=name)
            )
            changes += content_changes(said("The saved view {name}", name=name), _material(before), _material(view))
            views = views.with_view(view)
    others = {
        name: _merged(here.others.get(name), value, _OTHERS[name].depth)
        for name, value in coming.others.items()
        if name in _OTHERS
    }
    for name, value in others.items():
        changes += content_changes(_OTHERS[name].what, here.others.get(name), value)
    result = Bundle(1, coming.preferences, tuple(connections), views, {**here.others, **others})
    return ImportPlan(result, tuple(changes))


def _must_be_an_address(connection: Connection) -> None:
    """Raises SettingsProblem: no sentence could say where it leads."""
    if not is_address(connection.base_url):
        raise SettingsProblem(
            said(
                "The connection {name} leads to '{address}', which is not the address of a server",
                name=readable(connection.name),
                address=readable(connection.base_url),
            ),
            advice=said("Ask whoever made the file. Nothing was changed."),
        )


def _material(view: View | None) -> dict[str, Any] | None:
    return None if view is None else {name: each for name, each in asdict(view).items() if name != "name"}


def _merged(here: Any, coming: Any, depth: int) -> Any:
    """What comes in the place of the same; what the file does not name stays."""
    if depth == 0 or not isinstance(here, dict) or not isinstance(coming, dict):
        return coming
    return {**here, **{key: _merged(here.get(key), value, depth - 1) for key, value in coming.items()}}


def _put(connections: list[Connection], coming: Connection) -> Iterator[str]:
    """Changes the list and says how. Whom the credential spoke for is remembered by this machine, of what it was
    answered itself: no file can say it."""
    place = next((place for place, each in enumerate(connections) if each.id == coming.id), None)
    before = None if place is None else connections[place]
    is_same_place = before is not None and server_of(before.base_url) == server_of(coming.base_url)
    others = [each for each in connections if each.id != coming.id]
    subject = before.subject if before and is_same_place else None
    fitting = replace(coming, name=_free_name(others, coming.name), subject=subject)
    if fitting == before:
        return
    if place is None:
        connections.append(fitting)
    else:
        connections[place] = fitting
    yield from connection_changes(before, fitting)
    if fitting.name != coming.name:
        yield said(
            "The connection {name} is called {new_name}, since the name is taken.",
            name=readable(coming.name),
            new_name=readable(fitting.name),
        )


def _free_name(others: list[Connection], name: str) -> str:
    free, number = name, 2
    while named(others, free):
        free, number = f"{name} ({number})", number + 1
    return free


def write_settings(folder: Path, bundle: Bundle) -> None:
    """All but the preferences, which are told to who listens. Raises SettingsProblem."""
    file = ConnectionsFile(folder)
    for connection in bundle.connections:
        file.put(connection)
    ViewsFile(folder).write(bundle.views)
    for name, value in bundle.others.items():
        JsonFile(folder / name, _AS_IT_LIES_THERE).write(value)
