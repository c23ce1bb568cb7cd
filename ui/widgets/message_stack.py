from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.metrics import HALF
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.pane import ScrollColumn

_HIGHEST = 160


@dataclass(frozen=True, slots=True)
class StackedMessage:
    """One bar of a stack. `key` stays while its words change; `actions` are pairs of a key and a button's words.
    `is_announced`: it is said when it comes, unless another place says it."""

    key: str
    kind: MessageKind
    title: str
    advice: str = ""
    details: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    closable: bool = False
    is_announced: bool = True


class MessageStack(ScrollColumn):
    """Messages below each other, as high as they need, up to `highest` pixels, beyond which they scroll; hidden
    without any."""

    action_requested = Signal(str, str)  # the message's key, the action's
    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, highest: int = _HIGHEST) -> None:
        super().__init__(parent)
        self._highest = highest
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(HALF)
        self.column.addStretch(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.content.installEventFilter(self)
        self._bars: dict[str, MessageBar] = {}
        self.hide()

    def show_messages(self, messages: Sequence[StackedMessage]) -> None:
        """In this order. A bar that stays keeps its focus and what is unfolded."""
        wanted = {message.key: message for message in messages}
        for key in [key for key in self._bars if key not in wanted]:
            gone = self._bars.pop(key)
            self.column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, message in enumerate(messages):
            bar = self._bars.get(message.key) or self._add(message.key)
            if self.column.indexOf(bar) != place:
                self.column.removeWidget(bar)
                self.column.insertWidget(place, bar)
            bar.show_message(
                message.kind,
                message.title,
                message.details,
                advice=message.advice,
                actions=message.actions,
                closable=message.closable,
                is_announced=message.is_announced,
            )
        self.setVisible(bool(messages))
        self.updateGeometry()

    def bars(self) -> dict[str, MessageBar]:
        return dict(self._bars)

    def sizeHint(self) -> QSize:
        needed = self.content.heightForWidth(self.viewport().width()) if self.content.hasHeightForWidth() else 0
        return QSize(super().sizeHint().width(), min(max(needed, 0), self._highest))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), self._highest // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _add(self, key: str) -> MessageBar:
        bar = MessageBar()
        bar.setObjectName(f"message-{key}")
        bar.action_requested.connect(lambda action: self.action_requested.emit(key, action))
        bar.closed.connect(lambda: self.closed.emit(key))
        self._bars[key] = bar
        return bar
