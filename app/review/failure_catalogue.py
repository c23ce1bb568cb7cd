"""Pleo's failure types in plain words; the words themselves are data."""

import tomllib
from dataclasses import dataclass
from functools import cache

from app.messages import Message, Said
from app.models.vocabulary import FailureType
from app.platform.resources import RESOURCES


@dataclass(frozen=True, slots=True)
class FailureWords:
    """`title` names the failure, `meaning` explains it; `fixed_by` usually can fix it, at the place `where`."""

    title: str
    meaning: str = ""
    fixed_by: str = ""
    where: str = ""


@cache
def _catalogue() -> dict[str, FailureWords]:
    content = tomllib.loads((RESOURCES / "failure_types.toml").read_text(encoding="utf-8"))
    return {
        word: FailureWords(**{name: _message(name, text) for name, text in texts.items()})
        for word, texts in content.items()
    }


def _message(name: str, text: str) -> str:
    """`fixed_by` is a key to sentences, and no text that is shown."""
    return text if name == "fixed_by" else Said(Message(text, {}))


def failure_words(kind: FailureType) -> FailureWords:
    """A type that is not listed keeps its own word."""
    return _catalogue().get(kind) or FailureWords(kind.replace("_", " ").capitalize())
