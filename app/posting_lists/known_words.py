"""The words of accounting systems, which are data: see resources/posting_list_words.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from app.platform.resources import RESOURCES


class ColumnRole(StrEnum):
    """What a column says. `DATE` is the receipt's date, `POSTING_DATE` that of the entry in the books."""

    RECONCILIATION_ID = "reconciliation_id"
    ENTRY_ID = "entry_id"
    REFERENCE = "reference"
    TEXT = "text"
    STATUS = "status"
    VOUCHER = "voucher"
    LINK = "link"
    MESSAGE = "message"
    FAILURE_TYPE = "failure_type"
    DATE = "date"
    POSTING_DATE = "posting_date"
    AMOUNT = "amount"
    CREDIT = "credit"
    CURRENCY = "currency"


class StatusMeaning(StrEnum):
    """What a status word says of an item. `OPEN` leaves it as it is."""

    SUCCESSFUL = "successful"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Heading:
    """A known name of a column. `rank` counts from the best known name of its language."""

    role: ColumnRole
    rank: int
    language: str


@dataclass(frozen=True, slots=True)
class Words:
    """Headings and totals by their squeezed form, statuses by their keys, months by their names and short names.

    `asked` are statuses whose meaning differs from one accounting system to the next.
    """

    headings: Mapping[str, tuple[Heading, ...]]
    statuses: Mapping[str, StatusMeaning]
    asked: frozenset[str]
    totals: frozenset[str]
    months: Mapping[str, int]


_ASKED = "asked"
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]")
_NO_LETTER = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """Of a heading or a total: without case, spaces, signs and what stands in parentheses."""
    return _NO_LETTER.sub("", _ASIDE.sub("", text).casefold())


def status_key(text: str) -> str:
    """By what a status word is known: without case, spaces and signs.

    What stands in parentheses counts, as in "Posted (reversed)", and so does a question mark: "Posted?" is no word that
    anybody knows. A mark such as ✓ is no empty cell, and stays itself.
    """
    folded = text.strip().casefold()
    key = _NO_LETTER.sub("", folded)
    return f"{key}?" if key and folded.endswith("?") else key or folded


@cache
def known_words() -> Words:
    content = tomllib.loads((RESOURCES / "posting_list_words.toml").read_text(encoding="utf-8"))
    statuses = {
        status_key(word): StatusMeaning(meaning)
        for meaning, languages in content["statuses"].items()
        if meaning != _ASKED
        for word in _all(languages)
    }
    asked = frozenset(status_key(word) for word in _all(content["statuses"][_ASKED]))
    months = {name: int(number) for number, names in content["months"].items() for name in names}
    totals = frozenset(squeezed(word) for word in _all(content["totals"]))
    return Words(_headings(content["headings"]), statuses, asked, totals, months)


def _headings(content: Mapping[str, Any]) -> dict[str, tuple[Heading, ...]]:
    found: dict[str, tuple[Heading, ...]] = {}
    for role, languages in content.items():
        for language, names in languages.items():
            for rank, name in enumerate(names):
                key = squeezed(name)
                found[key] = (*found.get(key, ()), Heading(ColumnRole(role), rank, language))
    return found


def _all(languages: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return (word for words in languages.values() for word in words)
