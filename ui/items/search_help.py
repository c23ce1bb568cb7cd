"""What can be written in the search box, offered below it while it has the focus; it covers, and moves nothing."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.messages import tr
from ui.theme.metrics import HALF
from ui.widgets.pane import Pane


class Offer(NamedTuple):
    """What the button shows, what pressing it writes, and what that asks for."""

    shown: str
    written: str
    meaning: str


def offers() -> tuple[Offer, ...]:
    """The names of columns stand as they are titled."""
    supplier, amount, status = _named(tr("Supplier")), _named(tr("Amount")), _named(tr("Status"))
    word = _named(tr("Word"))
    return (
        Offer(f"{amount}:>1000", f"{amount}:>", tr("Amounts above 1000; also >=, <, <= and =")),
        Offer(f"{amount}:100..200", f"{amount}:", tr("Amounts from 100 to 200")),
        Offer(f"{supplier}:", f"{supplier}:", tr("Looks in one column only, here that of the suppliers")),
        Offer(f"{status}:", f"{status}:", tr("Looks in one column only, here that of the statuses")),
        Offer(f"-{word}", "-", tr("Leaves out what holds the word")),
    )


def _named(title: str) -> str:
    """As it is typed: in small letters, and in quotes where it has several words."""
    name = title.lower()
    return f'"{name}"' if " " in name else name


class SearchHelp(Pane):
    """Down or Tab go to it from the field, Left and Right within it, Esc and Up back. While a word is being typed it is
    out of the way."""

    def __init__(self, search: QLineEdit, page: QWidget) -> None:
        super().__init__("surface", page)
        self.setObjectName("searchHelp")
        self.setAccessibleName(tr("What can be searched"))
        self._search = search
        self._page = page
        self.buttons = [self._button(offer) for offer in offers()]
        row = QHBoxLayout(self)
        row.setContentsMargins(HALF, HALF, HALF, HALF)
        row.setSpacing(HALF)
        for button in self.buttons:
            row.addWidget(button)
        self.hide()
        for widget in (search, *self.buttons):
            widget.installEventFilter(self)
        search.textChanged.connect(self._show_or_hide)

    def follow_in_tab_order(self) -> None:
        """Once the field stands in the page."""
        for before, button in pairwise((self._search, *self.buttons)):
            QWidget.setTabOrder(before, button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self._show_or_hide()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            act = self._act_of(watched, event)
            if act:
                act()
                return True
        return False

    def _act_of(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:
        key = event.key()
        if watched is self._search:
            return self._go_to(0) if key == Qt.Key.Key_Down and self.isVisible() else None
        place = next((place for place, button in enumerate(self.buttons) if button is watched), -1)
        match key:
            case Qt.Key.Key_Escape | Qt.Key.Key_Up:
                return partial(self._search.setFocus, Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Right:
                return self._go_to(min(place + 1, len(self.buttons) - 1))
            case Qt.Key.Key_Left:
                return self._go_to(max(place - 1, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return self.buttons[place].click
        return None

    def _go_to(self, place: int) -> Callable[[], object]:
        return partial(self.buttons[place].setFocus, Qt.FocusReason.TabFocusReason)

    def _button(self, offer: Offer) -> QPushButton:
        button = QPushButton(offer.shown.replace("&", "&&"))
        button.setObjectName("searchOffer")
        button.setProperty("flat-link", "true")
        button.setAccessibleName(offer.shown)
        button.setAccessibleDescription(offer.meaning)
        button.setToolTip(offer.meaning)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._write(offer.written))
        return button

    def _write(self, words: str) -> None:
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.setCursorPosition(len(self._search.text()))
        self._search.insert(words)

    def _show_or_hide(self) -> None:
        focus = QApplication.focusWidget()
        is_wanted = focus in self.buttons or (focus is self._search and self._search.text()[-1:] in ("", " "))
        if is_wanted:
            self._place()
            self.raise_()
        self.setVisible(is_wanted)

    def _place(self) -> None:
        """Below the field, ending where it ends."""
        self.adjustSize()
        corner = self._search.mapTo(self._page, QPoint(self._search.width(), self._search.height() + HALF))
        self.move(max(0, corner.x() - self.width()), corner.y())
