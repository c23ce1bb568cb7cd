"""What a name looks like, whichever letters it is written in. Pure.

Unicode's own table of confusable characters is no part of Python, and the libraries that bring it are either ICU, which
is larger than this program, or a list without the comparison. Names of people need the letters that pass for Latin
ones, and those are few.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

# Scripts whose letters are drawn as Latin ones, by the letters' names in Unicode.
_DRAWN_AS: Final = {
    "CYRILLIC CAPITAL LETTER": (
        "A A, VE B, IE E, DZE S, BYELORUSSIAN-UKRAINIAN I I, JE J, KA K, EM M, EN H, O O, ER P, ES C, TE T, U Y, HA X, "
        "STRAIGHT U Y, SHHA H, QA Q, WE W, IZHITSA V, KOMI DE D"
    ),
    "CYRILLIC LETTER": "PALOCHKA I",
    "CYRILLIC SMALL LETTER": (
        "A a, IE e, DZE s, BYELORUSSIAN-UKRAINIAN I i, JE j, O o, ER p, ES c, U y, HA x, STRAIGHT U y, SHHA h, "
        "PALOCHKA l, QA q, WE w, IZHITSA v, KOMI DE d, KA k, GHE r, PE n"
    ),
    "GREEK CAPITAL LETTER": (
        "ALPHA A, BETA B, EPSILON E, ZETA Z, ETA H, IOTA I, KAPPA K, MU M, NU N, OMICRON O, RHO P, TAU T, UPSILON Y, "
        "CHI X"
    ),
    "GREEK SMALL LETTER": ("ALPHA a, GAMMA y, ETA n, IOTA i, KAPPA k, NU v, OMICRON o, RHO p, TAU t, UPSILON u, CHI x"),
    "ARMENIAN CAPITAL LETTER": "OH O, SEH U, TIWN S, LIWN L",
    "ARMENIAN SMALL LETTER": "OH o, VO n, SEH u, HO h, CO g, ZA q, YI j, FEH f",
    "CHEROKEE LETTER": (
        "A D, GV E, GO A, GU J, TSO K, LU M, TLV P, DU S, DO V, LA W, NO Z, YV B, TLI C, MI H, TLE L, NAH G, I T, V i"
    ),
    "LATIN SMALL LETTER": "DOTLESS I i, ALPHA a, SCRIPT G g, IOTA i, OPEN E e, DOTLESS J j, UPSILON u",
    "LATIN LETTER": "DENTAL CLICK l",
}
_WITH_A_SMALL_CAPITAL: Final = "ABCDEFGHIJKLMNOPRTUVWYZ"
# Of letters of one alphabet and digits: I, l and 1; O and 0; m and r before n. After capitals were made small.
_ALIKE_IN_LATIN: Final = (("1", "l"), ("i", "l"), ("0", "o"), ("rn", "m"), ("vv", "w"))


def _pairs() -> Iterator[tuple[int, str]]:
    for script, letters in _DRAWN_AS.items():
        for pair in letters.split(", "):
            name, _, latin = pair.rpartition(" ")
            yield ord(unicodedata.lookup(f"{script} {name}")), latin
    for letter in _WITH_A_SMALL_CAPITAL:
        yield ord(unicodedata.lookup(f"LATIN LETTER SMALL CAPITAL {letter}")), letter.casefold()


_LATIN: Final = dict(_pairs())


def skeleton(name: str) -> str:
    """Two names with the same skeleton cannot be told apart by who reads them. Other marks, such as those that make an
    Ä of an A, are seen and so tell them apart."""
    drawn = unicodedata.normalize("NFKD", name).translate(_LATIN).casefold().translate(_LATIN)
    for letter, same in _ALIKE_IN_LATIN:
        drawn = drawn.replace(letter, same)
    return drawn
