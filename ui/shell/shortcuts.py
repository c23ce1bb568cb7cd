"""Every shortcut of the window in one list, made from the actions themselves so that it is never out of date."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget

from app.messages import said, shown, tr
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.sheet import Sheet

_WIDTH = 760
_LABEL_WIDTH = 208
_KEYS = QKeySequence.SequenceFormat.NativeText

# What widgets do by themselves, and no menu names.
_IN_THE_TABLE = (
    (said("Sort by one more column"), said("Shift+click")),
    (said("First and last row"), said("Home, End")),
)

_IN_THE_WINDOW = (
    (said("From pane to pane"), said("F6, Shift+F6")),
    (said("From field to field"), said("Tab, Shift+Tab")),
    (said("To the menus"), "F10"),
)

# A property of an action that another one does too, where nobody types: its keys.
_ALSO = "alsoBy"

Group = tuple[str, tuple[tuple[str, str], ...]]


def shortcuts_of(window: QMainWindow) -> tuple[Group, ...]:
    """By menu, what each entry with a shortcut is called, and its keys."""
    menus = ((action.text(), action.menu()) for action in window.menuBar().actions())
    groups = ((_plain(title), _of_menu(menu.actions())) for title, menu in menus if isinstance(menu, QMenu))
    return tuple((title, tuple(found)) for title, found in groups if found)


def _of_menu(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    found = []
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            found += _of_menu(menu.actions())
        elif keys := [key.toString(_KEYS) for key in action.shortcuts() if not key.isEmpty()]:
            keys += filter(None, [action.property(_ALSO)])
            # Qt's name for the key that keyboards call Enter.
            found.append((_plain(action.text()), _either(keys).replace("Return", "Enter")))
    return found


def _either(keys: Sequence[str]) -> str:
    text, *others = keys
    for other in others:
        # Translators: keys, such as F1 or ?
        text = tr("{keys} or {other}", keys=text, other=other)
    return text


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


class ShortcutList(Sheet):
    """In two columns of groups, each as the menu that holds it."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(scaled(_WIDTH), parent)
        self.setObjectName("shortcutList")
        self.setWindowTitle(tr("Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column.addWidget(PlainLabel(tr("Shortcuts"), role=TextRole.TITLE))
        sides = QHBoxLayout()
        sides.setSpacing(3 * GRID)
        for side in _in_two((*groups, (tr("In the table"), _IN_THE_TABLE), (tr("In the window"), _IN_THE_WINDOW))):
            column = QVBoxLayout()
            column.setSpacing(HALF)
            for title, shortcuts in side:
                column.addWidget(PlainLabel(title, role=TextRole.STRONG))
                facts = FactList(label_width=scaled(_LABEL_WIDTH))
                facts.set_facts([Fact(shown(words), shown(keys)) for words, keys in shortcuts])
                column.addWidget(facts)
                column.addSpacing(GRID)
            column.addStretch(1)
            sides.addLayout(column, 1)
        self.column.addLayout(sides)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        close.setFocus()

    def said(self) -> dict[str, str]:
        """Each act with its keys."""
        return {fact.label: fact.value for facts in self.findChildren(FactList) for fact in facts.facts()}


def _in_two(groups: Sequence[Group]) -> tuple[Sequence[Group], Sequence[Group]]:
    """In their order, the first half as long as the second or longer by less than a group."""
    lines = [len(shortcuts) + 2 for _, shortcuts in groups]
    cut = next(place for place in range(len(groups) + 1) if 2 * sum(lines[:place]) >= sum(lines))
    return groups[:cut], groups[cut:]
