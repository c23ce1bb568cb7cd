"""How Signoff behaves on this machine, whatever it is connected to."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, TypeAdapter, field_validator
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem, UsageProblem, naming_menus
from app.messages import said
from app.platform.languages import AS_THE_SYSTEM, known_languages
from app.settings.json_file import Complaint, JsonFile, as_json, form_of

Colours = Literal["system", "light", "dark", "contrast"]
Density = Literal["usual", "compact", "roomy"]
LEAST_TEXT_PERCENT, LARGEST_TEXT_PERCENT = 100, 200
SYSTEM_PROXY, NO_PROXY = "system", "none"
LONGEST_WATCH_MINUTES = 60
_LONGEST_WARNING_MINUTES = 24 * 60
LONGEST_SETTLE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """`watch_minutes` lie between two looks at the list of jobs; `deadline_warnings_minutes` before a job expires.
    Before `settle_seconds` after a send, a job that is as it was proves nothing.

    `close_to_tray` and `look_for_updates` are None until the user has been asked. `proxy` is "system", "none" or the
    address of one, without a user name or a password. `certificate_file` is a PEM of the company's own authority,
    trusted beside those of the operating system. `language` is a code of `app.platform.languages`, "" as the system's
    user reads; it is spoken from the next start on. `text_percent` of the system's size of text and `density`, the air
    around rows, are those of the next start too. What a newer version added is passed over.
    """

    colours: Colours = "system"
    watch_minutes: Annotated[int, Field(ge=1, le=LONGEST_WATCH_MINUTES)] = 3
    deadline_warnings_minutes: tuple[Annotated[int, Field(ge=1, le=_LONGEST_WARNING_MINUTES)], ...] = (15, 5)
    notify_failures: bool = True
    notify_deadlines: bool = True
    notify_ready: bool = False
    notify_ended: bool = False
    use_tray: bool = False
    close_to_tray: bool | None = None
    settle_seconds: Annotated[int, Field(ge=0, le=LONGEST_SETTLE_SECONDS)] = 120
    proxy: str = SYSTEM_PROXY
    certificate_file: str | None = None
    look_for_updates: bool | None = None
    language: str = AS_THE_SYSTEM
    text_percent: Annotated[int, Field(ge=LEAST_TEXT_PERCENT, le=LARGEST_TEXT_PERCENT)] = 100
    density: Density = "usual"
    reduce_motion: bool = False

    @field_validator("proxy")
    @classmethod
    def _is_a_proxy(cls, proxy: str) -> str:
        try:
            return checked_proxy(proxy)
        except UsageProblem as problem:
            raise ValueError(problem.title) from None

    @field_validator("language")
    @classmethod
    def _is_a_language(cls, language: str) -> str:
        """One that a newer version speaks is no damage: this one speaks as the system does."""
        return language if language in known_languages() else AS_THE_SYSTEM


def checked_language(code: str) -> str:
    """As it is stored. Raises UsageProblem unless it is "" or the code of a language that the program speaks."""
    if code == AS_THE_SYSTEM or code in known_languages():
        return code
    raise UsageProblem(
        said("Signoff does not speak the language '{code}'", code=code[:100]),
        advice=said("It speaks {codes}.", codes=", ".join(known_languages())),
    )


def checked_proxy(text: str) -> str:
    """As it is stored. Raises UsageProblem unless it is "system", "none" or http(s)://host:port without credentials."""
    proxy = text.strip().rstrip("/")
    if proxy in (SYSTEM_PROXY, NO_PROXY):
        return proxy
    if "@" in proxy:
        raise UsageProblem(
            said("The proxy's address must not hold a user name or a password"),
            advice=said("Settings are a plain file. A proxy that asks for a password is set in the operating system."),
        )
    if not _is_address(proxy):
        raise UsageProblem(
            said("'{typed}' is not the address of a proxy", typed=proxy[:100]),
            advice=said("An address looks like http://proxy.example:8080"),
        )
    return proxy


def checked_warnings(text: str) -> tuple[int, ...]:
    """Minutes with commas between, the earliest warning first. Raises UsageProblem."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if not all(part.isdecimal() and 1 <= int(part) <= _LONGEST_WARNING_MINUTES for part in parts):
        raise UsageProblem(
            said("'{typed}' are not minutes before a job expires", typed=text.strip()[:100]),
            advice=said("Whole minutes with commas between, such as 15, 5. An empty field warns of nothing."),
        )
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _is_address(proxy: str) -> bool:
    if any(letter.isspace() or letter in "?#\\" for letter in proxy):
        return False
    try:
        parts = urlsplit(proxy)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not parts.path
    except ValueError:  # no such port, or half an IPv6 address
        return False


_FORM = form_of(TypeAdapter(Preferences), Preferences)
_COMPLAINT = Complaint(
    unreadable=lambda place: said("The settings in {place} cannot be read", place=place),
    advice_on_unreadable=said("Signoff goes on with its usual settings."),
    damaged=lambda place: said("The settings are damaged and were kept aside as {place}", place=place),
    advice_on_damaged=naming_menus(
        said("Signoff goes on with its usual settings. Choose yours again under Tools, Settings.")
    ),
)


def preferences_as_json(preferences: Preferences) -> str:
    return as_json(_FORM.material(preferences))


class PreferencesFile:
    """`preferences.json` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "preferences.json", _FORM)

    def read(self) -> tuple[Preferences, SettingsProblem | None]:
        """The usual ones where nothing is stored. A damaged file is kept aside, and the problem says so."""
        return self._file.read_or_begin(_COMPLAINT)

    def write(self, preferences: Preferences) -> None:
        """Raises SettingsProblem."""
        self._file.write(preferences)

    def change(self, changed: Mapping[str, Any]) -> None:
        """These fields alone: what another process changed of the others stays. Raises SettingsProblem."""
        self._file.change(lambda stored: replace(stored, **changed))


Listener = Callable[[Preferences], None]


class PreferencesBook:
    """The preferences as they are now. Who listens is told of each change, so that it applies at once."""

    def __init__(self, file: PreferencesFile) -> None:
        self._file = file
        self.now, self.problem = file.read()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Answers what ends the listening."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def change(self, **changed: Any) -> None:
        """Raises ValueError for a value that cannot be; SettingsProblem where it cannot be written, in which case it
        still applies until the program ends."""
        self.take(replace(self.now, **changed))

    def take(self, preferences: Preferences) -> None:
        """All at once. Raises as `change` does."""
        names = [each.name for each in fields(Preferences)]
        changed = {name: getattr(preferences, name) for name in names}
        changed = {name: value for name, value in changed.items() if value != getattr(self.now, name)}
        if not changed:
            return
        self.now = preferences
        for listener in tuple(self._listeners):
            listener(preferences)
        self._file.change(changed)
