from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTableView

from app.messages import said
from ui.tables.column import Column
from ui.tables.header import ColumnHeader
from ui.tables.layout import ColumnLayout
from ui.tables.model import RecordTableModel
from ui.theme.metrics import scaled, unscaled


class Unsorted(NamedTuple):
    """What the order without a sort is called, and what brings it back where that is more than to end the sort."""

    title: str = said("Clear sort")
    bring_back: Callable[[], object] | None = None


class ColumnsShown(QObject):
    """Which columns stand where and how wide, and which of them stay when the others scroll.

    One of them takes the room that the others leave. Columns are spoken of by their place in the model.
    """

    rearranged = Signal()  # by whomever
    changed = Signal()  # by the user

    def __init__(self, view: QTableView, header: ColumnHeader) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._columns: tuple[Column[Any], ...] = ()
        self._wanted_widths: dict[int, int] = {}
        self._frozen: tuple[int, ...] = ()
        self._wanted: set[int] = set()
        self.unsorted = Unsorted()
        self._empty: frozenset[int] = frozenset()
        self._is_filling = False
        self._is_arranging = False
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)

    def take(self, model: RecordTableModel[Any]) -> None:
        self._columns = model.columns
        self.reset()

    def columns(self) -> tuple[Column[Any], ...]:
        return self._columns

    def order(self) -> list[int]:
        return [self._header.logicalIndex(place) for place in range(self._header.count())]

    def wanted(self) -> list[int]:
        """From left to right, those that are on screen as soon as a row has anything in them."""
        return [place for place in self.order() if place in self._wanted]

    def is_empty(self, place: int) -> bool:
        """Whether it is not on screen because no row has anything in it."""
        return place in self._empty

    def visible(self) -> list[int]:
        """From left to right."""
        return [place for place in self.order() if not self._header.isSectionHidden(place)]

    def frozen(self) -> list[int]:
        """From left to right; they stand before all others."""
        return [place for place in self.visible() if place in self._frozen]

    def first(self) -> int:
        return next(iter(self.visible()), 0)

    def layout(self) -> ColumnLayout:
        return ColumnLayout(
            shown=self._keys(self.wanted()),
            widths={column.key: self._kept_width(place) for place, column in enumerate(self._columns)},
            order=self._keys(self.order()),
            frozen=self._keys(place for place in self.wanted() if place in self._frozen),
        )

    # what the program sets

    def reset(self) -> None:
        self.apply(ColumnLayout(self._keys(self._standard())))

    def apply(self, layout: ColumnLayout) -> None:
        """Keys that no longer exist are passed over; a layout that shows nothing shows the standard columns."""
        known = self._places(layout.order)
        late = [place for place in self._standard() if known and place not in known]
        shown = self._places(layout.shown)
        shown = [*shown, *(place for place in late if place not in shown)] if shown else self._standard()
        self._frozen = tuple(self._places(layout.frozen))
        for place, column in enumerate(self._columns):
            kept = layout.widths.get(column.key, column.width)
            self._wanted_widths[place] = self._standard_width(place) if kept == column.width else scaled(kept)
        self._wanted = set(shown)
        with self._arranging():
            self._hide()
            self._set_order(_with_hidden(shown, known or range(len(self._columns)), len(self._columns)))

    def hide_empty(self, keys: Iterable[str]) -> None:
        """Of these columns no row has anything; what the user wants to see stays wanted."""
        empty = frozenset(self._places(keys))
        if empty != self._empty:
            self._empty = empty
            with self._arranging():
                self._hide()

    # what the user does

    def reset_by_user(self) -> None:
        self.reset()
        self.changed.emit()

    def show(self, place: int, is_shown: bool) -> None:
        self._wanted = self._wanted | {place} if is_shown else self._wanted - {place}
        with self._arranging():
            self._hide()
        self.changed.emit()

    def freeze_up_to(self, place: int) -> None:
        visible = self.visible()
        self._freeze(visible[: visible.index(place) + 1])

    def widen(self, place: int, pixels: int) -> None:
        """From what it has on screen now."""
        least, now = self._header.minimumSectionSize(), self._header.sectionSize(place)
        self._header.resizeSection(place, max(least, now + pixels))

    def can_move(self, place: int, places: int) -> bool:
        visible = self.visible()
        return place in visible and 0 <= visible.index(place) + places < len(visible)

    def move(self, place: int, places: int) -> None:
        """By so many columns to the right, or to the left."""
        if self.can_move(place, places):
            visible = self.visible()
            beside = visible[visible.index(place) + places]
            self._header.moveSection(self._header.visualIndex(place), self._header.visualIndex(beside))

    def unfreeze(self) -> None:
        self._freeze(())

    def _freeze(self, places: Iterable[int]) -> None:
        self._frozen = tuple(places)
        with self._arranging():
            self._set_order(self.order())
        self.changed.emit()

    # widths

    def fill(self) -> None:
        visible = self.visible()
        # Qt lays a table out while it takes the model, before the columns are known here.
        if not visible or self._is_filling or not self._wanted_widths:
            return
        widths = {place: self._wanted_widths[place] for place in visible}
        left = self._view.viewport().width() - sum(widths.values())
        stretched = [place for place in visible if self._columns[place].stretch] or visible[-1:]
        for number, place in enumerate(stretched):
            share = max(0, left) * widths[place] // sum(self._wanted_widths[each] for each in stretched[number:])
            widths[place] += share
            left -= share
        self._is_filling = True
        for place, width in widths.items():
            self._header.resizeSection(place, width)
        self._is_filling = False
        self.rearranged.emit()

    def _standard_width(self, place: int) -> int:
        """Room for the values, and for the title in whatever language it is."""
        return max(scaled(self._columns[place].width), self._header.title_width(place))

    def _kept_width(self, place: int) -> int:
        """What nobody changed is kept as the column's own: its title may be another one at the next start."""
        width = self._wanted_widths[place]
        return self._columns[place].width if width == self._standard_width(place) else unscaled(width)

    def _resized(self, place: int, _before: int, width: int) -> None:
        if self._is_filling or self._is_arranging or place not in self._wanted_widths or width <= 0:
            return
        self._wanted_widths[place] = width
        self.fill()
        self.changed.emit()

    # within

    def _moved(self) -> None:
        if self._is_arranging:
            return
        with self._arranging():
            self._set_order(self.order())
        self.changed.emit()

    @contextmanager
    def _arranging(self) -> Iterator[None]:
        self._is_arranging = True
        yield
        self._is_arranging = False
        self.fill()

    def _hide(self) -> None:
        for place in range(len(self._columns)):
            is_hidden = place not in self._wanted or place in self._empty
            if self._header.isSectionHidden(place) is not is_hidden:
                self._header.setSectionHidden(place, is_hidden)

    def _set_order(self, order: Sequence[int]) -> None:
        """Frozen columns come first, wherever they were dropped."""
        first = [place for place in order if place in self._frozen]
        rest = [place for place in order if place not in self._frozen]
        for visual, place in enumerate((*first, *rest)):
            self._header.moveSection(self._header.visualIndex(place), visual)

    def _standard(self) -> list[int]:
        return [place for place, column in enumerate(self._columns) if column.shown]

    def _keys(self, places: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._columns[place].key for place in places)

    def _places(self, keys: Iterable[str]) -> list[int]:
        place_of = {column.key: place for place, column in enumerate(self._columns)}
        return [place_of[key] for key in keys if key in place_of]


def _with_hidden(shown: Sequence[int], order: Sequence[int], count: int) -> list[int]:
    """The shown ones in their order; each hidden one stays behind the column that it stood behind."""
    whole = [*order, *(place for place in range(count) if place not in order)]
    before: dict[int | None, list[int]] = {}
    last: int | None = None
    for place in whole:
        if place in shown:
            last = place
        else:
            before.setdefault(last, []).append(place)
    return [*before.get(None, ()), *(each for place in shown for each in (place, *before.get(place, ())))]
