"""Looks for a newer version where the build names an address, the user said yes, and no administrator said no."""

import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from app.composition.pleo_access import network_of
from app.errors import SettingsProblem, SignoffError
from app.platform.clock import Clock
from app.platform.policy import forbids_update_check, policy_file
from app.platform.resources import RESOURCES
from app.pleo.announcement_feed import fetch_announcement
from app.settings.preferences import PreferencesBook
from app.settings.update_memory import UpdateMemoryFile
from app.updates.announcement import LONGEST_ANNOUNCEMENT_BYTES, Announcement, is_newer, read_announcement
from app.updates.schedule import LookingState, may_look, wants_to_ask_user

_log = logging.getLogger("signoff.updates")
BUILD_SETTINGS = RESOURCES / "update_check.toml"


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Where this build looks, whose signature it believes (base64), and the page that it leads to."""

    address: str
    public_key: str
    page: str


def build_settings(file: Path = BUILD_SETTINGS) -> BuildSettings | None:
    """None where the build has none, as in the packages that somebody else updates."""
    try:
        return BuildSettings(**tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


class UpdateCheck:
    """One for each start of the window. `page` is the only link that is ever shown."""

    def __init__(
        self,
        folder: Path,
        preferences: PreferencesBook,
        clock: Clock,
        settings: BuildSettings | None,
        *,
        policy: Path | None = None,
        own_version: str | None = None,
    ) -> None:
        self._file = UpdateMemoryFile(folder)
        self._preferences = preferences
        self._clock = clock
        self._settings = settings
        self._policy = policy or policy_file()
        self._own_version = own_version or version("signoff")

    @property
    def page(self) -> str:
        return self._settings.page if self._settings else ""

    def count_start(self) -> None:
        """Raises SettingsProblem where it cannot be remembered."""
        if self._settings:
            self._file.change(lambda memory: replace(memory, starts=memory.starts + 1))

    def state(self) -> LookingState:
        memory = self._file.read()
        return LookingState(
            is_there=self._settings is not None,
            is_forbidden=forbids_update_check(self._policy),
            answer=self._preferences.now.look_for_updates,
            starts=memory.starts,
            looked_at=memory.looked_at,
        )

    def wants_to_ask_user(self) -> bool:
        return wants_to_ask_user(self.state())

    async def look(self, is_sending: Callable[[], bool]) -> Announcement | None:
        """What is newer than this program; None for anything else, and where nothing may be asked now."""
        if not self._settings or not may_look(self.state(), self._clock.now(), is_sending=is_sending()):
            return None
        try:
            # Before the answer: one that never comes is not asked for again today either.
            self._file.change(lambda memory: replace(memory, looked_at=self._clock.now()))
            content = await fetch_announcement(
                self._settings.address, network_of(self._preferences.now), LONGEST_ANNOUNCEMENT_BYTES
            )
            if content is None:
                return None
            found = read_announcement(content, self._settings.public_key)
        except SettingsProblem:
            return None
        except SignoffError as problem:
            _log.warning("%s", problem.title)
            return None
        return found if is_newer(found.version, self._own_version) else None
