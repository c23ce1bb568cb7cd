from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.widgets.enter_key import ENTER_KEYS

# Nobody has read a dialog that was shown less than this ago.
READING_SECONDS = 1.0
# X11 tells a held key as releases and presses. Where Qt misses that two of them belong together, they look like one
# more stroke, faster than fingers.
_STROKE_SECONDS = 0.08


class ConfirmKeys(QObject):
    """Ctrl+Enter for what cannot be undone: `confirm` is called for a stroke of its own, never by keys that are held
    since they opened the dialog, and not before there was time to read it. A stroke that comes too early does nothing.
    """

    def __init__(self, dialog: QWidget, confirm: Callable[[], None]) -> None:
        super().__init__(dialog)
        self.clock: Callable[[], float] = monotonic  # seconds
        self._confirm = confirm
        self._may_be_held = True
        self._shown_at = self._released_at = 0.0
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), dialog, self._press).setAutoRepeat(False)
        dialog.installEventFilter(self)

    def begin_anew(self) -> None:
        """The dialog shows something that has to be read first."""
        self._shown_at = self.clock()
        self._may_be_held = True

    def _press(self) -> None:
        now = self.clock()
        is_stroke = not self._may_be_held and now - self._released_at >= _STROKE_SECONDS
        self._may_be_held = True
        if is_stroke and now - self._shown_at >= READING_SECONDS:
            self._confirm()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            self._take_key(event)
        elif event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self.begin_anew()
            # Keys come here first, whichever widget has the focus.
            watched.windowHandle().installEventFilter(self)
        return False

    def _take_key(self, event: QKeyEvent) -> None:
        """Whoever lets go of one of the keys, or presses Ctrl anew, holds them no longer."""
        is_release = event.type() == QEvent.Type.KeyRelease
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Control:
            self._may_be_held = False
        elif is_release and event.key() in ENTER_KEYS:
            self._may_be_held = False
            self._released_at = self.clock()
