"""What an import of settings would change, field by field, before and after, as sentences. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from app.models.address import host_shown
from app.settings.connections import Connection
from app.settings.preferences import Preferences
from app.text import shortened

_LONGEST_VALUE = 200
_NOT_SET = "not set"

_PREFERENCES = {
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
_CONNECTION = {
    "name": "name",
    "base_url": "address",
    "sign_in": "sign in with",
    "company_id": "company id",
    "oauth_client_id": "client id of the sign-in",
    "oauth_redirect_uri": "redirect address of the sign-in",
    "specification_file": "integration specification",
    "failure_type": "failure type that is proposed",
    "colour": "colour mark",
    "four_eyes": "four eyes",
}


def preference_changes(here: Preferences, coming: Preferences) -> Iterator[str]:
    for each in fields(Preferences):
        before, after = getattr(here, each.name), getattr(coming, each.name)
        if before != after:
            yield f"{_PREFERENCES[each.name]}: {said(after)} (until now: {said(before)})."


def connection_changes(before: Connection | None, after: Connection) -> Iterator[str]:
    """Each field of one that is added, and each that becomes another of one that is here. The address comes with the
    host as the network knows it where a letter of it may be taken for another."""
    if before is None:
        yield f"The connection {said(after.name)} is added. Its key has to be entered."
    whose = f"The connection {said(before.name if before else after.name)}"
    for name, words in _CONNECTION.items():
        was, now = getattr(before, name) if before else None, getattr(after, name)
        if was == now or (before is None and (now is None or name == "name")):
            continue
        until_now = f" (until now: {_field(name, was)})" if before else ""
        yield f"{whose}, {words}: {_field(name, now)}{until_now}."
    if before and before.credential_name != after.credential_name:
        kept = f"the one of {_field('base_url', before.base_url)}, {_field('sign_in', before.sign_in)}"
        yield f"{whose}, key: has to be entered anew (until now: {kept})."


def _field(name: str, value: object) -> str:
    if name == "sign_in":
        return said(str(value).replace("_", " "))
    if name == "base_url" and not str(value).isascii():
        return f"{said(value)}, which is {host_shown(str(value))}"
    return said(value)


def content_changes(what: str, before: Any, after: Any) -> Iterator[str]:
    """The same for JSON of any shape: each value that is new, another or gone, by where it stands."""
    for place, was, now in _differences((), before, after):
        where = ", ".join((what, *map(said, place)))
        if was is None and said(now) == _NOT_SET:
            continue
        until_now = "" if was is None else f" (until now: {said(was)})"
        yield f"{where}: {said(now)}{until_now}."


def _differences(place: tuple[str, ...], before: Any, after: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if before == after:
        return
    sides = [side for side in (before, after) if side is not None]
    if not all(isinstance(side, Mapping) for side in sides):
        yield place, before, after
        return
    was, now = before or {}, after or {}
    for key in dict.fromkeys((*was, *now)):
        yield from _differences((*place, str(key)), was.get(key), now.get(key))


def said(value: object) -> str:
    """On one line and of a length that can be read, without letters that nobody sees or that turn others round."""
    if value is None or value in ("", (), []):
        return _NOT_SET
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list | tuple):
        return shortened(", ".join(map(said, value)), _LONGEST_VALUE)
    seen = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return shortened(seen, _LONGEST_VALUE) or _NOT_SET
