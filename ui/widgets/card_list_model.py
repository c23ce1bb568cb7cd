"""Cards in a list, for Qt: each is said in one sentence, and keeps its place while it says something else."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.texts.screen import shown_part
from ui.theme.tooltip import plain_tooltip

_NO_PARENT = QModelIndex()
_LONGEST_SENTENCE = 1_000
# The card itself, for whoever draws it.
CARD_ROLE = Qt.ItemDataRole.UserRole


class Spoken(Protocol):
    @property
    def sentence(self) -> str:
        """All that the card shows, for a screen reader and a tooltip."""


Card = TypeVar("Card", bound=Spoken)


class CardListModel(QAbstractListModel, Generic[Card]):
    def __init__(self, parent: QObject, key_of: Callable[[Card], Hashable]) -> None:
        """`key_of` tells cards apart whatever they say."""
        super().__init__(parent)
        self._key_of = key_of
        self._cards: list[Card] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown_part(card.sentence, _LONGEST_SENTENCE)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(card.sentence)
        return None

    def show_rows(self, cards: Sequence[Card]) -> None:
        """Where the keys and their order are the same, only what the cards say changes: selection and scroll stay."""
        if [self._key_of(card) for card in cards] == [self._key_of(card) for card in self._cards]:
            changed = [place for place, card in enumerate(cards) if self._differs(card, place)]
            self._cards = list(cards)
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._cards = list(cards)
        self.endResetModel()

    def _differs(self, card: Card, place: int) -> bool:
        """Most cards are the very same: a thousand of them are not compared field by field."""
        was = self._cards[place]
        return card is not was and card != was

    def rows(self) -> Sequence[Card]:
        return self._cards

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Card | None:
        return self._cards[index.row()] if index.isValid() else None

    def index_of(self, key: Hashable) -> QModelIndex:
        """An invalid index where no card has this key."""
        for place, card in enumerate(self._cards):
            if self._key_of(card) == key:
                return self.index(place)
        return QModelIndex()
