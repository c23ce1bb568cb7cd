from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.messages import shown
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, icon_side
from ui.theme.motion import is_moving
from ui.widgets.plain_label import PlainLabel, TextRole

DELAY_MS = 300
_STEP_MS = 80
_STEP_DEGREES = 30


class BusyIndicator(QWidget):
    """Shows itself only when the work takes longer than people notice."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        delay_ms: int = DELAY_MS,
        keeps_room: bool = True,
        elides: bool = False,
    ) -> None:
        """`keeps_room`: nothing beside it moves when it shows or hides. `elides`: where there is less room for the
        words, they are shortened."""
        super().__init__(parent)
        self._label = PlainLabel(text, role=TextRole.QUIET, elide=elides)
        self._ring = _Ring()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._ring)
        row.addWidget(self._label, int(elides))
        row.addStretch(int(not elides))
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(delay_ms)
        self._delay.timeout.connect(self.show)
        self._is_running = False
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(keeps_room)
        self.setSizePolicy(policy)
        self.setAccessibleName(shown(text))
        self.hide()

    def sizeHint(self) -> QSize:
        """With its words whole, whether they may be shortened or not."""
        whole = super().sizeHint()
        return whole.expandedTo(QSize(self._ring.sizeHint().width() + GRID + self._label.sizeHint().width(), 0))

    def start(self, text: str | None = None) -> None:
        if text is not None:
            self._label.setText(text)
            self.setAccessibleName(shown(text))
        if not self._is_running:
            self._is_running = True
            if self._delay.interval():
                self._delay.start()
            else:
                self.show()

    def stop(self) -> None:
        self._is_running = False
        self._delay.stop()
        self.hide()

    def take_focus(self) -> None:
        """While its user can but wait: what is under way is read, and keys that are still held do nothing."""
        self._label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._label.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_running(self) -> bool:
        return self._is_running


class _Ring(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._angle = 0
        self._turning = QTimer(self)
        self._turning.setInterval(_STEP_MS)
        self._turning.timeout.connect(self._turn)

    def sizeHint(self) -> QSize:
        return QSize(icon_side(), icon_side())

    def showEvent(self, _event: object) -> None:
        self._turning.start()

    def hideEvent(self, _event: object) -> None:
        self._turning.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(2, 2, icon_side() - 4, icon_side() - 4)
        painter.setPen(QPen(QColor(tokens.track), 2))
        painter.drawEllipse(room)
        painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(room, -self._angle * 16, 90 * 16)
        painter.end()

    def _turn(self) -> None:
        if not is_moving():
            return
        self._angle = (self._angle + _STEP_DEGREES) % 360
        self.update()
