"""How a text is encoded: found out from its bytes, or said by the user; and letters that came out damaged. Pure."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.messages import said
from app.posting_lists.problem import PostingListProblem

# The codecs a person can choose, in the order of their likelihood, by the names that programs give them.
ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "iso8859_15": "ISO-8859-15",
    "cp850": "DOS 850",
    "cp437": "DOS 437",
    "cp852": "DOS 852",
    "mac_roman": "MacRoman",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16, big-endian",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32, big-endian",
}
_ALSO_CALLED: Final = {
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "ansi": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "dos": "cp850",
    "ibm850": "cp850",
    "ibm437": "cp437",
    "macintosh": "mac_roman",
    "utf16": "utf-16-le",
    "utf-16": "utf-16-le",
    "utf32": "utf-32-le",
    "utf-32": "utf-32-le",
}
# The longer marks first: that of UTF-32 begins with that of UTF-16.
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDTHS: Final = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
NO_LETTER: Final = "\N{REPLACEMENT CHARACTER}"
# What machines in these countries have written for forty years, the likeliest first.
_OLD: Final = ("cp1252", "cp850", "mac_roman", "cp1250")
_LETTERS: Final = frozenset("äöüßÄÖÜæøåÆØÅé")
_FRENCH_AND_SPANISH: Final = frozenset("èàêçÉñóíáîôûëï")
_POLISH: Final = frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻóÓ")
# Among letters these come of a wrong code page only.
_ODD: Final = frozenset("ƒ¤¦§¨¬¯±´¶·¸º»¿†‡ˆ‰‹ŒŽ•˜™›œžŸ¹²³¼½¾Š‚„…ŠÞþðÐ╗╝╣║└┴┬├─┼═╬░▒▓│┤©¢¥┐«®Ÿ√≈∆ﬁﬂ◊ıˇ˘˙˚˝˛")
# No word has a capital behind small letters: of two readings the other is the right one.
_CAPITAL_WITHIN = re.compile("[a-zß-ÿ][À-ÖØ-Þ]")
_SAMPLE_BYTES: Final = 32_768
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BETWEEN_WORDS: Final = ' \t\r\n;,|"'
_LONGEST_WORD: Final = 40
_BLOCK_BYTES: Final = 4_096
_BEGINNING_BYTES: Final = 4_096
_LINES_SHOWN: Final = 12
_LONGEST_LINE_SHOWN: Final = 400
# UTF-8 that was read as Windows-1252 or MacRoman: two or three signs where one letter stood.
_READ_TWICE = re.compile(
    "[\u00c2\u00c3\u00c4\u00c5][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
    "|\u00e2\u20ac[\u0080-\u00bf\u2122\u201c\u201d\u0153\u02dc\u0161\u017e]|\u00e2\u201a\u00ac|\u221a[\u00a4\u2202\u00c7\u2260\u00fa\u00fc\u00b6\u00f2]"
    "|\u251c[\u00a4\u2502\u2524\u255d\u255c\u2561\u2562\u2556\u2555\u2563\u2551\u2557\u2510\u00ac\u00bc\u00f1]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
# A sign in the midst of a word that no word of these languages has: KostentrŠger, B³ro, f¼r, M╝ller, tr„ger.
_ODD_IN_A_WORD = re.compile(
    r"[^\W\d_][†‡ˆ‰‹•˜›¤¦§¨¬¯±²³µ¶¸¹¼½¾¿¡¢£¥‚„“”ƒ√∂≠≈\u2500-\u259f×÷]+[a-zß-ÿ]"
    r"|[a-zß-ÿ][ŠŽŒŸÐÞ]"
    r"|\b[A-Za-z][†‡ˆ‰²³¹¼½¾\u2500-\u259fŠŽŒŸ]+[a-z]"
    r"|(?<!\w)†[a-z]"
)
# A letter that a program could not write: Kostentr?ger. A question mark in an address stands among other signs.
_QUESTION_IN_A_WORD = re.compile(r"(?<!\S)[^\W\d_]+\?[^\W\d_]+(?![^\s.,;:!)])")


@dataclass(frozen=True, slots=True)
class Decoded:
    """`codec` is one of `ENCODINGS`; `is_damaged` where some bytes are no letters in it."""

    text: str
    codec: str
    is_damaged: bool = False

    @property
    def name(self) -> str:
        name = ENCODINGS[self.codec].partition(",")[0]
        return said("{encoding} with damaged letters", encoding=name) if self.is_damaged else name


def codec_named(name: str) -> str:
    """By any usual name. Raises PostingListProblem, which names those that can be chosen."""
    plain = name.strip().casefold().replace("_", "-")
    by_name = {label.casefold(): codec for codec, label in ENCODINGS.items()}
    by_codec = {codec.replace("_", "-"): codec for codec in ENCODINGS}
    squeezed = {key.replace("-", "").replace(" ", ""): codec for key, codec in (by_name | by_codec).items()}
    found = _ALSO_CALLED.get(plain) or by_name.get(plain) or by_codec.get(plain)
    found = found or squeezed.get(plain.replace("-", "").replace(" ", "").replace("windows", "cp"))
    if not found:
        raise PostingListProblem(
            said("Signoff knows no encoding {name}", name=name),
            advice=said("Choose one of: {names}.", names=", ".join(ENCODINGS.values())),
        )
    return found


def decoded(content: bytes, codec: str = "") -> Decoded:
    """As `codec` says, else as the bytes show. Raises PostingListProblem for what is no text."""
    for mark, marked in _BOMS:
        if content.startswith(mark) and codec in ("", marked):
            return _strictly(content[len(mark) :], marked)
    if codec in _WIDTHS:
        return _strictly(content, codec)
    if codec:
        return _leniently(content, codec)
    wide = _wide_codec(content)
    if wide:
        return _strictly(content, wide)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _leniently(content, "utf-8" if _is_damaged_only(content) else _old_codec(content))


def _leniently(content: bytes, codec: str) -> Decoded:
    text = content.decode(codec, "replace")
    return Decoded(text, codec, codec == "utf-8" and NO_LETTER in text)


def _strictly(content: bytes, codec: str) -> Decoded:
    try:
        return Decoded(content.decode(codec), codec)
    except UnicodeDecodeError as error:
        if codec == "utf-8":
            return _leniently(content, codec)
        raise PostingListProblem(
            said("The file begins as text and then holds bytes that are none"),
            advice=said("The file is damaged. Export it again as CSV or XLSX."),
            details=str(error),
        ) from None


def _is_damaged_only(content: bytes) -> bool:
    """Whether most letters beyond ASCII are whole in UTF-8: of a text in an old encoding next to none is."""
    telling = _telling(content).decode("utf-8", "replace")
    return sum(map((_LETTERS | _POLISH).__contains__, telling)) > telling.count(NO_LETTER)


def _wide_codec(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark: of each plain letter all bytes but one are NUL."""
    sample = content[: 4000 - len(content) % 4 if len(content) < 4000 else 4000]
    quarter, half = len(sample) // 4, len(sample) // 2
    if half < 4 or 0 not in sample:
        return None
    zeros = [sample[place::4].count(0) for place in range(4)]
    if quarter >= 4 and zeros[1] + zeros[2] > 1.8 * quarter:
        if zeros[3] > 0.9 * quarter and zeros[0] < 0.1 * quarter:
            return "utf-32-le"
        if zeros[0] > 0.9 * quarter and zeros[3] < 0.1 * quarter:
            return "utf-32-be"
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _old_codec(content: bytes) -> str:
    """The one in which the bytes beyond ASCII are letters of these languages. Libraries that guess encodings take short
    Danish lists in Windows-1252 for DOS ones, and the other way round."""
    telling = _telling(content)
    return max(_OLD, key=lambda codec: (_likeness(telling.decode(codec, "replace"), codec), -_OLD.index(codec)))


def _likeness(text: str, codec: str) -> int:
    """How many letters of the languages that are written in the codec, less the signs that none of them has."""
    letters, also = (_POLISH, frozenset[str]()) if codec == "cp1250" else (_LETTERS, _FRENCH_AND_SPANISH)
    signs = (sign for sign in text if not sign.isascii())
    found = sum(2 if sign in letters else 1 if sign in also else -1 if sign in _ODD else 0 for sign in signs)
    return found - 3 * len(_CAPITAL_WITHIN.findall(text))


def _telling(content: bytes) -> bytes:
    """The first lines with letters beyond ASCII: the rest says nothing about the encoding."""
    lines: list[bytes] = []
    size = end = 0
    while size <= _SAMPLE_BYTES and (place := _beyond_ascii(content, end)) >= 0:
        start = max(content.rfind(b"\n", end, place), content.rfind(b"\r", end, place)) + 1 or end
        ends = (content.find(sign, place) for sign in (b"\n", b"\r"))
        end = min((each for each in ends if each >= 0), default=len(content))
        lines.append(content[start:end])
        size += end - start
    return b"\n".join(lines)


def _beyond_ascii(content: bytes, start: int) -> int:
    """Where the next byte beyond ASCII stands, -1 where none does. Whole blocks are told in no time."""
    for block in range(start, len(content), _BLOCK_BYTES):
        if not content[block : block + _BLOCK_BYTES].isascii():
            found = _BEYOND_ASCII.search(content, block)
            return found.start() if found else -1
    return -1


def readings_of(content: bytes) -> dict[str, tuple[str, ...]]:
    """The first lines with letters beyond ASCII as they read in each encoding, by its codec: what a person judges them
    by. None where all encodings read the same."""
    if content.isascii() and 0 not in content[:_SAMPLE_BYTES]:
        return {}
    for mark, _ in _BOMS:
        content = content.removeprefix(mark)
    lines = b"\n".join(_telling(content).split(b"\n")[:_LINES_SHOWN])
    begin = content[:_BEGINNING_BYTES]
    is_wide = 0 in begin
    return {
        codec: _lines(begin if is_wide or codec in _WIDTHS else lines, codec)
        for codec in ENCODINGS
        if codec not in _WIDTHS or is_wide
    }


def _lines(sample: bytes, codec: str) -> tuple[str, ...]:
    text = sample.decode(codec, "replace").replace("\0", NO_LETTER)
    return tuple(line[:_LONGEST_LINE_SHOWN] for line in islice(filter(None, text.splitlines()), _LINES_SHOWN))


def damaged_letters(text: str) -> str:
    """The first part of a text whose letters came out of a wrong encoding, such as KostentrÃ¤ger; "" where none did."""
    if text.isascii() and text.isprintable() and "?" not in text:
        return ""
    for pattern in (_HALF, _CONTROL, _READ_TWICE, _ODD_IN_A_WORD, _QUESTION_IN_A_WORD):
        found = pattern.search(text)
        if found:
            return _word_around(text, found.start())
    return _word_around(text, text.index(NO_LETTER)) if NO_LETTER in text else ""


def _word_around(text: str, place: int) -> str:
    start = max(text.rfind(sign, 0, place) for sign in _BETWEEN_WORDS) + 1
    ends = [end for sign in _BETWEEN_WORDS if (end := text.find(sign, place + 1)) >= 0]
    return text[start : min(ends, default=len(text))][:_LONGEST_WORD]
