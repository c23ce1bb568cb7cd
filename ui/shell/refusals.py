"""Keys of entries that can do nothing now: whoever presses them is told why, where Qt would be silent."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.messages import joined
from ui.shell.menu_state import MenuState
from ui.widgets.message_bar import MessageBar, MessageKind


class Refusals(QObject):
    def __init__(self, messages: MessageBar) -> None:
        super().__init__(messages)
        self._messages = messages
        self._state: MenuState | None = None
        self._said = ""

    def take(self, state: MenuState) -> None:
        """What was said of an entry holds until the entries are other ones."""
        if state != self._state and self._said and self._messages.title() == self._said:
            self._messages.clear()
        self._state = state

    def watch(self, name: str, action: QAction, place: QWidget) -> None:
        """`name` is the entry's in the state, `place` the window, or the widget in which a letter is a key."""
        for keys in action.shortcuts():
            shortcut = _IdleKey(keys, place, action.shortcutContext())
            shortcut.activated.connect(partial(self._refuse, name))
            shortcut.follow(action.isEnabled())
            action.enabledChanged.connect(shortcut.follow)

    def say(self, why: str) -> None:
        """Anew for each press, also to a screen reader."""
        self._messages.clear()
        self._messages.show_message(MessageKind.INFO, why)
        self._said = self._messages.title()

    def _refuse(self, name: str) -> None:
        why = getattr(self._state, name).tooltip if self._state else ""
        if why:
            self.say(why if why.endswith((".", "!", "?")) else joined("", (why, ".")))


class _IdleKey(QShortcut):
    """A key while the action that it belongs to is disabled: enabled together, Qt would take the two for one key with
    two meanings."""

    def __init__(self, keys: QKeySequence, place: QWidget, context: Qt.ShortcutContext) -> None:
        super().__init__(keys, place)
        self.setContext(context)
        self.setAutoRepeat(False)

    def follow(self, is_enabled: bool) -> None:
        """`is_enabled` is the action's."""
        self.setEnabled(not is_enabled)
