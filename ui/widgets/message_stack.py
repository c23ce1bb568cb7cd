from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme.metrics import HALF
from ui.widgets.bounded_column import BoundedColumn
from ui.widgets.message_bar import MessageBar, MessageKind

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


class MessageStack(BoundedColumn):
    """Messages below each other, as high as they need, up to `highest` pixels, beyond which they scroll; hidden
    without any."""

    action_requested = Signal(str, str)  # the message's key, the action's
    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, highest: int = _HIGHEST) -> None:
        super().__init__(parent, highest=highest)
        self.column.setSpacing(HALF)
        self.column.addStretch(1)
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

    def _add(self, key: str) -> MessageBar:
        bar = MessageBar()
        bar.setObjectName(f"message-{key}")
        bar.action_requested.connect(lambda action: self.action_requested.emit(key, action))
        bar.closed.connect(lambda: self.closed.emit(key))
        self._bars[key] = bar
        return bar
