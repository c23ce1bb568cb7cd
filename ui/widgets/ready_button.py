from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QToolTip, QWidget

from app.messages import shown, tr
from app.texts.screen import for_screen
from ui.theme.tooltip import plain_tooltip
from ui.widgets.announcements import announce


class ReadyButton(QPushButton):
    """A button that the keyboard always reaches: while it is not ready, pressing it only says what it waits for.

    Qt passes a disabled button by, and a screen reader never comes to why it is. Listen to `act_requested`, which only
    a ready one emits, and not to `clicked`.
    """

    act_requested = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._is_ready = True
        self._waits_for = ""
        self.clicked.connect(self._act)

    def is_ready(self) -> bool:
        return self._is_ready

    def waits_for(self) -> str:
        """What has to happen first, as the user reads it; "" where it is ready."""
        return self._waits_for

    def set_ready(self, *, is_ready: bool, waits_for: str = "") -> None:
        """`waits_for` is the first thing that is missing, of a button that is not ready."""
        why = "" if is_ready else shown(waits_for)
        if (is_ready, why) == (self._is_ready, self._waits_for):
            return
        self._is_ready, self._waits_for = is_ready, why
        self.setToolTip(plain_tooltip(why))
        self.setAccessibleDescription("" if is_ready else for_screen(self._refusal()))
        self.setProperty("ready", "true" if is_ready else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def _refusal(self) -> str:
        # Translators: of a button that does nothing yet; {why} is the first thing that is missing
        return tr("Not possible yet: {why}", why=self._waits_for) if self._waits_for else tr("Not possible yet")

    def _act(self) -> None:
        if self._is_ready:
            self.act_requested.emit()
            return
        refusal = self._refusal()
        announce(self, refusal)
        QToolTip.showText(self.mapToGlobal(self.rect().topLeft()), plain_tooltip(refusal), self)
