from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.messages import shown
from app.texts.screen import shown_part
from ui.theme.metrics import fixed_font
from ui.theme.tooltip import plain_tooltip

_NARROWEST = 48
LONGEST_WORD = 16
# What a label says at the most, in letters; the whole stays to be asked for.
_LONGEST = 2_000
_LONGEST_LINE = 400
BREAK = "\u200b"


class TextRole(Enum):
    BODY = "body"
    TITLE = "title"
    STRONG = "strong"
    QUIET = "quiet"
    MONO = "mono"


class PlainLabel(QLabel):
    """Shows text as it stands, whatever it looks like: markup from a server stays letters."""

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = TextRole.BODY,
        wrap: bool = False,
        elide: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elides = elide
        self._is_selectable = selectable
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.set_role(role)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(text)

    @property
    def is_elided(self) -> bool:
        """Whether it is one line that is shortened to the room there is."""
        return self._elides

    def set_role(self, role: TextRole) -> None:
        self.setProperty("role", role.value)
        if role is TextRole.MONO:
            self.setFont(fixed_font(self.font()))
        self.style().unpolish(self)
        self.style().polish(self)

    def setText(self, text: str) -> None:
        self._whole = shown(text)
        seen = shown_part(self._whole, _LONGEST)
        if self._elides:
            self.setAccessibleName(seen)
            self._elide()
        else:
            super().setText(breakable(seen) if self.wordWrap() and not self._is_selectable else seen)
        self.updateGeometry()

    def text(self) -> str:
        """As the user reads it: the screen has at most a part of it, without what would turn or hide words."""
        return self._whole

    def shown(self) -> str:
        return super().text().replace(BREAK, "")

    def minimumSizeHint(self) -> QSize:
        """Qt's own answer for wrapped text is its height at no width at all, which makes dialogs far too high."""
        if self._elides:
            return QSize(0, self.fontMetrics().height())
        if self.wordWrap():
            return QSize(_NARROWEST, self.fontMetrics().height())
        return super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        if not self._elides:
            return super().sizeHint()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._line()) + 2, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elides:
            self._elide()

    def _elide(self) -> None:
        line = self._line()
        fitted = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
        super().setText(fitted)
        is_cut = fitted != self._whole
        self.setToolTip(plain_tooltip(self._whole) if is_cut else "")
        # Else the tooltip would be taken for it, with its markup.
        self.setAccessibleDescription(self.accessibleName() if is_cut else "")

    def _line(self) -> str:
        return " ".join(shown_part(self._whole, _LONGEST_LINE).split())


def breakable(text: str, longest_word: int = LONGEST_WORD) -> str:
    """Lets a word that is longer than a line break, where a label would cut it off."""
    return " ".join(_with_breaks(word, longest_word) for word in text.split(" "))


def _with_breaks(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    return BREAK.join(word[start : start + longest] for start in range(0, len(word), longest))
