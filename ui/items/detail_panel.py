"""The chosen item whole, below the table."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.messages import said, shown, tr
from ui.items.detail import BOOKS, PLEO, DetailFact
from ui.theme.icons import set_icon
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.plain_text import PlainText

_LINK_WORDS = {PLEO: said("Open in Pleo"), BOOKS: said("Open in the books")}


class DetailPanel(ScrollColumn):
    """One stop for the keyboard: arrows scroll it, Ctrl+C copies all that it says."""

    link_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("itemDetail")
        self.setAccessibleName(tr("The chosen item"))
        self.setMinimumHeight(scaled(40))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = PlainLabel(role=TextRole.STRONG, wrap=True, selectable=True)
        self.title.setObjectName("detailTitle")
        self.title.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.facts = FactList()
        self.links = {key: self._link(key) for key in _LINK_WORDS}
        head = QHBoxLayout()
        head.setSpacing(HALF)
        head.addWidget(self.title, 1)
        for button in self.links.values():
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.column.setSpacing(HALF)
        self.column.addLayout(head)
        self.column.addWidget(self.facts)
        self.column.addStretch(1)
        self.facts.link_requested.connect(self.link_requested)

    def _link(self, key: str) -> QPushButton:
        button = QPushButton(shown(_LINK_WORDS[key]))
        button.setObjectName(f"open-{key}")
        button.setProperty("flat-link", "true")
        set_icon(button, "open-external", "accent")
        button.clicked.connect(lambda: self.link_requested.emit(key))
        button.hide()
        return button

    def show_item(self, title: str, facts: Sequence[DetailFact], links: Sequence[str]) -> None:
        """`links` are the keys of the addresses that the item has."""
        if shown(title) != self.title.text():
            self.verticalScrollBar().setValue(0)
        self.title.setText(title)
        for key, button in self.links.items():
            button.setVisible(key in links)
        receipt = tr("Open receipt")
        self.facts.set_facts([Fact(label, value, key, receipt if key else "") for label, value, key in facts])
        for value in self.facts.findChildren(PlainText):
            value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._order_links()
        self.setAccessibleDescription(self.text())

    def _order_links(self) -> None:
        """Qt puts what is made later at the end of the window's order."""
        stops = [*self.links.values(), *self.facts.findChildren(QPushButton)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def text(self) -> str:
        """All that the panel says, one fact a line."""
        facts = [tr("{label}: {value}", label=f.label, value=f.value) for f in self.facts.facts() if f.value]
        return "\n".join([self.title.text(), *facts])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        else:
            super().keyPressEvent(event)
