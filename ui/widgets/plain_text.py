from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from app.messages import ntr, shown
from app.texts.screen import for_screen
from ui.theme.metrics import fixed_font
from ui.widgets.plain_label import BREAK, breakable

_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_RING = 1
# Letters. More takes longer to lay out than anybody waits, and nobody reads it in a pane.
LONGEST = 20_000
_LONGEST_WORD = 64
_NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class PlainText(QTextEdit):
    """Plain text that can be selected and copied, as high as its lines need; a word too long for a line breaks.

    Of a very long text the beginning is shown, and what else there is is said; copying all of it takes the whole.
    """

    def __init__(self, text: str = "", *, mono: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: tuple[str, dict[str, int]] = ("", {})
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(_WRAP)
        self.setHorizontalScrollBarPolicy(_NO_BAR)
        self.setVerticalScrollBarPolicy(_NO_BAR)
        self.document().setDocumentMargin(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(0)
        if mono:
            self.setFont(fixed_font(self.font()))
        self.set_text(text)

    def set_text(self, text: str) -> None:
        whole = self._whole = shown(text)
        beginning = for_screen(whole[:LONGEST])
        # Places to break in long words: without any, each line looks through all the rest for one.
        seen = "\n".join(breakable(line, _LONGEST_WORD) for line in beginning.split("\n"))
        self.setPlainText(f"{seen}\n{_rest(len(whole) - LONGEST)}" if len(whole) > LONGEST else seen)
        self.setAccessibleName(beginning)
        self.updateGeometry()

    def text(self) -> str:
        """As the user reads it: the screen has at most a part of it, without what would turn or hide words."""
        return self._whole

    def shown(self) -> str:
        return self.toPlainText().replace(BREAK, "")

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        is_all = cursor.selectionStart() == 0 and cursor.selectionEnd() == self.document().characterCount() - 1
        data = QMimeData()
        data.setText(self._whole if is_all else cursor.selection().toPlainText().replace(BREAK, ""))
        return data

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - 2 * _RING
        if BREAK in self.toPlainText():
            return self._height_with_breaks(room) + 2 * _RING
        return sum(self._paragraph_height(line, room) for line in self.toPlainText().split("\n")) + 2 * _RING

    def sizeHint(self) -> QSize:
        return QSize(10 * self.fontMetrics().averageCharWidth(), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * self.fontMetrics().averageCharWidth(), self.fontMetrics().height())

    def _height_with_breaks(self, room: int) -> int:
        """As the document itself lays it out: its lines are as high as the font that has the sign for a break."""
        text, known = self._heights
        if text is not self._whole:
            text, known = self._heights = (self._whole, {})
        key = f"{room} {self.font().key()}"
        if key not in known:
            document = self.document().clone()
            document.setTextWidth(max(1, room))
            known[key] = -int(-document.size().height() // 1)
        return known[key]

    def _paragraph_height(self, paragraph: str, width: int) -> int:
        layout = QTextLayout(paragraph, self.font())
        layout.setTextOption(QTextOption(self.document().defaultTextOption()))
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            height += line.height()
        layout.endLayout()
        return -int(-height // 1)


def _rest(letters: int) -> str:
    return ntr(
        "… and {n:,} more character, which copying all of this takes along",
        "… and {n:,} more characters, which copying all of this takes along",
        letters,
    )
