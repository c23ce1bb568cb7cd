"""The languages that the program speaks, and which of them a user means. What English does not need is imported late:
this is asked before the first frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from app.messages import ENGLISH as AS_WRITTEN
from app.messages import Language
from app.platform.resources import RESOURCES

FOLDER: Final = RESOURCES / "languages"
AS_THE_SYSTEM: Final = ""
ENGLISH: Final = "en"
# What gettext's own tools read, the first that is set.
_NAMED_BY: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
# Norwegian is written in two ways; systems name either, or neither.
_ALSO: Final = {"no": "nb", "nn": "nb", "c": ENGLISH, "posix": ENGLISH}


@dataclass(frozen=True, slots=True)
class KnownLanguage:
    """`code` as in ISO 639-1, `name` in the language itself; `reviewed_by` is "" where no accountant has read it."""

    code: str
    name: str
    group: str
    reviewed_by: str


class Translated:
    """Says messages by a catalogue of gettext. One that is missing there stays English."""

    def __init__(self, catalogue: Path, group: str) -> None:
        import gettext

        with catalogue.open("rb") as file:
            self._found = gettext.GNUTranslations(file)
        self._group = group
        self.code = catalogue.stem

    def message(self, message: str, context: str = "") -> str:
        if not message:
            return ""  # gettext keeps its own notes under the empty message
        return self._found.pgettext(context, message) if context else self._found.gettext(message)

    def messages(self, one: str, many: str, count: int) -> str:
        return self._found.ngettext(one, many, count)

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", self._group)


@cache
def known_languages() -> Mapping[str, KnownLanguage]:
    """By their codes, English first."""
    import tomllib

    with (FOLDER / "languages.toml").open("rb") as file:
        return {code: KnownLanguage(code, **facts) for code, facts in tomllib.load(file).items()}


@cache
def language_of(code: str) -> Language:
    """English for what is not known, and where a catalogue is missing."""
    if code == ENGLISH:
        return AS_WRITTEN
    known = known_languages().get(code)
    catalogue = FOLDER / f"{code}.mo"
    return Translated(catalogue, known.group) if known and catalogue.exists() else AS_WRITTEN


def language_meant(names: Iterable[str]) -> str:
    """The code of the first that is known of names such as `de_AT.UTF-8`, `sv-SE` or `nn`; else English."""
    for name in names:
        code = name.partition(".")[0].replace("-", "_").partition("_")[0].casefold()
        code = _ALSO.get(code, code)
        if code == ENGLISH or code in known_languages():
            return code
    return ENGLISH


def language_of_the_environment(environment: Mapping[str, str]) -> str:
    """As a terminal's programs are told. The plain C locale is English, whatever LANGUAGE says."""
    named = next((environment[name] for name in _NAMED_BY[1:] if environment.get(name)), "")
    if named.partition(".")[0] in ("", "C", "POSIX"):
        return ENGLISH
    return language_meant([*filter(None, environment.get("LANGUAGE", "").split(":")), named])
