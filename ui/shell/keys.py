"""Keys of the whole window: from pane to pane, to the menus, and letters that a menu keeps to itself."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

# In reading order, by name: what a screen puts there is its own affair.
_STOPS = (
    "windowMessages",
    "windowNews",
    "windowResult",
    "jobList",
    "itemsTable",
    "itemDetail",
    "gatePanel",
    "foldedBar",
)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)


class PaneKeys(QObject):
    """F6 and Shift+F6 go round the panes that are on screen, to where the focus was in each; F10 goes to the menus."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        QShortcut(QKeySequence("F6"), window, lambda: self.go(1))
        QShortcut(QKeySequence("Shift+F6"), window, lambda: self.go(-1))
        QShortcut(QKeySequence("F10"), window, self._go_to_menus)

    def stops(self) -> list[QWidget]:
        found = (self._window.findChildren(QWidget, name) for name in _STOPS)
        shown = [widget for widgets in found for widget in widgets if widget.isVisible()]
        return [widget for widget in shown if _goal(widget)]

    def go(self, step: int) -> None:
        stops, here = self.stops(), self._window.focusWidget()
        if not stops:
            return
        at = next((place for place, stop in enumerate(stops) if here and (here is stop or stop.isAncestorOf(here))), -1)
        goal = _goal(stops[(at + step) % len(stops) if at >= 0 else 0])
        if goal:
            goal.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, name: str) -> None:
        for stop in self.stops():
            goal = _goal(stop) if stop.objectName() == name else None
            if goal:
                goal.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_menus(self) -> None:
        bar = self._window.menuBar()
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        bar.setActiveAction(bar.actions()[0])


def _goal(stop: QWidget) -> QWidget | None:
    """The pane itself, what had the focus in it last, or the first that can have it."""
    inner = stop.findChildren(QWidget)
    for widget in (stop, stop.focusWidget(), *inner):
        if widget and widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
    return None


class MenuLetters(QObject):
    """While a menu is open its letters choose among its entries, whatever they are shortcuts for elsewhere."""

    def watch(self, menu: QMenu) -> None:
        menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_letter = event.modifiers() in _PLAIN and event.text().isprintable() and bool(event.text())
            if is_letter or event.key() == Qt.Key.Key_Delete:
                event.accept()
                return True
        return super().eventFilter(watched, event)
