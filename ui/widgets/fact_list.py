from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.messages import shown
from app.texts.screen import for_screen, shown_part
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID, HALF
from ui.theme.tooltip import plain_tooltip
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.plain_text import PlainText

_TOP = Qt.AlignmentFlag.AlignTop
_START = Qt.AlignmentFlag.AlignLeft
_LONGEST_LINK = 400
Dropped = TypeVar("Dropped", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; with `link_key` also a button that asks for it to be opened."""

    label: str
    value: str
    link_key: str = ""
    link_text: str = ""
    mono: bool = False
    hint: str = ""


class FactList(QWidget):
    """Labels with their values, which can be selected; links are buttons, since rich text is never shown."""

    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, label_width: int = 120) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._labels: list[PlainLabel] = []
        self._values: list[PlainText] = []
        self._links: list[QPushButton] = []
        self._kinds: list[bool] = []  # of the values: fixed width or not
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(HALF + 2)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def facts(self) -> tuple[Fact, ...]:
        return self._facts

    def set_facts(self, facts: Sequence[Fact]) -> None:
        if tuple(facts) == self._facts:
            return
        if self._shape(self._facts) == self._shape(facts):
            self._fill(facts)
        else:
            self._build(facts)
        self._facts = tuple(facts)

    def _shape(self, facts: Sequence[Fact]) -> list[tuple[str, str, str, bool, bool, str]]:
        return [(f.label, f.link_key, f.link_text, f.mono, bool(f.value), f.hint) for f in facts]

    def _fill(self, facts: Sequence[Fact]) -> None:
        for value, fact in zip(self._values, (f for f in facts if f.value), strict=True):
            value.set_text(fact.value)

    def _build(self, facts: Sequence[Fact]) -> None:
        """Texts that are there are used again: to make one takes many times as long as to fill it."""
        kinds = [fact.mono for fact in facts if fact.value]
        if kinds[: len(self._values)] != self._kinds[: len(kinds)]:
            _drop(self._labels, 0)
            _drop(self._values, 0)
        _drop(self._links, 0)
        _drop(self._labels, len(facts))
        _drop(self._values, len(kinds))
        self._kinds = kinds
        for widget in (*self._labels, *self._values):
            self._grid.removeWidget(widget)
        row, values = 0, 0
        for place, fact in enumerate(facts):
            self._grid.addWidget(self._label(place, fact), row, 0, _TOP)
            if fact.value:
                self._grid.addWidget(self._value(values, fact), row, 1)
                row, values = row + 1, values + 1
            if fact.link_key:
                self._grid.addWidget(self._link(fact), row, 1, _START | _TOP)
                row += 1
            if not (fact.value or fact.link_key):
                row += 1

    def _label(self, place: int, fact: Fact) -> PlainLabel:
        if place == len(self._labels):
            self._labels.append(PlainLabel(role=TextRole.QUIET, wrap=True))
        label = self._labels[place]
        label.setText(fact.label)
        label.setToolTip(plain_tooltip(fact.hint))
        label.setAccessibleDescription(for_screen(shown(fact.hint)))
        label.setContentsMargins(0, 1 if fact.value else 6, 0, 0)
        return label

    def _value(self, place: int, fact: Fact) -> PlainText:
        if place == len(self._values):
            self._values.append(PlainText(mono=fact.mono))
        value = self._values[place]
        value.set_text(fact.value)
        value.setAccessibleDescription(for_screen(fact.label))
        return value

    def _link(self, fact: Fact) -> QPushButton:
        text = shown_part(fact.link_text or fact.value, _LONGEST_LINK)
        button = QPushButton(text.replace("&", "&&"))
        button.setObjectName(f"link-{fact.link_key}")
        button.setProperty("flat-link", "true")
        button.setAccessibleName(text)
        set_icon(button, "open-external", "accent")
        button.clicked.connect(lambda: self.link_requested.emit(fact.link_key))
        self._links.append(button)
        return button


def _drop(widgets: MutableSequence[Dropped], but_for: int) -> None:
    """All beyond the first so many."""
    while len(widgets) > but_for:
        gone = widgets.pop()
        gone.hide()
        gone.setParent(None)
        gone.deleteLater()
