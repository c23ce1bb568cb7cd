"""All settings as one file without secrets: to keep, or to take to another machine."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem
from app.settings.connections import Connection, ConnectionsFile, named
from app.settings.json_file import Form, JsonFile, form_of
from app.settings.preferences import Preferences
from app.settings.views import Views, ViewsFile

_LARGEST_BYTES = 20_000_000
# Settings that are exchanged as they lie there, because this room does not know what is in them.
_OTHERS = {"posting_lists.json": "the mappings of posting lists", "wordings.json": "the wordings of failures"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """`others` are further settings files by name."""

    signoff_settings: Literal[1] = 1
    preferences: Preferences = field(default_factory=Preferences)
    connections: tuple[Connection, ...] = ()
    views: Views = field(default_factory=Views)
    others: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`changes` says in sentences what would become of what is here; `result` is all of it afterwards."""

    result: Bundle
    changes: tuple[str, ...]


_BUNDLE = TypeAdapter(Bundle)
_FORM = form_of(_BUNDLE, Bundle)
_AS_IT_LIES_THERE: Form[Any] = Form(json.loads, lambda content: content, lambda: None)


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
            raise SettingsProblem(f"{folder / name} cannot be read", details=type(error).__name__) from None
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
        raise SettingsProblem(f"{path.name} cannot be read: {error.strerror}") from None
    try:
        if len(content) > _LARGEST_BYTES or "signoff_settings" not in json.loads(content):
            raise _not_ours(path, "")
        return _BUNDLE.validate_json(content)
    except (ValueError, TypeError, RecursionError) as error:
        raise _not_ours(path, _fault(error)) from None


def _not_ours(path: Path, details: str) -> SettingsProblem:
    return SettingsProblem(
        f"{path.name} does not hold settings of Signoff that can be used",
        advice="Choose a file that was written by Tools, Settings, Export. Nothing was changed.",
        details=details,
    )


def _fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return type(error).__name__


def plan_import(here: Bundle, coming: Bundle) -> ImportPlan:
    """Connections are added to those that are here, or take the place of the same one; nothing is removed."""
    changes: list[str] = [*_preference_changes(here.preferences, coming.preferences)]
    connections = list(here.connections)
    for connection in coming.connections:
        changes += _put(connections, connection)
    views = here.views
    for view in coming.views.named:
        before = views.view(view.name)
        if before != view:
            changes.append(f"The saved view {view.name} is {'replaced' if before else 'added'}.")
            views = views.with_view(view)
    others = {name: value for name, value in coming.others.items() if name in _OTHERS}
    for name, value in others.items():
        if here.others.get(name) != value:
            kept = "replaced" if name in here.others else "added"
            changes.append(f"{_OTHERS[name].capitalize()} are {kept}.")
    result = Bundle(1, coming.preferences, tuple(connections), views, {**here.others, **others})
    return ImportPlan(result, tuple(changes))


def _put(connections: list[Connection], coming: Connection) -> Iterator[str]:
    """Changes the list and says how."""
    places = [place for place, each in enumerate(connections) if each.id == coming.id]
    others = [each for each in connections if each.id != coming.id]
    fitting = replace(coming, name=_free_name(others, coming.name))
    renamed = "" if fitting.name == coming.name else f" It is called {fitting.name}, since the name is taken."
    if not places:
        connections.append(fitting)
        yield f"The connection {coming.name} is added.{renamed} Its key has to be entered."
    elif connections[places[0]] != fitting:
        before = connections[places[0]]
        lost = "" if before.credential_name == fitting.credential_name else " Its key has to be entered anew."
        eyes = "" if before.four_eyes == fitting.four_eyes else f" Four eyes: {_said(fitting.four_eyes)}."
        connections[places[0]] = fitting
        yield f"The connection {before.name} is changed.{renamed}{eyes}{lost}"


def _free_name(others: list[Connection], name: str) -> str:
    free, number = name, 2
    while named(others, free):
        free, number = f"{name} ({number})", number + 1
    return free


def _preference_changes(here: Preferences, coming: Preferences) -> Iterator[str]:
    for each in fields(Preferences):
        before, after = getattr(here, each.name), getattr(coming, each.name)
        if before != after:
            yield f"{_WORDS[each.name]}: {_said(after)} (until now: {_said(before)})."


_WORDS = {
    "colours": "Colours",
    "language": "Language",
    "watch_minutes": "Minutes between two looks at the jobs",
    "deadline_warnings_minutes": "Minutes of warning before a job expires",
    "notify_failures": "Notification of new failures",
    "notify_deadlines": "Notification of deadlines",
    "notify_ready": "Notification of jobs that are ready",
    "notify_ended": "Notification of jobs that somebody else ended",
    "use_tray": "Icon in the tray",
    "close_to_tray": "Closing the window leaves Signoff in the tray",
    "look_for_updates": "Looking for a new version once a day",
    "settle_seconds": "Seconds after a send before an unchanged job proves that nothing arrived",
    "proxy": "Proxy",
    "certificate_file": "Certificate file",
}


def _said(value: object) -> str:
    if value is None or value == "":
        return "not set"
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def write_settings(folder: Path, bundle: Bundle) -> None:
    """All but the preferences, which are told to who listens. Raises SettingsProblem."""
    file = ConnectionsFile(folder)
    for connection in bundle.connections:
        file.put(connection)
    ViewsFile(folder).write(bundle.views)
    for name, value in bundle.others.items():
        JsonFile(folder / name, _AS_IT_LIES_THERE).write(value)
