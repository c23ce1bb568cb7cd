"""What somebody else's text may do on a screen: be read, and nothing else.

Every text passes here on its way to a window or a terminal, at the widget or the stream that shows it, and is said in
the user's language where it is a message. What is kept, copied or sent stays as it came.
"""

import re
from typing import Final

from app.messages import shown

# The mark before it says that the sentence goes from left to right: Qt's documents look into isolates for that.
_ISOLATE: Final = "\N{LEFT-TO-RIGHT MARK}\N{FIRST STRONG ISOLATE}"
_ISOLATED: Final = "\N{POP DIRECTIONAL ISOLATE}"
# Line ends of every kind.
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN_LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# What Unicode calls format characters: they turn the reading order, or hide. The joiners stay, without which some
# scripts cannot be written. And halves of characters, which no screen takes.
_INVISIBLE: Final = re.compile(
    "[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_ISOLATES: Final = re.compile(f"({_ISOLATE}|{_ISOLATED})")
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def for_screen(text: str) -> str:
    """The text as the user reads it, without power over what stands beside it: no controls, no marks of direction, none
    that hide.

    Line ends and tabs stay, and so do whole isolates, as `isolated` makes them.
    """
    return _disarmed(shown(text))


def _disarmed(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    seen = _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text))
    if _INVISIBLE.search(seen) is None:
        return seen
    if not (_ISOLATE in seen and _isolates_close(seen)):
        return _INVISIBLE.sub("", seen)
    return "".join(
        part if part in (_ISOLATE, _ISOLATED) else _INVISIBLE.sub("", part) for part in _ISOLATES.split(seen)
    )


def shown_part(text: str, most: int) -> str:
    """For a screen, and no longer than `most`: to lay out a word of 100,000 letters holds a window for minutes."""
    whole = shown(text)
    return _disarmed(whole) if len(whole) <= most else f"{_disarmed(whole[: most - 1]).rstrip()}…"


def _isolates_close(text: str) -> bool:
    """Whether each isolate that begins ends, and none ends that did not begin."""
    depth = 0
    for found in _ISOLATES.finditer(text):
        depth += 1 if found[0] == _ISOLATE else -1
        if depth < 0:
            return False
    return depth == 0


def isolated(text: str) -> str:
    """Somebody else's words, to stand within a sentence of this program: what is written from right to left in them
    does not turn round the numbers beside them."""
    if text.isascii() and text.isprintable():
        return text
    bare = _INVISIBLE.sub("", _disarmed(text))
    return f"{_ISOLATE}{bare}{_ISOLATED}" if _RIGHT_TO_LEFT.search(bare) else bare


def escaped_for_screen(json_text: str) -> str:
    """The same JSON with escapes for what a screen would not show, so that it can be shown as it is sent."""
    return _CONTROLS.sub(_escape, _UNSEEN_LINE_ENDS.sub(_escape, _INVISIBLE.sub(_escape, json_text)))


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place]:02x}{units[place + 1]:02x}" for place in range(0, len(units), 2))
