from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.messages import ntr
from ui.theme.apply import current_tokens
from ui.theme.status import StatusLook, look_of

HEIGHT = 8
_FINAL = (StatusLook.SUCCESSFUL, StatusLook.FAILED, StatusLook.ABANDONED)


class Meter(QWidget):
    """How much of the whole is final, one segment for each final status; what is open or unknown stays empty track."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[StatusLook, int] = {}
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_counts({}, 0)

    def set_counts(self, counts: Mapping[StatusLook, int], total: int) -> None:
        self._counts = {look: counts.get(look, 0) for look in _FINAL}
        self._total = max(total, sum(counts.values()))
        words = ntr("{final} of {n} final", "{final} of {n} final", total, final=sum(self._counts.values()))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(room, HEIGHT / 2, HEIGHT / 2)
        painter.setClipPath(outline)
        painter.fillRect(room, QColor(tokens.track))
        left = room.left()
        for look, count in self._counts.items():
            if count and self._total:
                width = room.width() * count / self._total
                painter.fillRect(QRectF(left, 0, max(width, 3.0), HEIGHT), QColor(tokens.colour(look_of(look).tone)))
                painter.fillRect(QRectF(left + max(width, 3.0) - 1, 0, 1, HEIGHT), QColor(tokens.surface))
                left += max(width, 3.0)
        painter.end()
