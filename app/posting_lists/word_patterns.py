"""Regular expressions for many words at once, which share their beginnings: ten times as fast as one word beside the
other. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

_END: Final = ""
_BEGINS: Final = r"(?<![^\W_])"
_ENDS: Final = r"(?![^\W_])"
_BETWEEN: Final = r"[\s\-]+"

_Tree = Mapping[str, Any]


def at_a_word(patterns: Iterable[str]) -> str:
    """Any of the patterns, where a word begins."""
    return f"{_BEGINS}(?:{'|'.join(patterns)})"


def whole(words: Iterable[str], endings: str = "") -> str:
    """Any of the words up to its end, with any space or hyphen inside it, and perhaps one of the `endings`."""
    return f"{any_of(words)}{endings}{_ENDS}"


def any_of(words: Iterable[str]) -> str:
    """The longest of the words that stands at a place."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in " ".join(word.split()):
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    return _written(tree) if tree else r"(?!)"


def _written(tree: _Tree) -> str:
    branches = [_letter(letter) + _written(rest) for letter, rest in sorted(tree.items()) if letter is not _END]
    if not branches:
        return ""
    if len(branches) == 1 and _END not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if _END in tree else ''}"


def _letter(letter: str) -> str:
    return _BETWEEN if letter in " -" else re.escape(letter)
