"""What a name looks like, whichever letters it is written in. Pure.

By Unicode's list of confusable characters (UTS 39), which no part of Python brings: `resources/look_alikes.txt` is made
of it. Its skeletons tell A from a; names are compared without case, so a few letters are added to it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from app.platform.resources import RESOURCES

_FILE: Final = RESOURCES / "look_alikes.txt"
# What the list does not hold alike, and who reads a name does.
_DRAWN_NEARLY_AS: Final = {
    "CYRILLIC SMALL LETTER": "KA k, PE n",
    "GREEK SMALL LETTER": "ETA n, KAPPA k, CHI x",
    "ARMENIAN CAPITAL LETTER": "LIWN L",
    "ARMENIAN SMALL LETTER": "YI j, FEH f",
    "LATIN SMALL LETTER": "OPEN E e, DOTLESS J j, UPSILON u",
}
_WITH_A_SMALL_CAPITAL: Final = "ABCDEFGHIJKLMNOPRTUVWYZ"
# Of letters of one alphabet and digits: I, l and 1; O and 0; m and r before n. After capitals were made small.
_ALIKE_IN_LATIN: Final = (("1", "l"), ("i", "l"), ("0", "o"), ("rn", "m"), ("vv", "w"))
# Letters and marks that nobody sees, or hardly: fillers, joiners, selectors of a glyph, the iota under Greek vowels.
_UNSEEN: Final = re.compile(
    "[\u034f\u0345\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKED: Final = re.compile(f"([^{_MARKS}])([{_MARKS}]+)")
_ONLY_MARKS: Final = re.compile(f"[{_MARKS}]")
# Through a letter, which makes another one of it: an ø of an o. They are one here, however long or slanted.
_STROKES: Final = "\u0335\u0336\u0337\u0338"
_MOST_WORDS: Final = 8
# Scripts that are written together in one name.
_TOGETHER: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})


def seen(text: str) -> str:
    """Decomposed, and without what nobody sees; with signs and spaces."""
    visible = _UNSEEN.sub("", unicodedata.normalize("NFKD", text))
    return "".join(each for each in visible if unicodedata.category(each) not in ("Cc", "Cf"))


def look_alike(one: str, other: str) -> bool:
    """Whether who reads the two names takes them for one person's: for the letters they are written in, or because only
    the order of the words is another, as in "Holm, Anna"."""
    first, second = _words(one), _words(other)
    if sorted(first) == sorted(second):
        return True
    whole, other_whole = "".join(first), "".join(second)
    is_read_alike = _as_one_letter(whole) == _as_one_letter(other_whole)
    return is_read_alike or _made_of(whole, second) or _made_of(other_whole, first)


def alphabets(name: str) -> frozenset[str]:
    """The scripts of its letters, by their names in Unicode; those that are written together are one, and Latin letters
    beside them are theirs."""
    found = {
        unicodedata.name(each, "?").partition(" ")[0]
        for each in seen(name)
        if unicodedata.category(each) in ("Lu", "Ll", "Lt", "Lo")
    }
    return frozenset({"EAST ASIAN"} if found & _TOGETHER and found <= _TOGETHER | {"LATIN"} else found)


def _words(name: str) -> list[str]:
    drawn = _skeleton(name)
    letters = (each if unicodedata.category(each)[0] in "LMN" else " " for each in drawn)
    return "".join(letters).split()


def _skeleton(name: str) -> str:
    """Two names with the same skeleton cannot be told apart by who reads them. Marks that letters have, such as those
    that make an Ä of an A, are seen and so tell them apart; others, under an n for one, are taken for dirt."""
    latin = _drawn_as()
    # What a character stands for, as an old sigma does, is not always what it is drawn as.
    drawn = "".join(
        latin.get(ord(each), each) if unicodedata.decomposition(each).startswith("<") else each
        for each in unicodedata.normalize("NFD", name)
    )
    marked = unicodedata.normalize("NFKD", _MARKED.sub(_with_its_marks, seen(drawn)))
    whole = marked.translate(latin).casefold().translate(latin).casefold()
    return _as_one_letter(whole.replace("\u0335", "\u0338"))


def _as_one_letter(drawn: str) -> str:
    for letter, same in _ALIKE_IN_LATIN:
        drawn = drawn.replace(letter, same)
    return drawn


def _with_its_marks(found: re.Match[str]) -> str:
    """The letter with those of its marks with which Unicode knows it, or the Latin one that it is drawn as. Of a stroke
    it knows nothing: the list does."""
    letter, marks = found.groups()
    drawn = letter.translate(_drawn_as())
    known = (unicodedata.normalize("NFC", each + marks) for each in (letter, drawn))
    stroke = "\u0338" if drawn in _with_stroke() and any(each in _STROKES for each in marks) else ""
    return _ONLY_MARKS.sub("", min(known, key=len)) + stroke


def _made_of(whole: str, words: Sequence[str]) -> bool:
    """Whether the words, in some order and without anything between them, are the whole."""
    if len(words) > _MOST_WORDS:
        return False
    if not words:
        return not whole
    return any(
        whole.startswith(word) and _made_of(whole[len(word) :], [*words[:place], *words[place + 1 :]])
        for place, word in enumerate(words)
    )


@cache
def _drawn_as() -> dict[int, str]:
    found = dict(_listed())
    found.update(_nearly())
    return found


@cache
def _with_stroke() -> frozenset[str]:
    """Letters of which another one is made by a stroke."""
    return frozenset(drawn[0] for drawn in _drawn_as().values() if len(drawn) == 2 and drawn[1] in _STROKES)


def _listed() -> Iterator[tuple[int, str]]:
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        drawn, _, characters = line.partition(":")
        text = "".join(chr(int(point, 16)) for point in drawn.split())
        yield from ((int(point, 16), text) for point in characters.split())


def _nearly() -> Iterator[tuple[int, str]]:
    for script, letters in _DRAWN_NEARLY_AS.items():
        for pair in letters.split(", "):
            name, _, latin = pair.rpartition(" ")
            yield ord(unicodedata.lookup(f"{script} {name}")), latin
    for letter in _WITH_A_SMALL_CAPITAL:
        yield ord(unicodedata.lookup(f"LATIN LETTER SMALL CAPITAL {letter}")), letter.casefold()
