from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.texts.screen import for_screen
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF
from ui.widgets.enter_key import ENTER_KEYS
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel

_RADIUS = 5
_TOP = Qt.AlignmentFlag.AlignTop


class SentenceButton(QAbstractButton):
    """A whole sentence to follow: wraps to the width, and a chevron says that it leads somewhere."""

    def __init__(self, sentence: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = PlainLabel(wrap=True)
        self._icon = IconLabel(icon_name)
        self._chevron = IconLabel("chevron-right", tone="quiet")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID - 2, HALF, GRID - 2)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, _TOP)
        # Within the row: shown before, it would be a window of its own for a moment, and take the focus.
        self._icon.setVisible(bool(icon_name))
        row.addWidget(self._label, 1)
        row.addWidget(self._chevron, 0, _TOP)
        for part in (self._label, self._icon, self._chevron):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_sentence(sentence)

    def set_sentence(self, sentence: str) -> None:
        self._label.setText(sentence)
        self.setAccessibleName(for_screen(sentence))

    def sentence(self) -> str:
        return self._label.text()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._chevron.setVisible(self.isEnabled())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            painter.setBrush(QColor(tokens.pressed if self.isDown() else tokens.hover))
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()
