"""Where each text of a job's card stands: in one line where there is room, else in as many as it takes. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from app.messages import shown, spoken_language
from app.settings.connections import ColourMark
from app.texts.screen import shown_part
from ui.jobs.view_model import JobRow
from ui.theme.metrics import GRID, HALF, icon_side, strong_font
from ui.theme.status import look_of

# Whoever writes more than that into a company's name is told by the tooltip.
_MOST_LINES = 3
_LONGEST = 400
_BETWEEN_LINES = 3


class Faces(NamedTuple):
    """A font as cards use it, measured: a thousand of them are laid out at one stroke."""

    key: str
    usual: QFontMetrics
    strong: QFontMetrics
    line_height: int

    def of(self, is_strong: bool) -> QFontMetrics:
        return self.strong if is_strong else self.usual


class Words(NamedTuple):
    """`tone` names a colour of Tokens; `icon` stands before them, in its own colours or in `icon_tone`."""

    text: str
    tone: str = "text"
    is_strong: bool = False
    icon: str = ""
    icon_tone: str = ""


class Placed(NamedTuple):
    """A line of words, or an icon by its name, in pixels from the corner of what the card holds. A `tone` of "" leaves
    an icon its own colours."""

    rect: QRect
    text: str = ""
    icon: str = ""
    tone: str = ""
    is_strong: bool = False
    is_at_end: bool = False

    def is_cut(self, faces: Faces) -> bool:
        return faces.of(self.is_strong).horizontalAdvance(self.text) > self.rect.width()


def laid_out(row: JobRow, width: int, faces: Faces) -> list[Placed]:
    """Company and time left, status and what stands in the way, items by outcome, a note."""
    card = _Card(width, faces)
    company = Words(row.company, is_strong=True)
    if row.mark is not ColourMark.NONE:
        # It stands beside the name, never instead of it.
        company = company._replace(icon="mark", icon_tone=f"mark_{row.mark}")
    card.beside(company, Words(row.left, "danger" if row.is_urgent else "quiet"))
    running = "success" if row.can_be_completed else "open"
    card.beside(
        Words(f"{shown(row.status_title)} · {row.items_words}", icon=look_of(row.look).icon),
        Words(row.brief, "quiet" if row.job.is_finished else running),
    )
    card.count(row)
    card.beside(Words(row.note, "quiet"), Words(""))
    return card.placed


def height_of(placed: list[Placed]) -> int:
    return max(each.rect.bottom() + 1 for each in placed)


def faces_of(font: QFont) -> Faces:
    usual = QFontMetrics(font)
    return Faces(font.key(), usual, QFontMetrics(strong_font(font)), usual.height() + _BETWEEN_LINES)


class _Card:
    def __init__(self, width: int, faces: Faces) -> None:
        self._width, self._faces, self._height = max(1, width), faces, faces.line_height
        self._top = 0
        self.placed: list[Placed] = []

    def beside(self, start: Words, end: Words) -> None:
        """The end stands in the last line of the start, or below it where both have no room."""
        indent = 0
        if start.icon:
            self.placed.append(Placed(self._line(), icon=start.icon, tone=start.icon_tone))
            indent = icon_side() + HALF
        metrics = self._faces.of(start.is_strong)
        *above, last = _broken(start.text, metrics, self._width - indent)
        for line in above:
            self._put(start, line, indent)
            self._top += self._height
        ends = [*_broken(end.text, self._faces.usual, self._width)] if end.text else []
        taken = self._faces.usual.horizontalAdvance(ends[0]) + GRID if ends else 0
        is_one_line = len(ends) < 2 and indent + metrics.horizontalAdvance(last) + taken <= self._width
        self._put(start, last, indent, taken if is_one_line else 0)
        if not is_one_line:
            self._top += self._height
        for line in ends[:-1]:
            self._put(end, line, is_at_end=True)
            self._top += self._height
        if ends:
            self._put(end, ends[-1], is_at_end=True)
        if ends or is_one_line:
            self._top += self._height

    def count(self, row: JobRow) -> None:
        """Each outcome as its icon with a count; an empty line until they were counted: no wrong number flashes by."""
        metrics, left = self._faces.usual, 0
        for look, count in (row.counts or {}).items():
            if not count:
                continue
            text = spoken_language().number(count)
            needed = icon_side() + HALF + metrics.horizontalAdvance(text)
            if left and left + needed > self._width:
                left, self._top = 0, self._top + self._height
            self.placed.append(Placed(self._line(left), icon=look_of(look).icon))
            self.placed.append(Placed(self._line(left + icon_side() + HALF), text, tone="text"))
            left += needed + GRID + HALF
        self._top += self._height

    def _put(self, words: Words, line: str, indent: int = 0, taken: int = 0, *, is_at_end: bool = False) -> None:
        rect = self._line(indent).adjusted(0, 0, -taken, 0)
        self.placed.append(Placed(rect, line, "", words.tone, words.is_strong, is_at_end))

    def _line(self, left: int = 0) -> QRect:
        return QRect(left, self._top, max(0, self._width - left), self._height)


def _broken(text: str, metrics: QFontMetrics, room: int) -> Iterator[str]:
    """Lines of whole words; the last one that there may be takes the rest."""
    line = shown_part(shown(text), _LONGEST)
    if metrics.horizontalAdvance(line) <= room:
        yield line
        return
    words, line, lines = line.split(), "", 1
    for place, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if line and metrics.horizontalAdvance(longer) > room:
            yield line
            lines += 1
            if lines == _MOST_LINES:
                yield " ".join(words[place:])
                return
            line = word
        else:
            line = longer
    yield line
