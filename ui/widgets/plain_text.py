from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from app.messages import shown
from ui.theme.metrics import fixed_font

_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_RING = 1
_NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class PlainText(QTextEdit):
    """Plain text that can be selected and copied, as high as its lines need; a word too long for a line breaks."""

    def __init__(self, text: str = "", *, mono: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        whole = shown(text)
        self.setPlainText(whole)
        self.setAccessibleName(whole)
        self.updateGeometry()

    def text(self) -> str:
        return self.toPlainText()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - 2 * _RING
        return sum(self._paragraph_height(line, room) for line in self.toPlainText().split("\n")) + 2 * _RING

    def sizeHint(self) -> QSize:
        return QSize(10 * self.fontMetrics().averageCharWidth(), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * self.fontMetrics().averageCharWidth(), self.fontMetrics().height())

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
