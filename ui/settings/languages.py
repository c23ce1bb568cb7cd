"""Which languages can be chosen, and what is said of a choice. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.messages import joined, said
from app.platform.languages import AS_THE_SYSTEM, KnownLanguage


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """`code` is as in the preferences; `note` stands below it while it is chosen, "" for nothing."""

    code: str
    words: str
    note: str


def language_choices(known: Mapping[str, KnownLanguage], system: str, spoken: str) -> tuple[LanguageChoice, ...]:
    """The system's language first, then each by its own name. `system` and `spoken` are codes of `known`."""
    as_system = said("As the system ({language})", language=known[system].name)
    named = (LanguageChoice(code, each.name, _note(each, spoken)) for code, each in known.items())
    return LanguageChoice(AS_THE_SYSTEM, as_system, _note(known[system], spoken)), *named


def _note(language: KnownLanguage, spoken: str) -> str:
    sentences = []
    if language.code != spoken:
        sentences.append(said("Signoff speaks it from its next start on."))
    if not language.reviewed_by:
        sentences.append(said("Translated by the makers, not yet reviewed by an accountant."))
    return joined(" ", sentences)
