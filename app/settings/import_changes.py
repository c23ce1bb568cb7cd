"""What an import of settings would change, field by field, before and after, as sentences. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from app.messages import Said, joined, said, said_as
from app.models.address import host_shown
from app.settings.connections import Connection
from app.settings.preferences import Preferences
from app.texts.phrases import shortened

_LONGEST_VALUE = 200
_NOT_SET: Final = said("not set")

_PREFERENCES: Final = {
    "colours": said("Colours"),
    "language": said("Language"),
    "text_percent": said("Size of text in percent"),
    "density": said("Air around rows"),
    "reduce_motion": said("Nothing moves by itself"),
    "watch_minutes": said("Minutes between two looks at the jobs"),
    "deadline_warnings_minutes": said("Minutes of warning before a job expires"),
    "notify_failures": said("Notification of new failures"),
    "notify_deadlines": said("Notification of deadlines"),
    "notify_ready": said("Notification of jobs that are ready"),
    "notify_ended": said("Notification of jobs that somebody else ended"),
    "use_tray": said("Icon in the tray"),
    "close_to_tray": said("Closing the window leaves Signoff in the tray"),
    "look_for_updates": said("Looking for a new version once a day"),
    "settle_seconds": said("Seconds after a send before an unchanged job proves that nothing arrived"),
    "proxy": said("Proxy"),
    "certificate_file": said("Certificate file"),
}
_CONNECTION: Final = {
    "name": said("name"),
    "base_url": said("address"),
    "sign_in": said("sign in with"),
    "company_id": said("company id"),
    "oauth_client_id": said("client id of the sign-in"),
    "oauth_redirect_uri": said("redirect address of the sign-in"),
    "specification_file": said("integration specification"),
    "failure_type": said("failure type that is proposed"),
    "colour": said("colour mark"),
    "four_eyes": said("four eyes"),
    "readers_language": said("language of reasons"),
}
# By field and stored value; whatever else is stored is shown as it is.
_VALUES: Final[Mapping[tuple[str, str], Said]] = {
    ("colours", "system"): said_as("colours of the window", "system"),
    ("colours", "light"): said_as("colours of the window", "light"),
    ("colours", "dark"): said_as("colours of the window", "dark"),
    ("colours", "contrast"): said("high contrast"),
    ("density", "usual"): said_as("air around rows", "usual"),
    ("density", "compact"): said_as("air around rows", "little"),
    ("density", "roomy"): said_as("air around rows", "much"),
    ("proxy", "system"): said_as("proxy", "system"),
    ("proxy", "none"): said_as("proxy", "none"),
    ("sign_in", "api_key"): said("api key"),
    ("sign_in", "access_token"): said("access token"),
    ("colour", "none"): said_as("colour mark", "none"),
    ("colour", "blue"): said_as("colour mark", "blue"),
    ("colour", "teal"): said_as("colour mark", "teal"),
    ("colour", "green"): said_as("colour mark", "green"),
    ("colour", "amber"): said_as("colour mark", "amber"),
    ("colour", "red"): said_as("colour mark", "red"),
    ("colour", "violet"): said_as("colour mark", "violet"),
}


def preference_changes(here: Preferences, coming: Preferences) -> Iterator[str]:
    for each in fields(Preferences):
        before, after = getattr(here, each.name), getattr(coming, each.name)
        if before != after:
            yield said(
                "{setting}: {value} (until now: {before}).",
                setting=_PREFERENCES[each.name],
                value=_field(each.name, after),
                before=_field(each.name, before),
            )


def connection_changes(before: Connection | None, after: Connection) -> Iterator[str]:
    """Each field of one that is added, and each that becomes another of one that is here. The address comes with the
    host as the network knows it where a letter of it may be taken for another."""
    if before is None:
        yield said("The connection {name} is added. Its key has to be entered.", name=readable(after.name))
    name = readable(before.name if before else after.name)
    for field, setting in _CONNECTION.items():
        was, now = getattr(before, field) if before else None, getattr(after, field)
        if was == now or (before is None and (now is None or field == "name")):
            continue
        value, until_now = _field(field, now), _field(field, was)
        yield (
            said(
                "The connection {name}, {setting}: {value} (until now: {before}).",
                name=name,
                setting=setting,
                value=value,
                before=until_now,
            )
            if before
            else said("The connection {name}, {setting}: {value}.", name=name, setting=setting, value=value)
        )
    if before and before.credential_name != after.credential_name:
        yield said(
            "The connection {name}, key: has to be entered anew (until now: the one of {address}, {sign_in}).",
            name=name,
            address=_field("base_url", before.base_url),
            sign_in=_field("sign_in", before.sign_in),
        )


def _field(name: str, value: object) -> str:
    known = _VALUES.get((name, value)) if isinstance(value, str) else None
    if known:
        return known
    if name == "base_url" and not str(value).isascii():
        return said("{address}, which is {host}", address=readable(value), host=host_shown(str(value)))
    return readable(value)


def content_changes(what: Said, before: Any, after: Any) -> Iterator[str]:
    """The same for JSON of any shape: each value that is new, another or gone, by where it stands."""
    for place, was, now in _differences((), before, after):
        where, value = joined(", ", (what, *map(readable, place))), readable(now)
        if was is not None:
            yield said("{setting}: {value} (until now: {before}).", setting=where, value=value, before=readable(was))
        elif value != _NOT_SET:
            yield joined("", (where, ": ", value, "."))


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


def readable(value: object) -> str:
    """On one line and of a length that can be read, without letters that nobody sees or that turn others round."""
    if value is None or value in ("", (), []):
        return _NOT_SET
    if isinstance(value, bool):
        return said_as("setting", "on") if value else said_as("setting", "off")
    if isinstance(value, list | tuple):
        whole = joined(", ", map(readable, value))
        return whole if len(whole) <= _LONGEST_VALUE else shortened(whole, _LONGEST_VALUE)
    seen = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return shortened(seen, _LONGEST_VALUE) or _NOT_SET
