"""Beneath the gate: the control totals, then what went wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.messages import ntr, tr
from app.models.cause import CauseKey
from ui.review.cause_button import CauseButton
from ui.review.view_model import CauseCard, TotalLine
from ui.theme.metrics import GRID, HALF
from ui.theme.status import look_of
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel, TextRole

_TOP = Qt.AlignmentFlag.AlignTop
# The most frequent ones; a thousand cards would help nobody and hold the window.
_CARDS = 50


class ReviewPanel(QWidget):
    cause_chosen = Signal(object)  # CauseCard, or None for all items
    outcome_requested = Signal(object)  # CauseCard: one decision for all its items

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPanel")
        self.proof = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.proof.setObjectName("controlProof")
        self.causes_title = PlainLabel(tr("What went wrong"), role=TextRole.STRONG, wrap=True)
        self.cause_buttons: list[CauseButton] = []
        self.more = PlainLabel(role=TextRole.QUIET, wrap=True)
        self._totals_title = PlainLabel(tr("Control totals"), role=TextRole.STRONG)
        self._totals = QWidget()
        self._grid = QGridLayout(self._totals)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(HALF)
        self._grid.setColumnStretch(1, 1)
        self._lines: tuple[TotalLine, ...] = ()
        self.set_outcome = QPushButton(tr("Set outcome…"))
        self._causes = QVBoxLayout()
        self._causes.setSpacing(GRID)
        self.set_outcome.setObjectName("causeOutcome")
        self.set_outcome.setProperty("flat-link", "true")
        self.set_outcome.clicked.connect(self._request_outcome)
        policy = self.set_outcome.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.set_outcome.setSizePolicy(policy)
        self.set_outcome.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._totals_title)
        column.addWidget(self._totals)
        column.addWidget(self.proof)
        column.addSpacing(HALF)
        head = QHBoxLayout()
        head.addWidget(self.causes_title, 1)
        head.addWidget(self.set_outcome)
        column.addLayout(head)
        column.addLayout(self._causes)
        column.addWidget(self.more)
        self.show_nothing()

    def show_nothing(self) -> None:
        self.show_totals((), "")
        self.show_causes(())

    def show_totals(self, lines: tuple[TotalLine, ...], proof: str, *, adds_up: bool = True) -> None:
        self._totals_title.setVisible(bool(lines))
        self.proof.set_role(TextRole.QUIET if adds_up else TextRole.STRONG)
        self.proof.setText(proof)
        self.proof.setVisible(bool(proof))
        if lines == self._lines:
            return
        self._lines = lines
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, line in enumerate(lines):
            self._add_total(2 * place, line)

    def _add_total(self, row: int, line: TotalLine) -> None:
        """The sums stand below, where a sum of many digits has room."""
        count = PlainLabel(line.counted, wrap=True)
        count.setAccessibleName(f"{line.counted}: {line.sums}")
        self._grid.addWidget(IconLabel(look_of(line.look).icon), row, 0, _TOP)
        self._grid.addWidget(count, row, 1)
        if line.sums:
            self._grid.addWidget(PlainLabel(line.sums, role=TextRole.QUIET, wrap=True), row + 1, 1)

    def show_causes(self, cards: Sequence[CauseCard]) -> None:
        """A card that stays keeps its widget, and so focus and choice; a chosen one that changed is chosen anew."""
        self.causes_title.setVisible(bool(cards))
        self.more.setText(_more_words(cards[_CARDS:]))
        self.more.setVisible(len(cards) > _CARDS)
        cards = cards[:_CARDS]
        before = next((button.card for button in self.cause_buttons if button.isChecked()), None)
        chosen = before.key if before else None
        while len(self.cause_buttons) > len(cards):
            gone = self.cause_buttons.pop()
            self._causes.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, card in enumerate(cards):
            if place == len(self.cause_buttons):
                self._add_button(card)
            button = self.cause_buttons[place]
            button.show_card(card)
            button.setChecked(card.key == chosen)
        self._show_outcome_button()
        after = next((card for card in cards if card.key == chosen), None)
        if before and (after is None or after.item_ids != before.item_ids):
            self.cause_chosen.emit(after)

    def _add_button(self, card: CauseCard) -> None:
        button = CauseButton(card)
        button.setObjectName(f"cause-{len(self.cause_buttons)}")
        button.clicked.connect(lambda checked, pressed=button: self._choose(pressed, checked=checked))
        self.cause_buttons.append(button)
        self._causes.addWidget(button)

    def chosen(self) -> CauseKey | None:
        return next((button.card.key for button in self.cause_buttons if button.isChecked()), None)

    def clear_choice(self) -> None:
        for button in self.cause_buttons:
            button.setChecked(False)
        self._show_outcome_button()

    def _show_outcome_button(self) -> None:
        """Beside the title, so that no card moves."""
        self.set_outcome.setVisible(self.chosen() is not None)

    def _request_outcome(self) -> None:
        chosen = next((button.card for button in self.cause_buttons if button.isChecked()), None)
        if chosen:
            self.outcome_requested.emit(chosen)

    def _choose(self, pressed: CauseButton, *, checked: bool) -> None:
        for button in self.cause_buttons:
            button.setChecked(checked and button is pressed)
        self._show_outcome_button()
        self.cause_chosen.emit(pressed.card if checked else None)


def _more_words(rest: Sequence[CauseCard]) -> str:
    if not rest:
        return ""
    return ntr(
        "and {n:,} rarer cause of {items:,} items, which the search finds",
        "and {n:,} rarer causes of {items:,} items, which the search finds",
        len(rest),
        items=sum(len(card.item_ids) for card in rest),
    )
