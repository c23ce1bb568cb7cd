from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.theme.icons import set_icon
from ui.theme.metrics import GRID, HALF
from ui.theme.tooltip import plain_tooltip
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.plain_text import PlainText

_TOP = Qt.AlignmentFlag.AlignTop
_START = Qt.AlignmentFlag.AlignLeft


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
        self._widgets: list[QWidget] = []
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
        for value, fact in zip(self.findChildren(PlainText), (f for f in facts if f.value), strict=True):
            value.set_text(fact.value)

    def _build(self, facts: Sequence[Fact]) -> None:
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self._widgets = []
        row = 0
        for fact in facts:
            row = self._add(fact, row)

    def _add(self, fact: Fact, row: int) -> int:
        label = PlainLabel(fact.label, role=TextRole.QUIET, wrap=True)
        label.setToolTip(plain_tooltip(fact.hint))
        label.setContentsMargins(0, 1 if fact.value else 6, 0, 0)
        self._widgets.append(label)
        self._grid.addWidget(label, row, 0, _TOP)
        if fact.value:
            value = PlainText(fact.value, mono=fact.mono)
            value.setAccessibleDescription(fact.label)
            self._widgets.append(value)
            self._grid.addWidget(value, row, 1)
            row += 1
        if fact.link_key:
            self._grid.addWidget(self._link(fact), row, 1, _START | _TOP)
            row += 1
        return row if fact.value or fact.link_key else row + 1

    def _link(self, fact: Fact) -> QPushButton:
        text = fact.link_text or fact.value
        button = QPushButton(text.replace("&", "&&"))
        button.setObjectName(f"link-{fact.link_key}")
        button.setProperty("flat-link", "true")
        button.setAccessibleName(text)
        set_icon(button, "open-external", "accent")
        button.clicked.connect(lambda: self.link_requested.emit(fact.link_key))
        self._widgets.append(button)
        return button
