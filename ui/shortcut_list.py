"""Every shortcut of the window in one list, made from the actions themselves so that it is never out of date."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.theme.metrics import GRID
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole

_SIZE = (520, 560)

# What widgets do by themselves, and no menu names.
_OF_WIDGETS = (
    ("Sort by one more column", "Shift and a click on its header"),
    ("Copy the chosen rows", "Ctrl+C"),
    ("Choose all rows that are shown", "Ctrl+A"),
    ("First and last row", "Home, End"),
    ("From pane to pane", "Tab"),
)


def shortcuts_of(window: QMainWindow) -> tuple[tuple[str, str], ...]:
    """What each menu entry with a shortcut is called, and its keys."""
    found: list[tuple[str, str]] = []
    for action in window.menuBar().actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            found += _of_menu(menu.actions())
    return tuple(found)


def _of_menu(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    found = []
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            found += _of_menu(menu.actions())
        elif keys := [key for key in action.shortcuts() if not key.isEmpty()]:
            words = action.text().replace("&", "").rstrip("…")
            found.append((words, " or ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)))
    return found


class ShortcutList(QDialog):
    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutList")
        self.setWindowTitle("Shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        area = ScrollColumn()
        self.shortcuts = FactList(label_width=260)
        shown = dict((*shortcuts, *(pair for pair in _OF_WIDGETS if pair[1] not in dict(shortcuts).values())))
        self.shortcuts.set_facts([Fact(words, keys) for words, keys in shown.items()])
        area.column.addWidget(PlainLabel("Shortcuts", role=TextRole.TITLE))
        area.column.addWidget(self.shortcuts)
        area.column.addStretch(1)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.addWidget(area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignCenter)
        close.setFocus()
        self.resize(*_SIZE)
