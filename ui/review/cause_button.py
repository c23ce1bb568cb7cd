"""One cause: pressing it shows just its items, pressing it again shows all."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.messages import tr
from ui.review.view_model import CauseCard
from ui.theme.apply import current_tokens
from ui.theme.metrics import GRID, HALF
from ui.widgets.enter_key import ENTER_KEYS
from ui.widgets.plain_label import PlainLabel, TextRole

_RADIUS = 6
_LONGEST = 240


class CauseButton(QAbstractButton):
    def __init__(self, card: CauseCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title = PlainLabel(role=TextRole.STRONG, wrap=True)
        self._amount = PlainLabel(wrap=True)
        self._words = PlainLabel(role=TextRole.QUIET, wrap=True)
        self._facts = PlainLabel(role=TextRole.QUIET, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID, GRID, GRID, GRID)
        self._column.setSpacing(HALF)
        for label in (self._title, self._amount, self._words, self._facts):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(label)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_card(card)

    def show_card(self, card: CauseCard) -> None:
        self.card = card
        self._title.setText(card.title)
        self._amount.setText(card.amount)
        words = card.words if len(card.words) <= _LONGEST else f"{card.words[:_LONGEST].rstrip()}…"
        self._words.setText(tr("“{words}”", words=words))
        self._facts.setText("\n".join(card.facts))
        self._facts.setVisible(bool(card.facts))
        self.setAccessibleName(card.sentence)

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.selection if self.isChecked() else (tokens.hover if self.underMouse() else tokens.surface)
        edge = tokens.focus if self.hasFocus() else (tokens.accent if self.isChecked() else tokens.hairline)
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()
