"""A failure reason without what differs from item to item. Linear in the length of the reason, which is bounded."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

GAP = "…"
# What a machine writes beyond this is no reason to tell two causes apart.
_READ = 2_000
_SHORTEST_NAME = 3

# In turn: what stands in quotes, addresses, numbers in groups, then every word with a digit or an @ in it. A word ends
# at a space or at a sign that joins a label with its value, as in `id=17`; the colon of a time of day stays inside.
# Python before 3.11.5 loses letters to a possessive group that has a choice inside.
_VARIABLES = re.compile(
    r"""
    "[^"]{1,80}" | „[^“”"]{1,80}[“”"] | “[^”]{1,80}” | »[^«»]{1,80}« | «[^«»]{1,80}» | ”[^”]{1,80}”
  | ‚[^‘’]{1,80}[‘’] | ‘[^’]{1,80}’ | (?<![^\W_])'[^']{1,80}'(?![^\W_])
  | (?<![\w.+-])[a-zA-Z][\w.+-]{1,15}+://[^\s<>"']++
  | (?<![^\s:=;()\[\]{}<>|"])[-−+]?\d{1,3}(?:\ \d{3})++(?:[.,]\d++)?(?![^\s:=;()\[\]{}<>|".,!?])
  | (?<![^\s:=;()\[\]{}<>|"])[^\s:=;()\[\]{}<>|"\d@]*+[\d@][^\s:=;()\[\]{}<>|"]*+
    (?:(?<=\d):(?=\d)[^\s:=;()\[\]{}<>|"]*+)*
    """,
    re.VERBOSE,
)
# Signs that belong to the sentence rather than to the word.
_EDGES = " '\"„“”‘’‚»«.,!?…"
# The months in English, German, Swedish and Danish: a date may have its month in letters.
_MONTH = (
    r"(?:jan(?:uar[iy]?|\.)?|feb(?:ruar[iy]?|\.)?|mar(?:ch|s|ts|\.)?|märz|apr(?:il|\.)?|ma[ijy]|jun[ei]?\.?|jul[iy]?\.?"
    r"|aug(?:ust[i]?|\.)?|sep(?:t(?:ember|\.)?|\.)?|o[ck]t(?:ober|\.)?|nov(?:ember|\.)?|de[cz](?:ember|\.)?)"
)
_DATE_IN_LETTERS = re.compile(rf"{GAP}\.?,? {_MONTH}\b(?:,? {GAP})?|\b{_MONTH},? {GAP}")
_SEVERAL = re.compile(rf"{GAP}(?:[\s.,:/–-]{{0,3}}{GAP})+")


def template_of(reason: str, names: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
    """The reason with gaps, folded for comparing, and what the gaps were filled with.

    `names` are those of the supplier, person and so on that the item itself is about, in any case.
    """
    text = _plain(reason)
    folded = text.casefold()
    sought = {sought: name for name in names if (sought := _sought(name)) in folded and len(sought) >= _SHORTEST_NAME}
    named: list[str] = []
    for name in sorted(sought, key=len, reverse=True):
        text, was_found = _without(text, folded, name)
        if was_found:
            folded = text.casefold()
            named.append(sought[name])
    template, filled = _with_gaps(text)
    return template, (*named, *filled)


@lru_cache(maxsize=8_192)
def _sought(name: str) -> str:
    return _plain(name).casefold()


def _plain(text: str) -> str:
    """One form for one text: composed letters, single spaces."""
    plain = " ".join(text[:_READ].split())
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


def _without(text: str, folded: str, sought: str) -> tuple[str, bool]:
    """The text with gaps for a name that stands by itself, so that Ann is not found in annat."""
    if len(text) != len(folded):
        text = folded  # ß became ss: places would not agree
    parts: list[str] = []
    end, start = 0, folded.find(sought)
    while start >= 0:
        after = start + len(sought)
        if not (folded[start - 1 : start].isalnum() or folded[after : after + 1].isalnum()):
            parts += [text[end:start], GAP]
            end = after
        start = folded.find(sought, after)
    return "".join(parts) + text[end:], bool(parts)


@lru_cache(maxsize=2_048)
def _with_gaps(text: str) -> tuple[str, tuple[str, ...]]:
    filled: list[str] = []

    def gap(match: re.Match[str]) -> str:
        found = match.group()
        core = found.strip(_EDGES)
        # Quotes around nothing, or around a name that is a gap already, are a gap that nothing more is told of.
        if core:
            filled.append(core)
        # A full stop after the word is kept; quotes go with what they hold.
        return GAP + found[len(found.rstrip(".,!?")) :]

    template = _VARIABLES.sub(gap, text).casefold()
    template = _DATE_IN_LETTERS.sub(GAP, _SEVERAL.sub(GAP, template))
    return _SEVERAL.sub(GAP, template), tuple(filled)
