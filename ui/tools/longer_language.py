"""A language that nobody speaks: every message about 40 % longer, in brackets."""

import re
from string import Formatter
from typing import Final

_LONGER: Final = 0.4
_WORD = re.compile(r"[^\W\d_]{2,}")
# What a file dialog or a reader takes by its letters.
_KEPT = re.compile(r"\*\.\w+|\S+:(?:read|write)\b|https?://\S*")


class LongerLanguage:
    """Each word grows, so that sentences wrap as they do in German. What is cut off has lost its closing bracket; what
    stands without brackets was not made to be said in another language."""

    code = "zz"

    def message(self, message: str, _context: str = "") -> str:
        if not message:
            return ""
        parts = []
        for text, name, spec, _ in Formatter().parse(message):
            parts.append(_longer(text))
            if name is not None:
                parts.append(f"{{{name}:{spec}}}" if spec else f"{{{name}}}")
        return f"⟦{''.join(parts)}⟧"

    def messages(self, one: str, many: str, count: int) -> str:
        return self.message(one if count == 1 else many)

    def number(self, number: int) -> str:
        return f"{number:,}"


def _longer(text: str) -> str:
    kept = [match.span() for match in _KEPT.finditer(text)]
    return _WORD.sub(
        lambda word: word[0] if any(start <= word.start() < end for start, end in kept) else _longer_word(word[0]), text
    )


def _longer_word(word: str) -> str:
    """With more syllables before its last letter."""
    more = round(len(word) * _LONGER)
    return word[:-1] + ("en" * more)[:more] + word[-1]
