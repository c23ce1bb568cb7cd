"""What the user was told already, so that it is not told again after the next start."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter

from app.errors import SettingsProblem
from app.settings.json_file import JsonFile, form_of

# Long enough for every job that can still run, with the failures of the largest.
_MOST = 20_000
_FORM = form_of(TypeAdapter(list[str]), list[str])


class NotifiedFile:
    """`told.json` in the data folder: digests of facts, the oldest first. A convenience: a file that cannot be read
    begins anew, and one that cannot be written lasts until the program ends."""

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "told.json", _FORM)
        # A dictionary keeps the order in which they came.
        self._told: dict[str, None] | None = None

    def __contains__(self, fact: object) -> bool:
        return isinstance(fact, str) and _digest(fact) in self._known()

    def add(self, facts: Iterable[str]) -> None:
        known = self._known()
        fresh = [digest for digest in map(_digest, facts) if digest not in known]
        if not fresh:
            return
        self._told = dict.fromkeys([*known, *fresh][-_MOST:])
        with suppress(SettingsProblem):
            stored = self._file.change(lambda told: list(dict.fromkeys([*told, *fresh]))[-_MOST:])
            self._told = dict.fromkeys(stored)

    def _known(self) -> dict[str, None]:
        if self._told is None:
            try:
                self._told = dict.fromkeys(self._file.read())
            except (OSError, ValueError):
                self._told = {}
        return self._told


def _digest(fact: str) -> str:
    """Ids of jobs and items say nothing here, and are long."""
    return hashlib.sha256(fact.encode("utf-8", "replace")).hexdigest()[:16]
