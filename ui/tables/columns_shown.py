from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from ui.tables.column import Column
from ui.tables.layout import ColumnLayout
from ui.tables.model import RecordTableModel


class ColumnsShown(QObject):
    """Which columns stand where and how wide; one of them takes the room that the others leave."""

    def __init__(self, view: QTableView, header: QHeaderView) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._columns: tuple[Column[Any], ...] = ()
        self._wanted_widths: dict[int, int] = {}
        self._is_filling = False
        header.sectionResized.connect(self._resized)

    def take(self, model: RecordTableModel[Any]) -> None:
        self._columns = model.columns
        self.reset()

    def visible(self) -> list[int]:
        """Logical columns from left to right."""
        places = (self._header.logicalIndex(place) for place in range(self._header.count()))
        return [place for place in places if not self._header.isSectionHidden(place)]

    def first(self) -> int:
        return next(iter(self.visible()), 0)

    def layout(self) -> ColumnLayout:
        widths = {self._columns[place].key: self._wanted_widths[place] for place in range(len(self._columns))}
        return ColumnLayout(tuple(self._columns[place].key for place in self.visible()), widths)

    def reset(self) -> None:
        shown = tuple(column.key for column in self._columns if column.shown)
        self.apply(ColumnLayout(shown, {column.key: column.width for column in self._columns}))

    def apply(self, layout: ColumnLayout) -> None:
        """Keys that no longer exist are passed over; a layout that shows nothing shows the standard columns."""
        place_of = {column.key: place for place, column in enumerate(self._columns)}
        shown = [place_of[key] for key in layout.shown if key in place_of]
        if not shown:
            shown = [place for place, column in enumerate(self._columns) if column.shown]
        rest = [place for place in range(len(self._columns)) if place not in shown]
        for visual, place in enumerate((*shown, *rest)):
            self._header.moveSection(self._header.visualIndex(place), visual)
        for place, column in enumerate(self._columns):
            self._wanted_widths[place] = layout.widths.get(column.key, column.width)
            self._header.setSectionHidden(place, place not in shown)
        self.fill()

    def fill(self) -> None:
        visible = self.visible()
        if not visible or self._is_filling:
            return
        stretched = next((place for place in visible if self._columns[place].stretch), visible[-1])
        others = sum(self._wanted_widths[place] for place in visible if place != stretched)
        room = self._view.viewport().width() - others
        self._is_filling = True
        for place in visible:
            wanted = self._wanted_widths[place]
            self._header.resizeSection(place, max(wanted, room) if place == stretched else wanted)
        self._is_filling = False

    def show(self, place: int, is_shown: bool) -> None:
        self._header.setSectionHidden(place, not is_shown)
        self.fill()

    def menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        visible = self.visible()
        for place, column in enumerate(self._columns):
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(place in visible)
            action.setEnabled(visible != [place])
            action.toggled.connect(lambda is_shown, place=place: self.show(place, is_shown))
        menu.addSeparator()
        menu.addAction("Reset columns").triggered.connect(self.reset)
        return menu

    def _resized(self, place: int, _before: int, width: int) -> None:
        if not self._is_filling and place in self._wanted_widths and width > 0:
            self._wanted_widths[place] = width
            self.fill()
